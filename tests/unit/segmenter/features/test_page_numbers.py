"""Numbers of a line in its page."""

import numpy as np
import pytest

from broadsheet.segmenter.features.page_numbers import position
from unit.segmenter.features.columns import PROSE, numbers


def test_places_are_told_from_both_ends_and_from_the_run() -> None:
    found = position(5, 1, 3)

    assert found["place"].tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert found["in_run"].tolist() == [0, 1, 1, 0, 0]
    assert found["is_above"].tolist() == [1, 0, 0, 0, 0]
    assert found["is_below"].tolist() == [0, 0, 0, 1, 1]
    assert found["below_run"].tolist() == pytest.approx([0, 0, 0, np.log1p(1) / 5, np.log1p(2) / 5])
    assert position(1, 0, 1)["place"].tolist() == [0]


def test_groups_are_the_lines_between_two_gaps() -> None:
    found = numbers("One", "Two", PROSE, "Four", "Five", gaps=(2, 4))

    assert found["gap"] == [0, 0, 1, 0, 1]
    assert found["gap_below"] == [0, 1, 0, 1, 1]
    assert found["group_size"] == pytest.approx([np.log1p(size) / 4 for size in (2, 2, 2, 2, 1)])
    assert found["group_place"] == pytest.approx([np.log1p(place) / 4 for place in (0, 1, 0, 1, 0)])
    assert found["group_prose"][0] == 0
    assert found["group_prose"][2] == found["group_prose"][3] > 0.9


def test_prose_around_and_so_far() -> None:
    found = numbers("One", PROSE, "Three", *["More"] * 5)

    assert [value > 0 for value in found["prose_above"]] == [False, False, *[True] * 4, False, False]
    assert [value > 0 for value in found["prose_below"]] == [True, *[False] * 7]
    assert found["prose_so_far"] == pytest.approx([0, 0, *[1] * 6])
    assert found["length_against"][1] > 0 > found["length_against"][0]


def test_repeats_are_lines_of_the_same_words() -> None:
    found = numbers("Share this", "Home", "share THIS", "this share", "—", "—", "——")

    assert found["repeats"] == pytest.approx([1 / 3, 0, 1 / 3, 0, 1 / 3, 1 / 3, 0])
    assert found["seen_before"] == [0, 0, 1, 0, 0, 1, 0]


def test_what_the_whole_page_is_like_is_the_same_for_every_line() -> None:
    found = numbers("Home", PROSE, "島", gaps=(1,))

    assert found["page_gaps"] == pytest.approx([1 / 3] * 3)
    assert found["page_run_lines"] == pytest.approx([1 / 3] * 3)
    assert found["page_run"] == pytest.approx([1] * 3)
    assert found["page_ideographs"] == pytest.approx([1 / 3] * 3)
    assert found["page_lines"] == pytest.approx([np.log1p(3) / 8] * 3)


@pytest.mark.parametrize(("lines", "middle"), [(["a", "bbbbb", "ccc"], 3), (["a", "bbbbb", "ccc", "d"], 2)])
def test_the_length_of_the_page_is_that_of_its_middle_line(lines: list[str], middle: float) -> None:
    assert numbers(*lines)["page_length"] == pytest.approx([np.log1p(middle) / 6] * len(lines))
