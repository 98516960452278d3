"""Lines of labels: kicker, byline and date in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.meta_line import byline_name, read_meta_line


@pytest.mark.parametrize(
    ("text", "kicker", "byline", "date"),
    [
        ("POLITICS BY OCTOBER 18, 2025", "POLITICS", None, "OCTOBER 18, 2025"),
        ("DECEMBER 24, 2025", None, None, "DECEMBER 24, 2025"),
        ("2 hours ago | Local", "Local", None, "2 hours ago"),
        ("Local news · 3 May 2026", "Local news", None, "3 May 2026"),
        ("By Ada Field", None, "Ada Field", None),
        ("BY ADA FIELD | MAY 3, 2026", None, "ADA FIELD", "MAY 3, 2026"),
        ("Sport by Ada Field, 3 May 2026", "Sport", "Ada Field", "3 May 2026"),
        ("3 May 2026 by Ada Field", None, "Ada Field", "3 May 2026"),
        ("Published on 3 May 2026", None, None, "3 May 2026"),
        ("Von Ada Feld", None, "Ada Feld", None),
        ("Ada von Feld | 3. Mai 2026", "Ada von Feld", None, "3. Mai 2026"),
    ],
)
def test_labels_are_taken_apart(text: str, kicker: str | None, byline: str | None, date: str | None) -> None:
    meta = read_meta_line(text)

    assert meta is not None
    parts = [text[slice(*part)] if part else None for part in (meta.kicker, meta.byline, meta.date)]
    assert parts == [kicker, byline, date]


@pytest.mark.parametrize(
    "text",
    [
        "The festival opens on 3 May 2026",
        "The festival of 3 May 2026 was cancelled after a storm had blown away its tents.",
        "By noon the streets were empty.",
        "Di Feld scores twice",
        "Door to door",
        "Politics",
        "POLITICS BY " + "OCTOBER 18, 2025 " * 10,
    ],
)
def test_sentences_headlines_and_lone_words_are_no_labels(text: str) -> None:
    assert read_meta_line(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ada Field", "Ada Field"),
        ("Words by Ada Field", "Ada Field"),
        ("Von Ada Feld", "Ada Feld"),
        ("Ein Kommentar von Ada Feld", "Ada Feld"),
        ("Por Ada Campo", "Ada Campo"),
        ("Par Ada Champ", "Ada Champ"),
        ("di Ada Campo Rossi", "Ada Campo Rossi"),
        ("Di Campo", "Di Campo"),
        ("文/王小明", "王小明"),
        ("記者：王小明", "王小明"),  # noqa: RUF001 - the colon there
        ("Author: Ada Field", "Ada Field"),
        ("Ada von Feld", "Ada von Feld"),
        ("Bypass Ada", "Bypass Ada"),
        ("By", None),
        (" | ", None),
    ],
)
def test_the_name_in_a_byline_comes_without_its_lead_in(text: str, name: str | None) -> None:
    assert byline_name(text) == name


@given(st.text() | st.text(st.sampled_from("by |,-·BYvon3May2026 :/文")))
def test_parts_lie_within_the_line_and_apart(text: str) -> None:
    meta = read_meta_line(text)
    parts = sorted(part for part in (meta.kicker, meta.byline, meta.date) if part) if meta else []
    places = [place for part in parts for place in part]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in parts)
