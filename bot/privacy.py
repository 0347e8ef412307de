"""What leaves the message table: text without the things that say who somebody is.

Patterns only; each is anchored to digits or to a word before a name, and no pattern nests quantifiers. Councils,
helplines and the field's own words survive, so that a redacted question can still be grouped with others.
"""

import re

LIMIT = 4000
HELPLINES = {"999", "111", "116123", "85258", "08001111", "08088005000", "08082000247"}

_NAMES = r"[A-Z][a-z]{2,}(?:[-'][A-Z][a-z]+)?"
_NOT_NAMES = {
    "The", "She", "They", "School", "Council", "Who", "What", "When", "Has", "Was", "Will", "And", "But", "Autistic", "Being",
    "Not", "Now", "Can", "Could", "Does", "Had", "Have", "How", "Just", "Our", "Should", "There", "This", "That", "Please", "With",
    "Year", "Key", "Stage", "Reception", "Nursery", "English", "Because", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
}
PATTERNS: tuple[tuple[str, re.Pattern], ...] = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("link", re.compile(r"https?://\S{1,500}")),
    ("nhs number", re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")),
    ("national insurance number", re.compile(r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b", re.I)),
    ("upn", re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b", re.I)),
    ("date of birth", re.compile(r"(?i)\b(?:born|dob|d\.o\.b\.?|date of birth)\W{0,5}(?:on |is )?\d{1,2}\W\d{1,2}\W\d{2,4}")),
    ("phone", re.compile(r"(?<!\d)(?:\+44 ?|0)\d(?:[ -]?\d){8,10}(?!\d)")),
    ("postcode", re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}\b", re.I)),
    ("address", re.compile(
        r"\b\d{1,4}[a-z]? [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Road|Street|Avenue|Lane|Close|Drive|Way|Court|Crescent|Place|Gardens|Rd|St|Ave)\b")),
    ("school", re.compile(
        rf"\b(?:St\.? )?{_NAMES}(?: {_NAMES}){{0,3}} (?:Primary|Infant|Junior|High|Secondary|Special|Academy|Nursery|College|School)\b"
        r"(?: (?:School|Academy|College))?")),
)
_INTRODUCED = re.compile(
    rf"(?P<before>\b(?i:my (?:son|daughter|boy|girl|child|lad|little one|husband|wife|partner|ex)|(?:his|her|their|my) name is|"
    rf"i'?m called|called|named|(?:mr|mrs|miss|ms|dr)\.?|i am|this is|signed),? )(?P<name>{_NAMES}(?: {_NAMES})?)")


def redact(text: str) -> str:
    """`text` with personal details replaced by their kind in brackets."""
    text = text[:LIMIT]
    for kind, pattern in PATTERNS:
        text = pattern.sub(lambda found, kind=kind: _replace(kind, found), text)
    names = {m["name"] for m in _INTRODUCED.finditer(text) if m["name"].split()[0] not in _NOT_NAMES}
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "[name]", text)
    return text


def _replace(kind: str, found: re.Match) -> str:
    digits = re.sub(r"\D", "", found[0])
    if digits in HELPLINES:
        return found[0]
    if kind == "postcode":
        return found[1].upper()  # the district stays: it names the council, not the house
    return f"[{kind}]"
