"""Days in meta data and addresses."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.stated_dates import iso_day, stated_day, url_day


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


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-03T23:30:00-05:00",
        " 2026-05-03 ",
        "2026/05/03 10:00",
        "2026-5-3",
        "20260503",
        "202605031000",
        "20260503100000",
        "1777802400",
        "1777802400000",
        "Sun, 03 May 2026 10:00:00 GMT",
        "May 3, 2026",
        "3. Mai 2026",
        "03.05.2026 10:00",
        "5/3/2026 10:00:00 AM",
    ],
)
def test_a_day_is_read_in_every_form_met(text: str) -> None:
    assert stated_day(text) == dt.date(2026, 5, 3)


@pytest.mark.parametrize("text", ["", "2026", "May 3", "2 hours ago", "{{date}}", "20269999", "12345678901234567890"])
def test_what_states_no_day_gives_none(text: str) -> None:
    assert stated_day(text) is None


@given(st.text() | st.text("0123456789", max_size=20))
def test_stated_day_takes_any_text(text: str) -> None:
    day = stated_day(text)
    assert day is None or isinstance(day, dt.date)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/2026/05/03/a-tunnel", dt.date(2026, 5, 3)),
        ("https://news.example/town/2026-05-03-a-tunnel.html", dt.date(2026, 5, 3)),
        ("https://news.example/20260503/a-tunnel", dt.date(2026, 5, 3)),
        ("https://news.example/2026/05/a-tunnel", None),
        ("https://news.example/2026/13/03/a-tunnel", None),
        ("https://news.example/20260503123/", None),
    ],
)
def test_addresses_are_filed_by_days(url: str, day: dt.date | None) -> None:
    assert url_day(url) == day
