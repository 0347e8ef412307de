"""When people are there, and what may honestly be said about it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import DAYS, Service, clock, expectation, read_service, spoken
from bot.settings import LONDON

NINE_TO_FIVE = ((time(9), time(17)),)
WEEK = Service("default", "advice", (NINE_TO_FIVE,) * 4 + (((time(9), time(16, 30)),),) + ((), ()), aim_working_days=2)
SPLIT = Service("split", "advice", (((time(9), time(12)), (time(13), time(17))),) * 5 + ((), ()), aim_working_days=1)
NEVER = Service("never", "advice", ((),) * 7, aim_working_days=2)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("at, is_open", [
    ("2026-11-23 08:59", False), ("2026-11-23 09:00", True), ("2026-11-23 16:59", True), ("2026-11-23 17:00", False),
    ("2026-11-27 16:45", False), ("2026-11-28 12:00", False), ("2026-12-25 12:00", False), ("2026-12-28 12:00", False),
])
def test_open_from_the_first_minute_to_the_last_but_not_on_bank_holidays(at, is_open):
    assert WEEK.is_open(london(at)) is is_open


def test_the_substitute_day_of_a_bank_holiday_is_shut_and_the_day_after_is_not():
    assert not WEEK.is_open(london("2026-12-28 12:00")) and WEEK.is_open(london("2026-12-29 12:00"))


def test_a_service_may_stay_open_on_bank_holidays():
    hours = Service("always", "advice", (NINE_TO_FIVE,) * 7, 1, shut_on_bank_holidays=False)
    assert hours.is_open(london("2026-12-25 12:00"))


@pytest.mark.parametrize("at, opens", [
    ("2026-11-23 07:00", "2026-11-23 09:00"), ("2026-11-23 12:00", "2026-11-24 09:00"), ("2026-11-27 17:00", "2026-11-30 09:00"),
    ("2026-12-24 18:00", "2026-12-29 09:00"),  # Christmas, Boxing Day on a Saturday, its substitute on Monday
])
def test_the_next_opening(at, opens):
    assert WEEK.next_opening(london(at)) == london(opens)


def test_a_split_day_is_shut_at_lunch_and_opens_again():
    at = london("2026-11-23 12:30")
    assert not SPLIT.is_open(at) and SPLIT.next_opening(at) == london("2026-11-23 13:00")


@pytest.mark.parametrize("before, opens_utc", [
    ("2026-03-28 12:00", "2026-03-30 08:00"),  # the clocks go forward on the 29th: nine in London is eight in UTC
    ("2026-10-24 12:00", "2026-10-26 09:00"),
])
def test_the_doors_open_at_nine_by_the_clock_on_the_wall_when_it_changes(before, opens_utc):
    assert WEEK.next_opening(london(before)).astimezone(UTC) == datetime.fromisoformat(opens_utc).replace(tzinfo=UTC)


def test_hours_are_englands_whatever_the_clock_of_the_question():
    assert WEEK.is_open(datetime(2027, 7, 5, 8, 30, tzinfo=UTC)) and not WEEK.is_open(datetime(2027, 1, 5, 8, 30, tzinfo=UTC))


@given(st.integers(0, 3650 * 24 * 60 - 1))
def test_on_any_minute_of_ten_years_the_next_opening_is_ahead_and_open(minutes):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    opening = WEEK.next_opening(at)
    assert opening > at and WEEK.is_open(opening) and not WEEK.is_open(opening - timedelta(minutes=1))
    assert opening - at < timedelta(days=6)


@pytest.mark.parametrize("at, days, due", [
    ("2026-11-23 10:00", 1, date(2026, 11, 24)), ("2026-11-27 10:00", 2, date(2026, 12, 1)), ("2026-12-24 10:00", 1, date(2026, 12, 29)),
])
def test_working_days_are_days_with_opening_hours(at, days, due):
    assert WEEK.working_day_after(london(at), days) == due


@pytest.mark.parametrize("at, present, says", [
    ("2026-11-23 10:00", 1, "An adviser is signed in now and can see your case. If they are busy, we aim to reply by "
                            "Wednesday 25 November 2026."),
    ("2026-11-23 10:00", 0, "We are open, but no adviser is signed in just now. We aim to reply by Wednesday 25 November 2026."),
    ("2026-11-23 07:00", 0, "Nobody is here now. Advisers are back today at 9am. We aim to reply by Wednesday 25 November 2026."),
    ("2026-11-27 20:00", 0, "Nobody is here now. Advisers are back on Monday 30 November 2026 at 9am. We aim to reply by "
                            "Tuesday 1 December 2026."),
    ("2026-11-27 20:00", 1, "Nobody is here now. Advisers are back on Monday 30 November 2026 at 9am. We aim to reply by "
                            "Tuesday 1 December 2026."),
])
def test_no_more_is_promised_than_the_hours_and_the_people_allow(at, present, says):
    assert expectation(WEEK, london(at), present) == says


def test_a_service_without_hours_promises_nothing():
    assert NEVER.next_opening(london("2026-11-23 10:00")) is None
    assert "cannot say when" in expectation(NEVER, london("2026-11-23 10:00"), 0)


@pytest.mark.parametrize("at, says", [(time(9), "9am"), (time(16, 30), "4:30pm"), (time(12), "12pm"), (time(0, 5), "12:05am")])
def test_a_time_is_said_as_people_say_it(at, says):
    assert clock(at) == says


def test_a_day_is_said_as_people_say_it():
    assert spoken(date(2026, 12, 1)) == "Tuesday 1 December 2026"


def test_the_service_that_ships_can_be_read():
    ours = read_service()
    assert len(ours.hours) == len(DAYS) and ours.name and ours.aim_working_days > 0 and ours.next_opening(london("2026-11-23 18:00"))
