"""A page in doubt has its surest paragraphs believed; a page without doubt, or without hope, is left as it is."""

import numpy as np
import pytest

from broadsheet.segmenter.body_lean import LONG, MOST, SURE, lean_to_body
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import probabilities


def leant(*bodies: float, lengths: list[int] | None = None) -> list[float]:
    """Give the chances of lines with these chances of being body; without lengths, all are paragraphs."""
    chances = probabilities(*({Role.BODY: chance} for chance in bodies)).roles
    lean_to_body(chances, np.array(lengths or [LONG] * len(bodies)))
    assert chances.sum(axis=1) == pytest.approx(1)
    return [float(chance) for chance in chances[:, Role.BODY]]


def test_the_surest_paragraphs_of_a_page_in_doubt_are_believed_and_the_others_more_than_before() -> None:
    sure, also, less, none = leant(0.7, 0.7, 0.7, 0.02)

    assert [sure, also, less] == pytest.approx([0.933, 0.933, 0.933], abs=0.01)  # no more than six times the odds
    assert 0.02 < none < 0.15


def test_the_odds_are_weighed_by_no_more_than_is_needed_and_no_more_than_the_bound() -> None:
    (nearly,) = leant(0.9)
    (doubtful,) = leant(0.4)

    assert nearly == pytest.approx(SURE)
    assert doubtful == pytest.approx(0.4 * MOST / (0.4 * MOST + 0.6))


@pytest.mark.parametrize("bodies", [(0.99, 0.97, 0.96, 0.3), (0.99, 0.97, 0.1), (0.25, 0.2, 0.1), (0.6, 0.1, 0.1)])
def test_a_page_without_doubt_or_without_hope_stays_as_it_is(bodies: tuple[float, ...]) -> None:
    assert leant(*bodies) == pytest.approx(bodies)


def test_short_lines_say_nothing_of_doubt() -> None:
    assert leant(0.6, 0.6, lengths=[LONG - 1, 5]) == pytest.approx([0.6, 0.6])
    assert leant(0.99, 0.6, lengths=[LONG, 5])[1] == pytest.approx(0.6)
