"""Dates as pages show them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.dates import MAX_RESOLVED, DayReader, find_date, iso_day
from unit.segmenter.pages import SEEN_AT


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("DECEMBER 24, 2025", "en", dt.date(2025, 12, 24)),
        ("Dec. 24, 2025", "en", dt.date(2025, 12, 24)),
        ("Tuesday, 3 March 2026, 10:15 am", "en", dt.date(2026, 3, 3)),
        ("2026-03-04", "en", dt.date(2026, 3, 4)),
        ("3/4/2026", "en", dt.date(2026, 3, 4)),
        ("3/4/2026", "fr", dt.date(2026, 4, 3)),
        ("4.3.2026", "de", dt.date(2026, 3, 4)),
        ("14. April 2026", "de", dt.date(2026, 4, 14)),
        ("3 de marzo de 2026", "es", dt.date(2026, 3, 3)),
        ("3 février 2026", "fr", dt.date(2026, 2, 3)),
        ("May 19", "en", dt.date(2026, 5, 19)),
        ("May 21", "en", dt.date(2025, 5, 21)),
        ("2 hours ago", "en", dt.date(2026, 5, 19)),
        ("an hour ago", "en", dt.date(2026, 5, 20)),
        ("Yesterday", "en", dt.date(2026, 5, 19)),
        ("vor 2 Stunden", "de", dt.date(2026, 5, 19)),
        ("gestern", "de", dt.date(2026, 5, 19)),
        ("hace 3 horas", "es", dt.date(2026, 5, 19)),
        ("31 February 2026", "en", None),
    ],
)
def test_a_date_is_found_whole_and_read_from_where_the_page_was_seen(
    text: str, language: str, day: dt.date | None
) -> None:
    assert find_date(text) == (0, len(text))
    assert DayReader(SEEN_AT, language).day(text) == day


@pytest.mark.parametrize(
    "text", ["A bridge for 2026", "Marches and protests", "12 angry men", "todayish", "room 12.5", ""]
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert find_date(text) is None


def test_a_date_within_a_line_is_found_where_it_stands() -> None:
    text = "POLITICS BY OCTOBER 18, 2025"
    assert text[slice(*(find_date(text) or (0, 0)))] == "OCTOBER 18, 2025"


def test_only_so_many_dates_of_a_page_are_resolved() -> None:
    reader = DayReader(SEEN_AT, "en")
    days = [reader.day(f"room {number}") for number in range(MAX_RESOLVED)]

    assert len(days) == MAX_RESOLVED
    assert reader.day("2026-02-03") is None


@given(
    st.datetimes(timezones=st.just(dt.UTC)),
    st.sampled_from(["999 months ago", "999 days ago", "yesterday", "May 3", "29 February"]),
)
def test_any_time_of_seeing_will_do(seen_at: dt.datetime, text: str) -> None:
    day = DayReader(seen_at, "en").day(text)
    assert day is None or day <= seen_at.date()


@given(st.text())
def test_iso_day_takes_any_text(text: str) -> None:
    day = iso_day(text)
    assert day is None or abs(day.year - int(text.strip()[:4])) <= 1  # a week of ISO 8601 may begin in the year before


@given(st.dates(), st.text())
def test_iso_day_reads_every_day_whatever_follows(day: dt.date, rest: str) -> None:
    assert iso_day(f"{day.isoformat()}{rest}") == day


def test_iso_day_reads_times_too() -> None:
    assert iso_day("2026-05-18T06:30:00+02:00") == dt.date(2026, 5, 18)
    assert iso_day("18 May 2026") is None
