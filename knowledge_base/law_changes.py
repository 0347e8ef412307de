"""The standing answer to "has the law changed?", which says when it was checked and grows stale aloud.

The sentences, their citations and their date are in law_changes.yaml, from facts/changes.md.
"""

import re
from datetime import date
from functools import partial

from knowledge_base.patterns import patterns

MAX_AGE_DAYS = 60

changes = partial(patterns, "law_changes")  # as_of, newest_page, sentences, facts, cites, entry, and how people ask


def is_stale(today: date) -> bool:
    """Whether the answer was checked more than MAX_AGE_DAYS ago."""
    return (today - changes()["as_of"]).days > MAX_AGE_DAYS


def standing_answer(today: date) -> str:
    """What has changed and what has not, with the date of the check; when stale, the warning comes first."""
    known = changes()
    dates = {name: f"{known[name].day} {known[name]:%B %Y}" for name in ("as_of", "newest_page")}
    said = " ".join(known["sentences"])
    if is_stale(today):
        return f"{known['stale'].format(**dates)}\n\n{said}"
    return f"{said}\n\n{known['fresh'].format(**dates)}"


def problem(today: date) -> str | None:
    """What `sendline kb check` and `sendline doctor` say of a stale answer."""
    if not is_stale(today):
        return None
    return (f"law_changes.yaml was last checked on {changes()['as_of']}, more than {MAX_AGE_DAYS} days ago: "
            "check facts/changes.md again and set new dates.")


def asks_about_changes(text: str) -> bool:
    """Whether a message asks if the law has changed, or how fresh our answers are."""
    plain = text.lower().replace("’", "'")
    return any(re.search(way, plain) for way in changes()["asks"]) and not re.search(changes()["not_asks"], plain)
