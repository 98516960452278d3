"""Names in English text."""

import pytest

from broadsheet.tagger.names import find_names


def names(text: str, surnames: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in find_names(text, surnames)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor met President Ada Field in Kyiv.", [("Ada Field", "PERSON"), ("Kyiv", "GPE")]),
        ("They spoke to Mr. Field’s lawyer.", [("Field", "PERSON")]),  # noqa: RUF001 - as pages print it
        ("It was Ada Field's idea.", [("Ada Field", "PERSON")]),
        ("Many in the U.S. and the United States agree.", [("U.S.", "GPE"), ("United States", "GPE")]),
        ("Soldiers of NATO left Europe.", [("NATO", "ORG"), ("Europe", "LOC")]),
        ("He works for the Bank of England in London.", [("Bank of England", "ORG"), ("London", "GPE")]),
        ("A report by the Wexmoor Health Union came.", [("Wexmoor Health Union", "ORG")]),
        ("Ships passed the Marsh Bridge and the White Sea.", [("Marsh Bridge", "FAC"), ("White Sea", "LOC")]),
        ("Many Russian troops stayed.", [("Russian", "NORP")]),
        ("The ship, the Northern Lark, sailed.", []),
        ("“We shall see,” said Field.", [("Field", "PERSON")]),
        ("Residents waited. Nobody came. However, it rained.", []),
        ("Ada Field of the Green Marsh party spoke.", [("Ada Field", "PERSON")]),
        ("FIELD VISITS KYIV", []),
    ],
)
def test_names_are_found_and_typed(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Field’s Leap of Faith: What Comes Next After the Tour", [("Field", "PERSON")]),  # noqa: RUF001 - as pages print it
        ("Fennel and Skerrow Win the Great Baking Prize Again", [("Fennel", "PERSON"), ("Skerrow", "PERSON")]),
        ("Kevin Marsh Ousted as House Speaker in Historic Vote", [("Kevin Marsh", "PERSON")]),
        ("Ukraine Asks Europe for More Trains This Winter", [("Ukraine", "GPE")]),
        ("Two Winters on the Ferry", []),
    ],
)
def test_headlines_in_title_case_give_the_names_that_are_sure(headline: str, expected: list[tuple[str, str]]) -> None:
    assert [name for name in names(headline) if name[1] in {"PERSON", "GPE"}] == expected


def test_surnames_known_from_elsewhere_are_persons() -> None:
    text = "In the end Field gave way."
    assert names(text) == []
    assert names(text, frozenset({"Field"})) == [("Field", "PERSON")]
