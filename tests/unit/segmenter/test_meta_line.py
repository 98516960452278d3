"""Lines of labels: kicker, byline and date in one."""

import pytest

from broadsheet.segmenter.meta_line import read_meta_line


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
        "Politics",
        "POLITICS BY " + "OCTOBER 18, 2025 " * 10,
    ],
)
def test_sentences_headlines_and_lone_words_are_no_labels(text: str) -> None:
    assert read_meta_line(text) is None
