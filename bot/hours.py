"""When a service's people are there, and what may honestly be said about it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
import yaml

from bot.settings import LONDON
from knowledge_base import HOME

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Service:
    """One service's name and opening hours. `hours` has seven tuples of (opens, closes), Monday first."""

    id: str
    name: str
    hours: tuple[tuple[tuple[time, time], ...], ...]
    aim_working_days: int
    shut_on_bank_holidays: bool = True

    def spans(self, day: date) -> tuple[tuple[time, time], ...]:
        """The opening spans of one day."""
        if self.shut_on_bank_holidays and day in _bank_holidays():
            return ()
        return self.hours[day.weekday()]

    def is_open(self, at: datetime) -> bool:
        at = at.astimezone(LONDON)
        return any(opens <= at.time() < closes for opens, closes in self.spans(at.date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """When the doors next open after `at`; None for a service without hours."""
        at = at.astimezone(LONDON)
        for ahead in range(30):
            day = at.date() + timedelta(days=ahead)
            for opens, _ in self.spans(day):
                opening = datetime.combine(day, opens, LONDON)
                if opening > at:
                    return opening
        return None

    def working_day_after(self, at: datetime, days: int) -> date:
        """The date that is `days` working days after `at`, counting only days with opening hours."""
        day = at.astimezone(LONDON).date()
        for _ in range(60):
            day += timedelta(days=1)
            if self.spans(day):
                days -= 1
                if days == 0:
                    break
        return day


@lru_cache
def _bank_holidays():
    return holidays.country_holidays("GB", subdiv="ENG")


@lru_cache
def read_service(name: str = "default") -> Service:
    """Read knowledge_base/services/<name>/service.yaml."""
    row = yaml.safe_load((HOME / "services" / name / "service.yaml").read_text(encoding="utf-8"))

    def span(text: str) -> tuple[time, time]:
        opens, closes = text.split("-")
        return time.fromisoformat(opens), time.fromisoformat(closes)

    hours = tuple(tuple(span(s) for s in row["hours"].get(day, ())) for day in DAYS)
    return Service(name, row["name"], hours, row["aim_working_days"], row.get("bank_holidays") == "closed")


def spoken(day: date) -> str:
    """A date as people say it: Tuesday 24 November 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def clock(at: time) -> str:
    """A time as people say it: 9am, 4:30pm."""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def expectation(service: Service, at: datetime, present: int) -> str:
    """When a person will answer: never more than the opening hours and the people signed in allow."""
    by = spoken(service.working_day_after(at, service.aim_working_days))
    if service.is_open(at):
        if present:
            return f"An adviser is signed in now and can see your case. If they are busy, we aim to reply by {by}."
        return f"We are open, but no adviser is signed in just now. We aim to reply by {by}."
    opening = service.next_opening(at)
    if opening is None:
        return "I cannot say when an adviser will be there. You can also contact your local SEND advice service directly."
    day = "today" if opening.date() == at.astimezone(LONDON).date() else f"on {spoken(opening.date())}"
    return f"Nobody is here now. Advisers are back {day} at {clock(opening.time())}. We aim to reply by {by}."
