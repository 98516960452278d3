"""Dates, amounts and percentages."""

import pytest

from broadsheet.tagger.values import find_values


def values(text: str, *, english: bool = True) -> set[tuple[str, str]]:
    return {(text[start:end], kind) for start, end, kind in find_values(text, english=english)}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("It cost $4.5 million, they say.", "$4.5 million", "MONEY"),
        ("It cost 18 billion euros.", "18 billion euros", "MONEY"),
        ("Es kostet 1,2 Millionen Euro.", "1,2 Millionen Euro", "MONEY"),
        ("Only 3.2 percent came.", "3.2 percent", "PERCENT"),
        ("Nur 62 Prozent kamen.", "62 Prozent", "PERCENT"),
        ("Some 12% left", "12%", "PERCENT"),
        ("On 2026-05-03 it rained", "2026-05-03", "DATE"),
        ("Am 3.5.2026 regnete es", "3.5.2026", "DATE"),
    ],
)
def test_values_need_no_language(text: str, value: str, kind: str) -> None:
    assert (value, kind) in values(text, english=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On DECEMBER 24, 2025 it snowed.", "DECEMBER 24, 2025"),
        ("On Tuesday, 3 May it rained.", "Tuesday, 3 May"),
        ("It was built in 1911.", "1911"),
        ("In October they met.", "October"),
    ],
)
def test_english_dates(text: str, value: str) -> None:
    assert values(text) == {(value, "DATE")}
    assert values(text, english=False) == set()


@pytest.mark.parametrize("text", ["They may march.", "Version 1.2.3.4", "room 1911", "a 5-4 win"])
def test_what_is_no_value_is_not_found(text: str) -> None:
    assert values(text) == set()
