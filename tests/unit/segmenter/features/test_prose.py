"""Where the prose of a page is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from broadsheet.segmenter.features.prose import CEILING, PRICE, densest_run
from unit.segmenter.features.columns import PROSE, numbers


def test_the_densest_run_has_the_most_prose_for_its_price() -> None:
    prose = np.array([0, 100, 0, 0, 0, 0, 0, 200, 0, 200, 0, 0, 100], np.float32)
    assert densest_run(prose) == (7, 13)
    assert densest_run(np.array([300, 0, 0, 0, 0, 0, 0, 0, 200], np.float32)) == (0, 1)


def test_one_very_long_line_does_not_outweigh_an_article() -> None:
    assert densest_run(np.array([1600, *[0] * 20, 390, 390], np.float32)) == (21, 23)


def test_a_page_without_prose_has_a_run_of_one_line() -> None:
    assert densest_run(np.zeros(5, np.float32)) == (0, 1)


@given(arrays(np.float32, st.integers(1, 12), elements=st.sampled_from([0, 30, 61, 100, 250, 400, 1600])))
@settings(deadline=None)
def test_no_other_run_is_worth_more(prose: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
    values = np.where(prose > 0, np.minimum(prose, CEILING), -PRICE)
    first, stop = densest_run(prose)
    best = max(float(values[low:high].sum()) for low in range(len(prose)) for high in range(low + 1, len(prose) + 1))

    assert 0 <= first < stop <= len(prose)
    assert float(values[first:stop].sum()) == pytest.approx(best)


def test_prose_is_a_long_line_that_reads_on_in_any_script() -> None:
    found = numbers(
        PROSE,
        "The ferry is back",
        PROSE.removesuffix(".").upper(),
        "島へ渡る船が冬の修理を終えて再び動き始めたと船長が語った。",
        "x" * 221,
    )
    assert [value > 0 for value in found["prose"]] == [True, False, False, True, True]
