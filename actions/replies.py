"""The replies of the answering action: an entry, its detail, one clarifying question, or an honest "I could not find this"."""

from typing import Any

from actions.skill import PERSON, say
from knowledge_base.entry import Entry, entries
from knowledge_base.search import Found
from knowledge_base.topics import TOPICS


def related(entry: Entry, all_entries: dict[str, Entry]) -> list[dict[str, str]]:
    """Buttons for the questions that usually come next."""
    return [{"label": all_entries[i].title, "do": f"ask:{i}"} for i in entry.next if i in all_entries][:3]


def show(dispatcher, entry: Entry, all_entries: dict[str, Entry], found: Found | None = None, lead: str = "", cites: tuple = (),
         again: bool = False) -> None:
    """Say one entry, with its sources, duties and related questions; `lead` goes before it. `again`: what it says in detail instead."""
    text = entry.more.replace("**", "") if again else entry.short  # what is said is plain text; only the detail behind it is Markdown
    say(
        dispatcher, "signpost" if entry.signpost else "answer", f"entry:{entry.id}", f"{lead}{text}",
        more="" if again else entry.more, sms="" if again else entry.sms,
        entry=entry.id, topic=entry.topic, cites=list(dict.fromkeys([*entry.all_cites(), *cites])),
        duties=[{"who": d.who, "strength": d.strength, "what": d.what, "cites": d.cites} for d in entry.duties],
        buttons=related(entry, all_entries) + [PERSON] * entry.offer_person,
        offers_person=entry.offer_person, **_scores(found),
    )


def _scores(found: Found | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {"score": found.candidates[0].score,
            "alternatives": [{"entry": c.entry, "topic": c.topic, "score": c.score} for c in found.others()]}


def all_told(dispatcher, entry: Entry, all_entries: dict[str, Entry]) -> None:
    """The same entry a third time in a row: we have said all of it, and a person may know more."""
    say(dispatcher, "clarify", "wording:all-told",
        f"I have told you all that I have checked on this: {entry.title}. Tell me in one sentence what is still missing, or a person can "
        "look at it with you.", entry=entry.id, topic=entry.topic, buttons=[PERSON, *related(entry, all_entries)], offers_person=True)


def clarify(dispatcher, found: Found, lead: str) -> None:
    """Ask back once, with up to three topics to tap."""
    best = (found.candidates[0], *found.others())[:3]
    say(
        dispatcher, "clarify", "wording:clarify", lead +
        "I want to give you the right answer. Is your question about one of these? If not, tell me a little more, in one sentence.",
        topic=best[0].topic, buttons=[{"label": entries()[c.entry].title, "do": f"ask:{c.entry}"} for c in best], **_scores(found),
    )


def not_found(dispatcher, found: Found, lead: str) -> None:
    """Say so, name the nearest topics, offer a person, and have it logged."""
    nearest = (found.candidates[0], *found.others())[:3]
    say(
        dispatcher, "unanswered", "wording:not-found", lead +
        "I could not find a checked answer to that, so I will not guess. I have noted your question, without your details, so that "
        "people can write an answer. You can ask me again in other words, look at the nearest topics, or talk to a person.",
        buttons=[{"label": TOPICS[c.topic], "do": f"ask:{c.entry}"} for c in nearest] + [PERSON], offers_person=True,
        unanswered="below threshold", topic=nearest[0].topic, **_scores(found),
    )
