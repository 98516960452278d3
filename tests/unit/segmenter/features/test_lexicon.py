"""Groups of words by their hashes."""

import pytest

from broadsheet.segmenter.features.characters import read_characters
from broadsheet.segmenter.features.lexicon import GROUPS, group_counts
from broadsheet.segmenter.features.words import read_words


def groups(*lines: str) -> list[dict[str, int]]:
    """How many words of each group each line has, as the features find them."""
    counts = group_counts(read_words(read_characters(lines)))
    return [{name: int(count) for name, count in zip(GROUPS, line, strict=True) if count} for line in counts.T]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("the", {"function"}),
        ("The", {"function"}),
        ("DECEMBER", {"month"}),
        ("März", {"month"}),
        ("вчера", {"day"}),
        ("月", {"month"}),
        ("kommentare", {"comment"}),
        ("ferry", set()),
        ("7", set()),
    ],
)
def test_a_word_is_in_its_groups_whatever_its_case(word: str, expected: set[str]) -> None:
    assert groups(word) == [dict.fromkeys(expected, 1)]


def test_a_word_may_be_in_several_groups() -> None:
    assert groups("news") == [{"ranked": 1, "menu": 1}]


def test_every_word_of_a_line_counts_in_its_own_groups() -> None:
    assert groups("The ferry said: Cookies!", "the THE") == [{"function": 2, "said": 1, "legal": 1}, {"function": 2}]


def test_no_words_have_no_groups() -> None:
    assert groups("—", "...") == [{}, {}]
