"""Decides whether a message means danger, harm, distress or anger, before anything else is done with it.

    >>> screen("he keeps saying he wants to kill himself").level
    'crisis'
    >>> screen("this deadline is killing me lol, is it 15 days or 15 working days?") is None
    True

Plain code: no model, no database, no network. What worrying messages look like is data, in
safeguarding_patterns.yaml. A family of patterns that matches raises its level unless the words around it clear it:
"she is not suicidal" (negated), "in year 8" (past), "the suicide prevention policy" (section), and so on.
"""

from collections.abc import Sequence

from bot.concern import Concern
from bot.crisis_language import SENTENCE_END, read
from bot.crisis_patterns import ENOUGH, FAMILIES, KNOWN, NEGATION, WORDS, Family, Found, Span, find

LEVELS = ("crisis", "safeguarding", "distress", "frustration")
EARLIER_MESSAGES = 3  # how far back a disclosure in several messages may begin
NEAR = 6  # words on either side of a match
_BETWEEN, _PRESENT, _QUESTION, _TELLS = (set(WORDS[name]) for name in ("BETWEEN", "PRESENT", "QUESTION", "TELLS"))
_NOT_SAFE = {*WORDS["NOT_SAFE"], *SENTENCE_END, ","}
_NO = {"no", "not", "nope", "nah"}
_WRITER, _OTHER = set(WORDS["WRITER"]), set(WORDS["PARTNER"])
_THIRD = {"he", "she", "they", "him", "her", "his", "them", "himself", "herself", "themselves", "themself"}
_CHILD = set(WORDS["CHILD"]) - _THIRD


def screen(text: str, before: Sequence[str] = ()) -> Concern | None:
    """The most serious concern in `text`, or None. `before` holds the parent's earlier messages, newest last."""
    reading = read(text, KNOWN)
    concern = _screen_words(reading.words, reading.shouted)
    if (concern and concern.is_urgent) or not before:
        return concern
    earlier = [read(message, KNOWN).words for message in before[-EARLIER_MESSAGES:]]
    last = _screen_words(earlier[-1])
    if last and last.is_urgent and _NOT_SAFE.issuperset(reading.words) and not _NO.isdisjoint(reading.words):
        return last  # "Is everyone safe right now?" "not really no"
    joined = tuple(word for words in earlier for word in words[:-1])
    together = _screen_words(joined + reading.words, joined_at=len(joined))
    return together if together and together.is_urgent else concern


def _screen_words(words: tuple[str, ...], shouted: int = 0, joined_at: int | None = None) -> Concern | None:
    """The most serious concern in `words`.

    With `joined_at`, the words before that place are older messages: only what runs across it counts, or what is
    about something said there.
    """
    found = find(words)
    for level in LEVELS:
        weights: dict[int, int] = {}
        first = None
        for family in (f for f in FAMILIES if f.level == level):
            for span in found.spans.get(family.name, ()):
                if _counts(found, family, span, joined_at) and not _cleared(found, family, span):
                    first = first or Concern(level, family.name, _about(found, family, span))
                    weights[span[0]] = max(family.weight, weights.get(span[0], 0))
        if level == "frustration":
            weights[-1] = min(shouted, 1)
        if first and sum(weights.values()) >= ENOUGH:
            return first
    return None


def _counts(found: Found, family: Family, span: Span, joined_at: int | None) -> bool:
    if family.after:
        return joined_at is not None and span[0] >= joined_at and found.has(family.after, 0, joined_at)
    return joined_at is None or span[0] < joined_at < span[1]


def _cleared(found: Found, family: Family, span: Span) -> bool:
    """Whether the words around a match say that it is not what it looks like."""
    return any(_CLEARS[name](found, span) for name in family.unless)


def _negated(found: Found, span: Span) -> bool:
    for at in range(span[0] - 1, max(span[0] - 7, -1), -1):
        if found.words[at] in NEGATION:
            return at == 0 or found.words[at - 1] != "if"  # "if not i will kill myself" denies nothing
        if found.words[at] not in _BETWEEN:
            return False
    return False


def _figure(found: Found, span: Span) -> bool:
    return any(start < span[1] and span[0] < end for start, end in found.spans.get("figures", ()))


def _history(found: Found, span: Span) -> bool:
    return found.has("history", *found.sentence(span[0])) and not _current(found, span)


def _past(found: Found, span: Span) -> bool:
    return (found.has("recovery") and not _current(found, span)) or _history(found, span)


def _current(found: Found, span: Span) -> bool:
    """Whether the match is told in the present, or happened in the last days."""
    start, end = found.sentence(span[0])
    better = found.spans.get("recovery", ())
    recent = [s for s in found.spans.get("recent", ()) if not any(b[0] <= s[1] and s[0] <= b[1] for b in better)]
    told_now = _PRESENT & set(found.words[max(start, span[0] - 2) : span[1]])
    return bool(told_now) or any(start <= s and e <= end for s, e in recent)


def _fiction(found: Found, span: Span) -> bool:
    """Whether it happens in a game or a book. What a child says of himself counts, whatever he is playing."""
    told = not _TELLS.isdisjoint(found.words[max(0, span[0] - 4) : span[1]])
    return found.has("fiction", *found.sentence(span[0])) and not told


def _question(found: Found, span: Span) -> bool:
    return found.words[found.sentence(span[0])[0]] in _QUESTION


def _asks(found: Found, span: Span) -> bool:
    """Whether the message asks something anywhere: then faint signs of anger are only the story."""
    starts = [0] + [at + 1 for at, word in enumerate(found.words[:-1]) if word in SENTENCE_END]
    return "?" in found.words or any(found.words[at] in _QUESTION for at in starts)


def _in_sentence(name: str):
    return lambda found, span: found.has(name, *found.sentence(span[0]))


def _near(name: str):
    def is_near(found: Found, span: Span) -> bool:
        start, end = found.sentence(span[0])
        return found.has(name, max(start, span[0] - NEAR), min(end, span[1] + NEAR))

    return is_near


def _anywhere(name: str):
    return lambda found, span: found.has(name)


_CLEARS = {
    "negated": _negated,
    "past": _past,
    "history": _history,
    "figure": _figure,
    "question": _question,
    "asks": _asks,
    "child-state": _near("child-state"),
    "fiction": _fiction,
    "generic": _in_sentence("generic"),
    "bereaved": _in_sentence("bereaved"),
    "accident": _near("accident"),
    "discipline": _anywhere("discipline"),
    "school-safe": _near("school-safe"),
    "policy": _near("policy"),
    "plan": _in_sentence("plan"),
    "section": _near("section"),
    "mention": _near("technical"),
}


def _about(found: Found, family: Family, span: Span) -> str:
    """Who is meant: the last person in or before the match. "He" and "her" are whoever was named before, or a child."""
    if family.about != "auto":
        return family.about
    third = False
    for word in reversed(found.words[: span[1]]):
        if word in _OTHER:
            return "other"
        if word in _CHILD:
            return "child"
        if word in _WRITER and not third:
            return "writer"
        third = third or word in _THIRD
    return "child"
