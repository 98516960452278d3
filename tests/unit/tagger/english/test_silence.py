"""Sentences that name nothing are told by their capitals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.tagger.english.pieces import read_pieces
from broadsheet.tagger.english.silence import is_silent, sentence_starts


@pytest.mark.parametrize(
    ("sentence", "silent"),
    [
        ("The weather stayed cold and I went home.", True),
        ("1.5 - 2.5, 3!", True),
        ("Oslo stayed cold.", False),
        ("The weather in Oslo stayed cold.", False),
        ("the weather stayed cold", False),
        ("Weather stays cold.", False),
        ("In 東京 it stayed cold.", False),
        ("The WHO said so.", False),
        ("We saw The Who there.", False),
        ("“But I know it,” she said.", True),
    ],
)
def test_a_sentence_that_names_nothing(sentence: str, silent: bool) -> None:  # noqa: FBT001 - a table of cases
    assert set(is_silent(read_pieces(sentence)).tolist()) == {silent}


def test_each_sentence_is_judged_by_itself() -> None:
    text = "It was late. Ada Field left. Nobody saw it.\nThe end"
    pieces = read_pieces(text)
    silent = is_silent(pieces)
    told = [text[pieces.starts[start] :].split(maxsplit=1)[0] for start in sentence_starts(pieces)]
    assert list(zip(told, silent[sentence_starts(pieces)].tolist(), strict=True)) == [
        ("It", True),
        ("Ada", False),
        ("Nobody", False),
        ("The", True),
    ]


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    pieces = read_pieces(text)
    assert len(is_silent(pieces)) == len(pieces)
    assert not len(pieces) or sentence_starts(pieces)[0] == 0
    assert np.all(np.diff(sentence_starts(pieces)) > 0)
