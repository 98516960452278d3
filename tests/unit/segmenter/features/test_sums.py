"""Running sums."""

import numpy as np

from broadsheet.segmenter.features.sums import steps, sums_before


def test_the_sum_of_a_stretch_is_the_difference_of_two() -> None:
    sums = sums_before(np.array([True, False, True, True]))

    assert sums.tolist() == [0, 1, 1, 2, 3]
    assert steps(sums).tolist() == [1, 0, 1, 1]


def test_rows_are_summed_up_column_by_column() -> None:
    assert sums_before(np.array([[1, 2], [3, 4]]), np.float32).tolist() == [[0, 0], [1, 2], [4, 6]]


def test_nothing_sums_up_to_nothing() -> None:
    assert sums_before(np.zeros(0)).tolist() == [0]
