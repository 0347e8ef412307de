"""Knows "I want a person" in most words, so that the wish is never left to a classifier alone.

    >>> wants_person("this is useless get me a human"), wants_person("can I speak to the person who wrote the plan?")
    (True, False)

Plain code; Rasa's intent finds the rest. A sentence of many words is a story, and is read as one.
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
_ANYONE = re.compile(
    r"^is there (?:any|some) ?(?:one|body) (?:there|at all)$|^who can (?:i|we) (?:talk|speak) to about (?:this|it|that)$|"
    r"\b(?:is|isnt) there (?:any|some) ?(?:one|body) (?:that )?(?:i|we) (?:can|could)(?: \S+)? (?:ring|call|phone|speak|talk)\b")
_NOT_US = re.compile(
    r"^(?:is|are|am|bot or)\b|\b(?:in person|young (?:person|people)|named person|right person|lead person|support person|other people|"
    r"person (?:who|in charge|that|responsible|from|at)|same person|school|council|senco|la|tribunal)\b")


def wants_person(text: str) -> bool:
    """Whether a message, or a sentence of it, is short and asks for a person of ours."""
    plain = text.lower().replace("'", "")
    return any(map(_wishes, (plain, *re.split(r"[.?!\n]+", plain))))


def _wishes(sentence: str) -> bool:
    words = re.sub(r"[^a-z0-9 ]+", " ", sentence).split()
    plain = " ".join(words)
    wish = bool(_ANYONE.search(plain)) or (bool(_WISH.search(plain)) and not _NOT_US.search(plain))
    return wish and len(words) <= LONGEST
