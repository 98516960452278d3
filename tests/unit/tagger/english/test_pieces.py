"""Word pieces: their places in the text, and what is told of capitals and gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.tagger.english.pieces import STRETCH, STYLES, Pieces, read_pieces


def words(text: str) -> list[str]:
    pieces = read_pieces(text)
    first = np.flatnonzero(pieces.first)
    ends = pieces.ends[np.append(first[1:], len(pieces)) - 1]
    return [text[start:end] for start, end in zip(pieces.starts[first], ends, strict=True)]


def of_first_words(text: str, column: str) -> list[int]:
    pieces = read_pieces(text)
    return [int(value) for value in getattr(pieces, column)[pieces.first]]


def test_words_are_cut_at_spaces_and_marks() -> None:
    assert words("KYIV — U.S. aide’s ümlaut-word 🙂") == [  # noqa: RUF001 - as pages print it
        *("KYIV", "—", "U", ".", "S", ".", "aide", "’", "s", "ümlaut", "-", "word", "🙂")  # noqa: RUF001 - as above
    ]


def test_the_case_of_a_word_is_told() -> None:
    cases = [mark // STYLES for mark in of_first_words("the Bank NATO A McCarthy 2025 3pm , 東京", "marks")]
    assert cases[:8] == [1, 2, 3, 4, 5, 6, 8, 0]
    assert set(cases[8:]) == {7}


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("the council voted on the bridge", 0),
        ("Council Votes to Mend the Bridge", 1),
        ("COUNCIL VOTES TO MEND BRIDGE", 2),
        ("Oslo", 0),
    ],
)
def test_the_style_of_a_line_is_told(line: str, style: int) -> None:
    assert {mark % STYLES for mark in of_first_words(f"plain words before it\n{line}", "marks")[4:]} == {style}


def test_the_gap_before_a_word_is_told() -> None:
    assert of_first_words("One two, three\nfour\n\nfive", "gaps") == [0, 1, 0, 1, 2, 3]


@given(st.text())
def test_any_text_has_pieces_in_order_inside_it(text: str) -> None:
    pieces = read_pieces(text)
    assert (
        len(
            {len(column) for column in (pieces.ids, pieces.ends, pieces.first, pieces.marks, pieces.gaps)}
            | {len(pieces)}
        )
        == 1
    )
    reached = 0
    for start, end in zip(pieces.starts, pieces.ends, strict=True):
        assert reached <= start < end <= len(text)
        reached = start
    assert not len(pieces) or pieces.first[0]


def test_a_long_text_has_the_pieces_of_its_stretches() -> None:
    sentence = "Ada Field lives in Oslo. "
    whole = read_pieces(sentence * (2 * STRETCH // len(sentence)))
    assert len(whole) == len(read_pieces(sentence)) * (2 * STRETCH // len(sentence))


def test_nothing_has_no_pieces() -> None:
    assert isinstance(read_pieces(""), Pieces)
    assert len(read_pieces(" \n")) == 0
