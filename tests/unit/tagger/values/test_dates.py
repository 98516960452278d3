"""Dates in prose: their spans, and the days they mean on a page of a certain day."""

import datetime as dt

import pytest

from broadsheet.tagger.values import find_values

PAGE_DATE = dt.date(2025, 12, 24)
"""A Wednesday."""


def dates(text: str, language: str = "en", page_date: dt.date | None = PAGE_DATE) -> list[tuple[str, str | None]]:
    values = find_values(text, language=language, page_date=page_date)
    return [(text[value.start : value.end], value.date) for value in values if value.kind == "DATE"]


@pytest.mark.parametrize(
    ("text", "found", "date"),
    [
        ("On DECEMBER 24, 2025 it snowed.", "DECEMBER 24, 2025", "2025-12-24"),
        ("by Dec. 3, 2025.", "Dec. 3, 2025", "2025-12-03"),
        ("on 24 December 2025", "24 December 2025", "2025-12-24"),
        ("on the 22nd of April 2026", "22nd of April 2026", "2026-04-22"),
        ("On Sunday, 3 May it rained.", "Sunday, 3 May", "2026-05-03"),
        ("on Monday, Dec. 22, 2025", "Monday, Dec. 22, 2025", "2025-12-22"),
        ("12-Dec-2025", "12-Dec-2025", "2025-12-12"),
        ("2025-12-24T10:15:00Z", "2025-12-24", "2025-12-24"),
        ("in December 2025", "December 2025", "2025-12"),
        ("in June of 1992", "June of 1992", "1992-06"),
        ("12/24/2025", "12/24/2025", "2025-12-24"),
        ("25/12/2025", "25/12/2025", "2025-12-25"),
        ("5/5/2026", "5/5/2026", "2026-05-05"),
        ("3/4/2026", "3/4/2026", None),
        ("It was built in 1911.", "1911", "1911"),
        ("the 1998 season", "1998", "1998"),
        ("in 1204", "1204", "1204"),
        ("in a.d. 330", "a.d. 330", "0330"),
        ("in 300 B.C.", "300 B.C.", None),
        ("in 1998-99", "1998-99", None),
        ("during the late 1990s", "the late 1990s", None),
        ("since the mid-1980s", "the mid-1980s", None),
        ("in the '90s", "the '90s", None),
        ("of the 21st century", "21st century", None),
        ("the summer of 2012", "the summer of 2012", None),
        ("May 2 and 3.", "May 2 and 3", None),
        ("May 2-3", "May 2-3", None),
        ("2-3 May 2024", "2-3 May 2024", None),
        ("February 31", "February 31", None),
        ("after 9/11", "9/11", "2001-09-11"),
        ("the Sept. 11 attacks", "Sept. 11", "2001-09-11"),
        ("on Black Friday", "Black Friday", None),
    ],
)
def test_dates_of_the_calendar_in_english(text: str, found: str, date: str | None) -> None:
    assert dates(text) == [(found, date)]


@pytest.mark.parametrize(
    ("text", "found", "date"),
    [
        ("said Wednesday", "Wednesday", "2025-12-24"),
        ("on Monday", "Monday", "2025-12-22"),
        ("on Thursday", "Thursday", "2025-12-18"),
        ("Friday's game", "Friday", "2025-12-19"),
        ("last Friday", "last Friday", "2025-12-19"),
        ("last Monday", "last Monday", None),
        ("next Monday", "next Monday", "2025-12-29"),
        ("next Friday", "next Friday", None),
        ("this Friday", "this Friday", "2025-12-26"),
        ("this past Monday", "this past Monday", "2025-12-22"),
        ("the coming Friday", "coming Friday", "2025-12-26"),
        ("yesterday", "yesterday", "2025-12-23"),
        ("Today's paper", "Today", "2025-12-24"),
        ("tomorrow", "tomorrow", "2025-12-25"),
        ("this year", "this year", "2025"),
        ("Last year", "Last year", "2024"),
        ("next month", "next month", "2026-01"),
        ("last month", "last month", "2025-11"),
        ("last week", "last week", None),
        ("the past year", "past year", None),
        ("early next year", "early next year", None),
        ("two years ago", "two years ago", "2023"),
        ("20 years ago", "20 years ago", None),
        ("three days ago", "three days ago", "2025-12-21"),
        ("a month ago", "a month ago", "2025-11"),
        ("two weeks ago", "two weeks ago", None),
        ("Oct. 3", "Oct. 3", "2025-10-03"),
        ("Jan. 2", "Jan. 2", "2026-01-02"),
        ("in October", "October", "2025-10"),
        ("in May", "May", None),
        ("last May", "last May", "2025-05"),
        ("this past March", "this past March", "2025-03"),
        ("next March", "next March", "2026-03"),
        ("late March", "late March", None),
    ],
)
def test_dates_are_counted_from_the_page_s_day(text: str, found: str, date: str | None) -> None:
    assert dates(text) == [(found, date)]
    assert dates(text, page_date=None) == [(found, None)]


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert dates("Dec. 24", page_date=dt.date(2026, 1, 5)) == [("Dec. 24", "2025-12-24")]
    assert dates("29 February", page_date=dt.date(2024, 12, 1)) == [("29 February", "2024-02-29")]
    assert dates("29 February", page_date=dt.date(2026, 3, 1)) == [("29 February", None)]


