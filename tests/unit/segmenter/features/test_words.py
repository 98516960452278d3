"""Lines as words: their places, shapes and hashes."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.features.characters import read_characters
from broadsheet.segmenter.features.words import LONGEST, Shape, Words, read_words, word_hash, word_hashes


def words_of(*lines: str) -> Words:
    return read_words(read_characters(lines))


def hashes(line: str) -> list[int]:
    found: list[int] = words_of(line).hashes.tolist()
    return found


def test_words_are_runs_of_letters_and_digits_with_their_line_and_place() -> None:
    words = words_of("The ferry's back", "—", "B2 or not 2b?")

    assert words.lengths.tolist() == [3, 5, 1, 4, 2, 2, 3, 2]
    assert words.line.tolist() == [0, 0, 0, 0, 2, 2, 2, 2]
    assert words.place.tolist() == [0, 1, 2, 3, 0, 1, 2, 3]
    assert words.starts.tolist() == [0, 4, 4, 8]


@pytest.mark.parametrize(
    ("line", "lengths"),
    [
        ("島へ渡る", [1, 1, 1, 1]),
        ("สวัสดี", [1] * 6),
        ("Wi-Fi島", [2, 2, 1]),
        ("島ab12島", [1, 4, 1]),
        ("한국어 기사", [3, 2]),
        ("שלום", [4]),
    ],
)
def test_in_scripts_without_spaces_every_character_is_a_word(line: str, lengths: list[int]) -> None:
    assert words_of(line).lengths.tolist() == lengths


def test_a_word_has_one_hash_whatever_its_case_its_place_and_its_line() -> None:
    assert hashes("Ferry")[0] == hashes("the FERRY ferry")[1] == words_of("x", "ferry").hashes[1] == word_hash("Ferry")
    assert hashes("Straße Москва Ω 船") == [word_hash(word) for word in ("straße", "москва", "ω", "船")]
    assert len(set(hashes("ferry ferryy yrref ferr ferry2"))) == 5


def test_the_hashes_of_a_text_alone_are_those_of_its_words() -> None:
    assert word_hashes("The ferry's back").tolist() == hashes("The ferry's back")


def test_words_that_agree_in_their_first_letters_are_one() -> None:
    assert len(set(hashes(" ".join("a" * LONGEST + end for end in ("", "b", "cc"))))) == 1
    assert len(set(hashes(" ".join("a" * (LONGEST - 1) + end for end in ("", "b", "c"))))) == 3


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("ferry", Shape.LOWER),
        ("Ferry", Shape.TITLE),
        ("FERRY", Shape.CAPITALS),
        ("A", Shape.INITIAL),
        ("McFerry", Shape.MIXED),
        ("iPhone", Shape.MIXED),
        ("İstanbul", Shape.TITLE),
        ("שלום", Shape.UNCASED),
        ("船", Shape.IDEOGRAPH),
        ("7", Shape.DIGIT_1),
        ("24", Shape.DIGITS_2),
        ("365", Shape.DIGITS_3),
        ("2025", Shape.DIGITS_4),
        ("20251224", Shape.DIGITS_MANY),
        ("22h", Shape.WITH_DIGITS),
        ("G20", Shape.WITH_DIGITS),
    ],
)
def test_shapes(word: str, shape: Shape) -> None:
    assert words_of(f"- {word}!").shapes.tolist() == [shape]


def test_lines_without_words_have_none() -> None:
    words = words_of("—", "...", "\U0001f600")
    assert (len(words.hashes), words.starts.tolist()) == (0, [0, 0, 0, 0])


@given(st.lists(st.text(st.characters(), min_size=1), min_size=1))
@settings(deadline=None)
def test_words_of_lines_read_together_are_those_of_each_line(lines: list[str]) -> None:
    together, apart = words_of(*lines), [words_of(line) for line in lines]

    assert together.hashes.tolist() == [key for words in apart for key in words.hashes.tolist()]
    assert together.shapes.tolist() == [shape for words in apart for shape in words.shapes.tolist()]
    assert [stop - start for start, stop in pairwise(together.starts.tolist())] == [
        len(words.hashes) for words in apart
    ]
