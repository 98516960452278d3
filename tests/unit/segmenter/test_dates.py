"""Dates as pages show them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.dates import MAX_ASKED, MAX_RESOLVED, DayReader, find_date
from unit.segmenter.pages import SEEN_AT

ANY_TEXT = (
    st.text() | st.text(st.sampled_from("0123456789.,:/- |agohdmvorMayil2月日年前")) | st.text("0123456789", min_size=1)
)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("DECEMBER 24, 2025", "en", dt.date(2025, 12, 24)),
        ("Dec. 24, 2025", "en", dt.date(2025, 12, 24)),
        ("Tuesday, 3 March 2026, 10:15 am", "en", dt.date(2026, 3, 3)),
        ("22nd of April 2026", "en", dt.date(2026, 4, 22)),
        ("04 NOV 25", "en", dt.date(2025, 11, 4)),
        ("12-Dec-2025", "en", dt.date(2025, 12, 12)),
        ("10:15 am, 3 March 2026", "en", dt.date(2026, 3, 3)),
        ("Fri, Apr 25 20252:23 PM EDT", "en", dt.date(2025, 4, 25)),
        ("2026-03-04", "en", dt.date(2026, 3, 4)),
        ("2026-03-04T10:15:30Z", "en", dt.date(2026, 3, 4)),
        ("2026-03-04 17:27:46", "en", dt.date(2026, 3, 4)),
        ("3/4/2026", "en", dt.date(2026, 3, 4)),
        ("3/4/2026", "fr", dt.date(2026, 4, 3)),
        ("3/4/26", "en", dt.date(2026, 3, 4)),
        ("25/4/2026 05:00", "en", dt.date(2026, 4, 25)),
        ("4.3.2026", "de", dt.date(2026, 3, 4)),
        ("04.03.26", "de", dt.date(2026, 3, 4)),
        ("24.12.", "de", dt.date(2025, 12, 24)),
        ("14. April 2026", "de", dt.date(2026, 4, 14)),
        ("Dienstag, 5. März 2026, 10.15 Uhr", "de", dt.date(2026, 3, 5)),
        ("3 de marzo de 2026", "es", dt.date(2026, 3, 3)),
        ("5 de mar. de 2026 às 10h15", "pt", dt.date(2026, 3, 5)),
        ("3 février 2026", "fr", dt.date(2026, 2, 3)),
        ("1er mai 2026", "fr", dt.date(2026, 5, 1)),
        ("5 mag 2026", "it", dt.date(2026, 5, 5)),
        ("5 mei 2026", "nl", dt.date(2026, 5, 5)),
        ("5 maj 2026 kl. 10.15", "sv", dt.date(2026, 5, 5)),
        ("5. marts 2026", "da", dt.date(2026, 3, 5)),
        ("5. mars 2026", "nb", dt.date(2026, 3, 5)),
        ("5 października 2025", "pl", dt.date(2025, 10, 5)),
        ("5 Şubat 2026", "tr", dt.date(2026, 2, 5)),
        ("5 марта 2026 г.", "ru", dt.date(2026, 3, 5)),  # noqa: RUF001 - Cyrillic
        ("5 березня 2026, 10:15", "uk", dt.date(2026, 3, 5)),
        ("2026年3月5日(木) 10:15", "ja", dt.date(2026, 3, 5)),
        ("3月5日", "zh", dt.date(2026, 3, 5)),
        ("2026년 3월 5일", "ko", dt.date(2026, 3, 5)),
        ("2026. 3. 5", "ko", dt.date(2026, 3, 5)),
        ("Senin, 5 Januari 2026 | 10:15 WIB", "id", dt.date(2026, 1, 5)),
        ("2026. március 5.", "hu", dt.date(2026, 3, 5)),
        ("May 19", "en", dt.date(2026, 5, 19)),
        ("May 21", "en", dt.date(2025, 5, 21)),
        ("31 February 2026", "en", None),
    ],
)
def test_a_day_of_the_calendar_is_found_whole_and_read(text: str, language: str, day: dt.date | None) -> None:
    assert find_date(text) == (0, len(text))
    assert DayReader(SEEN_AT, language).day(text) == day


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("2 hours ago", 1),
        ("5 min ago", 0),
        ("2 HOURS AGO", 1),
        ("an hour ago", 0),
        ("2h", 1),
        ("3d", 3),
        ("1w", 7),
        ("Yesterday", 1),
        ("Yesterday 5:30 am", 1),
        ("Today 8:56 am", 0),
        ("vor 2 Stunden", 1),
        ("vor einer Stunde", 0),
        ("gestern", 1),
        ("heute, 10:15 Uhr", 0),
        ("hace 3 horas", 1),
        ("ayer", 1),
        ("il y a 2 heures", 1),
        ("hier", 1),
        ("há 3 dias", 3),
        ("3 dias atrás", 3),
        ("ontem", 1),
        ("4 giorni fa", 4),
        ("un'ora fa", 0),
        ("ieri", 1),
        ("2 dagen geleden", 2),
        ("gisteren", 1),
        ("2 timmar sedan", 1),
        ("2 timer siden", 1),
        ("i går", 1),
        ("5 godzin temu", 1),
        ("wczoraj", 1),
        ("2 saat önce", 1),
        ("dün", 1),
        ("2 часа назад", 1),
        ("вчера в 10:15", 1),
        ("5 годин тому", 1),
        ("3時間前", 1),
        ("2 天前", 2),
        ("5分钟前", 0),
        ("3小時前", 1),
        ("昨日", 1),
        ("昨天 10:15", 1),
        ("2일 전", 2),
        ("어제", 1),
        ("2 jam lalu", 1),
        ("3 hari yang lalu", 3),
        ("kemarin", 1),
    ],
)
def test_a_distance_is_counted_back_from_when_the_page_was_seen(text: str, back: int) -> None:
    assert find_date(text) == (0, len(text))
    assert DayReader(SEEN_AT, "en").day(text) == SEEN_AT.date() - dt.timedelta(days=back)


def test_months_and_years_go_by_the_calendar() -> None:
    reader = DayReader(dt.datetime(2026, 3, 31, tzinfo=dt.UTC), "en")
    assert reader.day("1 month ago") == dt.date(2026, 2, 28)
    assert reader.day("2 years ago") == dt.date(2024, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "A bridge for 2026",
        "Marches and protests",
        "12 angry men",
        "todayish",
        "USA Today",
        "Today, a bridge opens",
        "room 12.5",
        "it costs 3.5. and more",
        "sold out 12 times",
        "a Mac 11 for all",
        "Vor 75 Jahren wurde die Stadt gegründet",
        "a race of 100m",
        "$10m for a bridge",
        "3 min read",
        "24/7/365",
        "score 3-2-1",
        "32/13/2026",
        "",
    ],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("POLITICS BY OCTOBER 18, 2025", "OCTOBER 18, 2025"),
        ("By Ann Lee22 December 2025", "22 December 2025"),
        ("3 May 2026By", "3 May 2026"),
        ("NewswireDecember 22, 2025", "December 22, 2025"),
        ("Anna Rossi4 giorni fa", "4 giorni fa"),
        ("2h agoStorm ends", "2h ago"),
        ("Politics | 2h | Ann Lee", "2h"),
        ("Ann Lee, yesterday at 10:15 pm", "yesterday at 10:15 pm"),
        ("Room 12, 3 May 2026", "3 May 2026"),
    ],
)
def test_a_date_within_a_line_is_found_where_it_stands(text: str, found: str) -> None:
    assert text[slice(*(find_date(text) or (0, 0)))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22hESPN", "22h"),
        ("10m Ann Lee", "10m"),
        ("- 12:36 pm", "12:36 pm"),
        ("Mar", "Mar"),
        ("07", "07"),
        ("3 May 2026", "3 May 2026"),
        ("no date at all", None),
    ],
)
def test_less_will_do_where_a_date_is_known_to_be(text: str, found: str | None) -> None:
    span = find_date(text, certain=True)
    assert (text[slice(*span)] if span else None) == found


def test_a_time_of_day_alone_is_of_the_day_the_page_was_seen_and_a_lone_number_of_none() -> None:
    reader = DayReader(SEEN_AT, "en")
    assert reader.day("12:36 pm") == SEEN_AT.date()
    assert reader.day("07") is None
    assert reader.day("Mar") is None


def test_the_order_of_day_and_month_is_the_one_that_had_been_when_the_page_was_seen() -> None:
    assert DayReader(SEEN_AT, "en").day("6/5/2026") == dt.date(2026, 5, 6)
    assert DayReader(SEEN_AT, "de").day("3/12/2026") == dt.date(2026, 3, 12)


def test_leeway_lets_lists_go_on_after_the_page() -> None:
    assert DayReader(SEEN_AT, "en", leeway=dt.timedelta(days=30)).day("May 21") == dt.date(2026, 5, 21)


def test_dateparser_is_asked_for_other_languages_a_few_times() -> None:
    reader = DayReader(SEEN_AT, "vi")
    assert reader.day("2 ngày trước") == dt.date(2026, 5, 18)
    assert reader.day("12 tháng 3, 2026") == dt.date(2026, 3, 12)
    for number in range(MAX_ASKED):
        reader.day(f"{number} foo bar")
    assert reader.day("3 ngày trước") is None


def test_a_language_that_nobody_knows_is_read_as_english() -> None:
    assert DayReader(SEEN_AT, "zxx").day("May the 3rd in 2026") == dt.date(2026, 5, 3)


def test_only_so_many_dates_of_a_page_are_resolved() -> None:
    reader = DayReader(SEEN_AT, "en")
    days = [reader.day(f"room {number}") for number in range(MAX_RESOLVED)]

    assert len(days) == MAX_RESOLVED
    assert reader.day("2026-02-03") is None


@given(
    st.datetimes(timezones=st.just(dt.UTC)),
    st.sampled_from(["999 months ago", "999 days ago", "20 years ago", "yesterday", "May 3", "29 February"]),
)
def test_any_time_of_seeing_will_do(seen_at: dt.datetime, text: str) -> None:
    day = DayReader(seen_at, "en").day(text)
    assert day is None or day <= (seen_at + dt.timedelta(days=1) if seen_at.year < dt.MAXYEAR else seen_at).date()


@given(ANY_TEXT, st.booleans())
def test_a_date_lies_within_its_line_whatever_that_is(text: str, certain: bool) -> None:  # noqa: FBT001 - drawn
    span = find_date(text, certain=certain)
    assert span is None or 0 <= span[0] < span[1] <= len(text)


@given(ANY_TEXT)
def test_any_text_can_be_asked_for_its_day(text: str) -> None:
    day = DayReader(SEEN_AT, "de").day(text)
    assert day is None or isinstance(day, dt.date)
