"""Sentences of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.segmenter.sentences import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost 3.5 million. The U.S. paid.", ["It cost 3.5 million. ", "The U.S. paid."]),
        ("“Sold!” Twice? Él lo dijo.", ["“Sold!” Twice? ", "Él lo dijo."]),
        ("橋は売られた。船は戻った。", ["橋は売られた。", "船は戻った。"]),
        ("「売られた。」と市長。船は。", ["「売られた。」と市長。", "船は。"]),
        ("...", ["..."]),
        ("", [""]),
    ],
)
def test_a_sentence_ends_before_a_capital_or_at_a_full_stop_of_other_scripts(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@given(st.text("aB.!? 。\n"))
def test_together_they_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
