"""Dates, amounts and percentages found in any text, in order and apart."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.tagger.values import Value, find_values

PAGE_DATE = dt.date(2025, 12, 24)
"""A Wednesday."""

LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "pt", "ru", "tr", "zh", "ja", "hu", "und", "xx", ""])
PIECES = st.sampled_from(
    [
        *("$", "US$", "€ ", " %", "%", " percent", " million", " Mrd. ", "bn", " euros", " de ", "d'", "kr", "元"),
        *("1.5", "1,234.5", "1.234,5", "1 234", "00", "2025", "24", "-", "–", ".", ",", " to ", " and ", "'"),  # noqa: RUF001
        *(
            "Dec. ",
            "December ",
            "May ",
            "Monday, ",
            "last ",
            "this ",
            "the ",
            "mid-",
            "90s",
            " century",
            " ago",
            "B.C.",
        ),
        *(
            "2025-12-24",
            "24.12.2025",
            "3/4/2026",
            "9/11",
            "年",
            "月",
            "日",
            "gestern",
            "hier",
            " mai ",
            "half a ",
            "two ",
        ),
        *("\n", "\u00a0", "🙂", "İ", "ß", "٣", "²", " "),
    ]
)
TEXTS = st.lists(st.one_of(st.text(), PIECES)).map("".join)


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(text[value.start : value.end], value.kind) for value in find_values(text, language=language)]


def test_values_of_all_kinds_come_in_order_of_the_text() -> None:
    text = "On Monday the port sold 4.5 percent for $1.5 million, after 2019."
    assert find_values(text, language="en", page_date=PAGE_DATE) == [
        Value(3, 9, "DATE", date="2025-12-22"),
        Value(24, 35, "PERCENT", amount=4.5),
        Value(40, 52, "MONEY", amount=1_500_000.0, currency="USD"),
        Value(60, 64, "DATE", date="2019"),
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "sw", "zh", "und", "xx"])
def test_signs_and_iso_dates_need_no_language(language: str) -> None:
    text = "2025-12-24: €50, 12%"
    assert find_values(text, language=language) == [
        Value(0, 10, "DATE", date="2025-12-24"),
        Value(12, 15, "MONEY", amount=50.0, currency="EUR"),
        Value(17, 20, "PERCENT", amount=12.0),
    ]


def test_words_are_of_the_page_s_own_language() -> None:
    assert found("They met on Monday, 3 May.", "de") == []
    assert found("Sie trafen sich am Montag, 3. Mai.", "de") == [("Montag, 3. Mai", "DATE")]


@pytest.mark.parametrize(
    "text",
    [
        "They may march.",
        "Version 1.2.3.4",
        "room 19111",
        "a 5-4 win",
        "at 10:30 a.m.",
        "at 5pm",
        "Section 4 may apply",
        "he lost 10 pounds",
        "it won 5 games",
        "for a dollar",
        "2000 people",
        "the Sunday Times",
        "June Carter",
        "index.html?a=%20b",
        "for three years",
    ],
)
def test_what_is_no_value_is_not_found(text: str) -> None:
    assert found(text) == []


@given(TEXTS, LANGUAGES, st.one_of(st.none(), st.dates()))
@settings(max_examples=200, deadline=None)
def test_any_text_has_values_that_lie_in_it_apart_and_always_the_same(
    text: str, language: str, page_date: dt.date | None
) -> None:
    values = find_values(text, language=language, page_date=page_date)

    reached = 0
    for value in values:
        assert reached <= value.start < value.end <= len(text)
        assert not text[value.start].isspace()
        assert not text[value.end - 1].isspace()
        assert "\n" not in text[value.start : value.end]
        reached = value.end
    assert values == find_values(text, language=language, page_date=page_date)


@given(TEXTS, st.dates())
@settings(deadline=None)
def test_a_page_s_day_changes_what_dates_mean_and_not_what_is_found(text: str, page_date: dt.date) -> None:
    resolved = find_values(text, language="en", page_date=page_date)
    unresolved = find_values(text, language="en")
    assert [(value.start, value.end, value.kind) for value in resolved] == [
        (value.start, value.end, value.kind) for value in unresolved
    ]


@pytest.mark.parametrize("piece", ["1", " ", "$", "1.", "1 ", "May 1 ", "a ", "the ", "mid-", "$1 to ", "2025年", "\n"])
@pytest.mark.timeout(60)
def test_large_texts_end(piece: str) -> None:
    values = find_values(piece * (20_000 // len(piece)), language="en", page_date=PAGE_DATE)
    assert all(value.start < value.end for value in values)
