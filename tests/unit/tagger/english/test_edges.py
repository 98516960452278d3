"""The full stop of an abbreviation belongs to the name."""

import pytest

from broadsheet.tagger.english.edges import with_accents, with_full_stop


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("moved to Salem, Ore., in May", "Ore", "Ore."),
        ("Norvik Inc. grew", "Norvik Inc", "Norvik Inc."),
        ("the U.S. said", "U.S", "U.S."),
        ("It was Oslo.", "Oslo", "Oslo"),
        ("He met Marco. She left.", "Marco", "Marco"),
        ("paid Norvik Inc", "Norvik Inc", "Norvik Inc"),
    ],
)
def test_the_end_of_a_name(text: str, name: str, whole: str) -> None:
    start = text.index(name)
    assert text[start : with_full_stop(text, start, start + len(name))] == whole


def test_accents_that_are_characters_of_their_own_belong_to_the_name() -> None:
    text = "Zoe\u0308 met Bo"
    assert text[: with_accents(text, 3)] == "Zoe\u0308"
    assert with_accents(text, len(text)) == len(text)