def test_a_weekday_that_the_nearest_day_is_not_makes_the_year_unknown() -> None:
    assert dates("on Tues., 3 May") == [("Tues., 3 May", None)]
    assert dates("on Tuesday, 3 May 2022") == [("Tuesday, 3 May 2022", "2022-05-03")]
    assert dates("am Dienstag, 5. März", "de") == [("Dienstag, 5. März", None)]


@pytest.mark.parametrize("page_date", [dt.date.min, dt.date.max])
def test_days_beyond_the_calendar_have_no_date(page_date: dt.date) -> None:
    text = "yesterday, tomorrow, last year, next year, last month, next month, 99 years ago, Dec. 24, last Sunday, next Monday"
    assert len(dates(text, page_date=page_date)) == 10


def test_names_are_no_months() -> None:
    assert dates("April O'Neil met June Carter in August.") == [("August", "2025-08")]
    assert dates("Marching on; they May; in March") == [("March", None)]


@pytest.mark.parametrize(
    ("language", "text", "found", "date"),
    [
        ("de", "am 24. Dezember 2025.", "24. Dezember 2025", "2025-12-24"),
        ("de", "im Dezember 2025", "Dezember 2025", "2025-12"),
        ("de", "am 3.5.2026", "3.5.2026", "2026-05-03"),
        ("de", "am 24.12.25", "24.12.25", "2025-12-24"),
        ("de", "am Donnerstag, 5. März", "Donnerstag, 5. März", "2026-03-05"),
        ("de", "am Montag", "Montag", "2025-12-22"),
        ("de", "Gestern", "Gestern", "2025-12-23"),
        ("de", "letztes Jahr", "letztes Jahr", "2024"),
        ("fr", "lundi 3 mai 2027", "lundi 3 mai 2027", "2027-05-03"),
        ("fr", "le 1er mai.", "1er mai", "2026-05-01"),
        ("fr", "aujourd'hui", "aujourd'hui", "2025-12-24"),
        ("es", "el 3 de marzo de 2026", "3 de marzo de 2026", "2026-03-03"),
        ("es", "3/4/2026", "3/4/2026", "2026-04-03"),
        ("pt", "segunda-feira", "segunda-feira", "2025-12-22"),
        ("ru", "5 марта 2026", "5 марта 2026", "2026-03-05"),
        ("hu", "2026. március 5", "2026. március 5", "2026-03-05"),
        ("zh", "于2026年3月5日在北京", "2026年3月5日", "2026-03-05"),
        ("ja", "3月5日", "3月5日", "2026-03-05"),
    ],
)
def test_dates_as_languages_write_them(language: str, text: str, found: str, date: str) -> None:
    assert dates(text, language) == [(found, date)]


@pytest.mark.parametrize(
    ("language", "text"), [("de", "der Morgen"), ("pt", "5 set"), ("es", "por la mañana"), ("de", "3.5. und 4.5.")]
)
def test_what_is_no_date_in_a_language(language: str, text: str) -> None:
    assert dates(text, language) == []
