"""Words that a line shares with the article and with the lines around it."""

import pytest

from unit.segmenter.features.columns import PROSE, numbers

OTHER_PROSE = "Timber prices fell for a fifth month, while builders waited for even cheaper planks and longer summers."


def test_words_shared_with_the_run_tell_the_article_from_others() -> None:
    found = numbers("Why the ferry left the island", "Timber prices fall", PROSE, PROSE, "Home")

    assert found["shared"][0] > 0.5
    assert found["shared"][1] == 0
    assert found["shared_opening"][0] > 0.5


def test_a_word_of_the_run_counts_elsewhere_in_the_run_and_not_for_itself() -> None:
    assert numbers(PROSE, OTHER_PROSE)["shared"] == [0, 0]
    assert numbers(PROSE, PROSE)["shared"] == [1, 1]


def test_echoes_are_words_used_shortly_above_or_below() -> None:
    near, far = numbers("Ferry returns", "Home", "ferry"), numbers("Ferry returns", *["Home"] * 7, "ferry")

    assert near["echo_below"][0] > 0
    assert near["echo_above"] == pytest.approx([0, 0, 1])
    assert far["echo_below"][0] == 0
    assert far["echo_above"][-1] == 0


def test_a_word_that_no_other_line_has_is_unique() -> None:
    assert numbers("Ferry timber", "ferry", "Home")["unique_words"] == [0.5, 0, 1]
