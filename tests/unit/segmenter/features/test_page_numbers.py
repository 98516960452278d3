"""Numbers of a line in its page."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from broadsheet.segmenter.features.page_features import read_features
from broadsheet.segmenter.features.page_numbers import CEILING, PRICE, densest_run, position
from broadsheet.segmenter.lines import Piece, lay_out

PROSE = "The ferry went back to the island in the morning, and nobody on the quay asked why it had ever left it."
OTHER_PROSE = "Timber prices fell for a fifth month, while builders waited for even cheaper planks and longer summers."


def numbers(*lines: str, gaps: tuple[int, ...] = ()) -> dict[str, list[float]]:
    features = read_features(lay_out(Piece(text, place in gaps) for place, text in enumerate(lines)))
    return {name: features.numbers[:, place].tolist() for place, name in enumerate(features.names)}


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


def test_places_are_told_from_both_ends_and_from_the_run() -> None:
    found = position(5, 1, 3)

    assert found["place"].tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert found["in_run"].tolist() == [0, 1, 1, 0, 0]
    assert found["is_above"].tolist() == [1, 0, 0, 0, 0]
    assert found["is_below"].tolist() == [0, 0, 0, 1, 1]
    assert found["below_run"].tolist() == pytest.approx([0, 0, 0, np.log1p(1) / 5, np.log1p(2) / 5])
    assert position(1, 0, 1)["place"].tolist() == [0]


def test_prose_is_a_long_line_that_reads_on_in_any_script() -> None:
    found = numbers(
        PROSE,
        "The ferry is back",
        PROSE.removesuffix(".").upper(),
        "島へ渡る船が冬の修理を終えて再び動き始めたと船長が語った。",
        "x" * 221,
    )
    assert [value > 0 for value in found["prose"]] == [True, False, False, True, True]


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
