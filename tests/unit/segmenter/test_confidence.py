"""How sure the split is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.confidence import DECIMALS, confidence, signs
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import probabilities

AGREEMENT, DOUBT, LENGTH, PIECES, EMPTY = range(5)
WEIGHTS = (1.0, -0.5, 0.2, -0.3, -1.0, 0.1)
FINITE = st.floats(-1e6, 1e6)


def signs_of(*lines: tuple[Role, float, int]) -> list[float]:
    """Signs of a page by the role taken, the chance of body and the length of each line."""
    said = probabilities(*({Role.BODY: body} for _, body, _ in lines))
    found: list[float] = signs(said, [role for role, _, _ in lines], [length for _, _, length in lines]).tolist()
    return found


SURE = ((Role.OTHER, 0.01, 20), (Role.BODY, 0.99, 400), (Role.BODY, 0.99, 300))


def test_a_page_whose_lines_are_all_sure_agrees_more_than_one_with_doubt_in_or_outside_the_body() -> None:
    inside = ((Role.OTHER, 0.01, 20), (Role.BODY, 0.99, 400), (Role.BODY, 0.55, 300))
    outside = (*SURE, (Role.SUMMARY, 0.45, 300))

    assert signs_of(*SURE)[AGREEMENT] > signs_of(*inside)[AGREEMENT]
    assert signs_of(*SURE)[AGREEMENT] > signs_of(*outside)[AGREEMENT]
    assert signs_of(*SURE)[DOUBT] < signs_of(*outside)[DOUBT]


def test_the_agreement_is_the_f1_that_the_probabilities_expect() -> None:
    found = signs_of((Role.BODY, 0.75, 100), (Role.OTHER, 0.25, 100))
    assert found[AGREEMENT] == pytest.approx(np.log(0.75 / 0.25))  # 2 * 75 / (100 + 75 + 25)


def test_length_pieces_and_emptiness_of_the_body() -> None:
    cut = (SURE[1], SURE[0], SURE[2])
    assert signs_of(*SURE)[LENGTH] == pytest.approx(np.log1p(700) / 5)
    assert signs_of(*SURE)[PIECES] == pytest.approx(np.log1p(1))
    assert signs_of(*cut)[PIECES] == pytest.approx(np.log1p(2))
    assert (signs_of(*SURE)[EMPTY], signs_of(SURE[0])[EMPTY]) == (0.0, 1.0)


def test_a_page_without_a_body_agrees_the_more_the_less_might_be_one() -> None:
    assert signs_of((Role.OTHER, 0.01, 500))[AGREEMENT] > signs_of((Role.OTHER, 0.4, 500))[AGREEMENT]


@given(st.lists(st.tuples(st.sampled_from(list(Role)), st.floats(0, 1), st.integers(1, 10**7)), min_size=1))
@settings(deadline=None)
def test_signs_are_finite_for_any_page(lines: list[tuple[Role, float, int]]) -> None:
    assert np.isfinite(signs_of(*lines)).all()


@given(st.lists(FINITE, min_size=5, max_size=5), st.lists(FINITE, min_size=6, max_size=6))
@settings(deadline=None)
def test_a_confidence_is_between_0_and_1_in_few_digits(found: list[float], weights: list[float]) -> None:
    sure = confidence(np.array(found), weights)

    assert 0 <= sure <= 1
    assert sure == round(sure, DECIMALS)


@given(st.lists(st.floats(0, 5), min_size=5, max_size=5), st.integers(0, 5), st.floats(0, 3))
@settings(deadline=None)
def test_a_greater_weight_never_makes_less_sure_of_a_sign_that_is_there(
    found: list[float], which: int, more: float
) -> None:
    heavier = [weight + more * (place == which) for place, weight in enumerate(WEIGHTS)]
    assert confidence(np.array(found), heavier) >= confidence(np.array(found), WEIGHTS)


@given(st.lists(st.floats(0, 5), min_size=5, max_size=5), st.integers(0, 4), st.floats(0, 3))
@settings(deadline=None)
def test_more_of_a_sign_counts_the_way_of_its_weight(found: list[float], which: int, more: float) -> None:
    stronger = np.array(found)
    stronger[which] += more
    change = confidence(stronger, WEIGHTS) - confidence(np.array(found), WEIGHTS)

    assert change * WEIGHTS[which] >= 0


def test_the_constant_alone() -> None:
    assert confidence(np.zeros(5), WEIGHTS) == pytest.approx(0.525)
    assert confidence(np.zeros(5), (*WEIGHTS[:-1], 3.0)) == pytest.approx(0.953)
