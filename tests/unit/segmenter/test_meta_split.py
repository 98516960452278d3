"""Lines whose roles are known."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.meta_split import split_meta

ROLES = ("kicker", "byline", "date", "headline")


def split(text: str, *roles: str) -> dict[str, str]:
    meta = split_meta(text, frozenset(roles))
    return {role: text[slice(*part)] for role in ROLES if (part := getattr(meta, role))}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("POLITICS BY OCTOBER 18, 2025", {"kicker": "POLITICS", "date": "OCTOBER 18, 2025"}),
        ("Sport by Ada Field, 3 May 2026", {"kicker": "Sport", "byline": "Ada Field", "date": "3 May 2026"}),
        ("Opinion · Ada Field · 3 min read · 3h", {"kicker": "Opinion", "byline": "Ada Field", "date": "3h"}),
        ("Ada Field | By | 3h", {"kicker": "Ada Field", "date": "3h"}),
    ],
)
def test_three_roles_share_a_line(text: str, parts: dict[str, str]) -> None:
    assert split(text, "kicker", "byline", "date") == parts


@pytest.mark.parametrize(
    ("text", "byline", "date"),
    [
        ("By Ada Field | 2 hours ago", "Ada Field", "2 hours ago"),
        ("Newswire - December 30, 2007", "Newswire", "December 30, 2007"),
        ("22hNEWSWIRE", "NEWSWIRE", "22h"),
        ("10m Ada Field", "Ada Field", "10m"),
        ("By Ada Field22 December 2023", "Ada Field", "22 December 2023"),
        ("2025-11-20 17:27:46 Ada Field", "Ada Field", "2025-11-20 17:27:46"),
        ("Ada Campo4 giorni fa2 mesi fa 0", "Ada Campo", "4 giorni fa"),
        ("Posted on 3 May 2026 by Ada Field", "Ada Field", "3 May 2026"),
        ("文/王小明 2026年3月5日", "王小明", "2026年3月5日"),
        ("3 May 2026By", None, "3 May 2026"),
    ],
)
def test_byline_and_date_share_a_line(text: str, byline: str | None, date: str) -> None:
    assert split(text, "byline", "date") == ({"byline": byline} if byline else {}) | {"date": date}


@pytest.mark.parametrize(
    ("text", "kicker", "date"),
    [
        ("Feb 16, 2026 | Planetary Science", "Planetary Science", "Feb 16, 2026"),
        ("Comment 04 NOV 25", "Comment", "04 NOV 25"),
        ("News | Updated: 3 May 2026 | 5 comments", "News", "3 May 2026"),
        ("Town | Roads | 3 May 2026 | 4 min read", "Town | Roads", "3 May 2026"),
    ],
)
def test_kicker_and_date_share_a_line(text: str, kicker: str, date: str) -> None:
    assert split(text, "kicker", "date") == {"kicker": kicker, "date": date}


def test_kicker_and_byline_share_a_line() -> None:
    both = ("kicker", "byline")
    assert split("Opinion · Ada Field · 3 min read", *both) == {"kicker": "Opinion", "byline": "Ada Field"}
    assert split("2 likes news.example Long Reads", *both) == {"kicker": "Long Reads", "byline": "news.example"}
    assert split("Opinion", *both) == {"kicker": "Opinion"}


@pytest.mark.parametrize(
    ("text", "role", "part", "headline"),
    [
        ("1h agoStorm ends over the bay", "date", "1h ago", "Storm ends over the bay"),
        ("Storm ends over the bay 17 hours ago", "date", "17 hours ago", "Storm ends over the bay"),
        ("ExclusiveStorm ends over the bay", "kicker", "Exclusive", "Storm ends over the bay"),
        ("Weather | Storm ends over the bay", "kicker", "Weather", "Storm ends over the bay"),
        ("Where did the storm go?Ada Field", "byline", "Ada Field", "Where did the storm go?"),
        ("Storm - and its end - Ada Field", "byline", "Ada Field", "Storm - and its end"),
        ("Storm ends over the bay by Ada Field", "byline", "Ada Field", "Storm ends over the bay"),
    ],
)
def test_a_headline_shares_its_line(text: str, role: str, part: str, headline: str) -> None:
    assert split(text, role, "headline") == {role: part, "headline": headline}


@pytest.mark.parametrize(
    "text", ["Storm ends over the bay", "Storm: it ends", "The storm as we have known it so far - ends"]
)
def test_a_headline_stays_whole_where_nothing_shows_the_place(text: str) -> None:
    assert split(text, "kicker", "headline") == {"headline": text}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("By Ada Field", "byline"),
        ("Published 3 Jan 2026 10:00", "date"),
        ("LIVE: 3 May", "kicker"),
        ("Storm 2h", "headline"),
    ],
)
def test_a_line_of_one_role_is_given_whole(text: str, role: str) -> None:
    assert split(text, role) == {role: text}


@pytest.mark.parametrize(
    ("text", "kicker", "date"),
    [
        ("Comment 04 NOV 25", "Comment", "04 NOV 25"),
        ("Rising / 24 hours ago", "Rising", "24 hours ago"),
        ("Politik vor 5 Stunden", "Politik", "vor 5 Stunden"),
    ],
)
def test_a_word_before_a_date_is_a_kicker_though_the_line_was_taken_for_a_date(
    text: str, kicker: str, date: str
) -> None:
    assert split(text, "date") == {"kicker": kicker, "date": date}


def test_a_word_before_a_date_is_no_byline_unless_a_sign_sets_it_off() -> None:
    assert split("Comment 04 NOV 25", "byline", "date") == {"kicker": "Comment", "date": "04 NOV 25"}
    assert split("Rising / 24 hours ago", "byline", "date") == {"byline": "Rising", "date": "24 hours ago"}


@pytest.mark.parametrize("byline", ["Reuters", "XINHUA", "Staff", "Ada Field"])
def test_an_agency_or_a_name_before_a_date_is_a_byline(byline: str) -> None:
    assert split(f"{byline} 3 May 2026", "byline", "date") == {"byline": byline, "date": "3 May 2026"}


@pytest.mark.parametrize(
    "text",
    [
        "Monday 2:47PM",
        "Updated 3 May 2026",
        "Veröffentlicht/Aktualisiert: vor 58 Minuten",
        "Created: Dec 19, 2025",
        "Erstellt 3 May 2026",
        "Gepubliceerd 3 May 2026",
        "By 3 May 2026",
        "den 3 May 2026",
        "Reuters 3 May 2026",
        "Tid: 3 May 2026",
        "Ada Field 3 May 2026",
        "Round2 3 May 2026",
        "Comment 3 May 2026 12 replies",
        "Comment",
    ],
)
def test_any_other_date_is_given_whole(text: str) -> None:
    assert split(text, "date") == {"date": text}


def test_a_byline_without_a_name_and_a_line_without_roles_give_nothing() -> None:
    assert split("By", "byline") == {}
    assert split("Storm ends") == {}
    assert split("Storm ends", "summary") == {}
    assert split(" | ", "kicker", "date") == {}


def test_a_line_of_any_length_is_taken_in_time() -> None:
    text = "Storm" + " " * 300_000 + "| 3 May"
    assert split(text, "headline", "date") == {"headline": text}


@given(
    st.text() | st.text(st.sampled_from("by |,-·BYvon3May2026 :/文?Ab.")),
    st.sampled_from([frozenset(some) for size in range(5) for some in combinations(ROLES, size)]),
)
def test_parts_lie_within_the_line_apart_and_are_of_the_roles_asked_for(text: str, roles: frozenset[str]) -> None:
    meta = split_meta(text, roles)
    parts = {role: part for role in ROLES if (part := getattr(meta, role))}
    places = [place for part in sorted(parts.values()) for place in part]
    assert parts.keys() <= roles
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in parts.values())
