"""Groups of words by their hashes."""

import numpy as np
import pytest

from broadsheet.segmenter.features.characters import read_characters
from broadsheet.segmenter.features.lexicon import GROUPS, groups_of
from broadsheet.segmenter.features.words import read_words


def groups(text: str) -> list[set[str]]:
    """The groups of each word of a line, as the features find them."""
    found = groups_of(read_words(read_characters([text]), 1).hashes)
    return [{name for place, name in enumerate(GROUPS) if bits >> place & 1} for bits in found.tolist()]


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
    assert groups(word) == [expected]


def test_a_word_may_be_in_several_groups() -> None:
    assert groups("news") == [{"ranked", "menu"}]


def test_every_word_of_a_line_has_its_own() -> None:
    assert groups("The ferry said: Cookies!") == [{"function"}, set(), {"function", "said"}, {"legal"}]


def test_no_words_have_no_groups() -> None:
    assert groups_of(np.zeros(0, np.uint32)).tolist() == []


def test_a_group_is_a_bit_of_its_own() -> None:
    assert len(GROUPS) < 63
