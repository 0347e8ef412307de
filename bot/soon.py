"""Finds the days that a message speaks of, as days from today: "next friday", "in 3 days", "the 30th", "4/12".

    >>> days_ahead("hearing is on the 30th", date(2026, 11, 22))
    [(8, 14, 22)]

Small and strict on purpose: a general date parser reads "may", "sat" and "year 3" as dates.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

_NUMBERS = {"a": 1, "an": 1, "couple of": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
            "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_DAY = r"(mon|tues?|wednes|weds?|thurs?|fri|satur|sun)(?:day)?"
_MONTH = "(" + "|".join(f"{m[:3]}(?:{m[3:]})?" if m[3:] else m for m in _MONTHS) + "|sept)"

_NAMED = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "tomorrow": 1, "tmrw": 1, "tomoz": 1, "tomorow": 1, "yesterday": -1,
    "this week": 4, "end of the week": 4, "the weekend": 5, "next week": 7, "week after next": 14, "fortnight": 14,
    "few days": 3, "couple of days": 2, "any day now": 1, "last week": -7, "last month": -30, "days time": 3,
}
_WORDS = re.compile(r"\b(" + "|".join(sorted(_NAMED, key=len, reverse=True)) + r")\b")
_COUNT = re.compile(rf"\b(?:in|within|only|got|have|under|less than|left|just)\b (?:under |only |just |about |less than )?(?:a )?{_NUMBER} "
                    r"(working days?|school days?|days?|weeks?)\b(?! (?:ago|late|old|off|a |per|each|every))")
_LEFT = re.compile(rf"\b{_NUMBER} (days?|weeks?) (?:left|to go|away|from now|until|till?|to (?:appeal|go|lodge|send|get))\b")
_AGO = re.compile(rf"\b{_NUMBER} (days?|weeks?) ago\b")
_WEEKDAY = re.compile(rf"\b(week on |next |this |last |on |by |til |till |until |for |is |its |a )(?:a )?{_DAY}\b")
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?)\b(?: (20\d\d))?")
_FIGURES = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(?:20)?(\d\d))?\b")
_NTH = re.compile(r"\b(?:the|on|by) (\d{1,2})(?:st|nd|rd|th)\b(?! " + _MONTH + r"| of\b| time| school| refusal| appeal| birthday)")


def days_ahead(text: str, today: date) -> list[tuple[int, int, int]]:
    """Every day named in lower-case `text`, as (days from today, start, end) in the order of the text."""
    return sorted(_found(text, today), key=lambda hit: hit[1:])


def _found(text: str, today: date) -> Iterator[tuple[int, int, int]]:
    for hit in _WORDS.finditer(text):
        yield _NAMED[hit[1]], *hit.span()
    for hit in (*_COUNT.finditer(text), *_LEFT.finditer(text)):
        yield _count(hit[1]) * (7 if "week" in hit[2] else 1), *hit.span()
    for hit in _AGO.finditer(text):
        yield -_count(hit[1]) * (7 if "week" in hit[2] else 1), *hit.span()
    for hit in _WEEKDAY.finditer(text):
        until = (_DAYS.index(hit[2][:3]) - today.weekday()) % 7 or 7
        yield {"last": until - 7, "week on": until + 7}.get(hit[1].strip(), until), *hit.span()
    for hit in _DATE.finditer(text):
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith((hit[2] or hit[3])[:3]))
        yield from _calendar(today, int(hit[1] or hit[4]), month, hit[5], hit.span())
    for hit in _FIGURES.finditer(text):
        yield from _calendar(today, int(hit[1]), int(hit[2]), hit[3] and f"20{hit[3]}", hit.span())
    for hit in _NTH.finditer(text):
        month = today.month if int(hit[1]) >= today.day else today.month % 12 + 1
        yield from _calendar(today, int(hit[1]), month, None, hit.span())


def _count(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _calendar(today: date, day: int, month: int, year: str | None, span: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """A day of the calendar; without a year, the nearest one to today. An impossible day is not a date."""
    try:
        that = [date(int(year), month, day)] if year else [date(today.year + n, month, day) for n in (-1, 0, 1)]
    except ValueError:
        return
    yield min(((d - today) // timedelta(days=1) for d in that), key=abs), *span
