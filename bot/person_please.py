"""Knows "I want a person" in most words, so that the wish is never left to a classifier alone.

    >>> wants_person("this is useless get me a human"), wants_person("can I speak to the person who wrote the plan?")
    (True, False)

Plain code; Rasa's intent finds the rest. A message of many words is a story, and is read as one.
"""

import re

LONGEST = 14  # words
_SOMEBODY = r"(?:(?:real|actual|live|proper) )?(?:human(?: being)?|person|people|adviser|advisor|agent|operator)"
_WISH = re.compile(
    rf"\b(?:get|want|need|give|gimme|put|connect|transfer|pass|asked?|asking|prefer|rather)\b(?: \S+){{0,6}}? "
    rf"(?:a|an|to|for|the)? ?\b{_SOMEBODY}\b"
    rf"|\b(?:speak|spk|talk|tlk|chat)\b(?: \S+){{0,3}}? (?:a |an )?(?:{_SOMEBODY}|some ?(?:one|1|body))\b"
    r"|\b(?:speak|talk) (?:to|with) (?:whoever|the manager|your manager)\b|\btake over from (?:the |this )?(?:bot|robot|machine|computer)\b"
    r"|\bdo you have (?:any )?(?:real )?people\b"
    rf"|\bnot (?:talking|speaking|chatting) to (?:a |an |this )?(?:machine|robot|bot|computer)\b|\b(?:robot|machine|bot)\b.*\b{_SOMEBODY}$")
_NOT_US = re.compile(
    r"^(?:is|are|am|bot or)\b|\b(?:in person|young (?:person|people)|named person|right person|lead person|support person|other people|"
    r"person (?:who|in charge|that|responsible|from|at)|same person|school|council|senco|la|tribunal)\b")


def wants_person(text: str) -> bool:
    """Whether a short message asks for a person of ours."""
    words = re.sub(r"[^a-z0-9 ]+", " ", text.lower().replace("'", "")).split()
    plain = " ".join(words)
    return len(words) <= LONGEST and bool(_WISH.search(plain)) and not _NOT_US.search(plain)
