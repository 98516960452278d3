import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli.quantiles import quantile


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, 0.0), (0.25, 0.5), (0.5, 1.0), (0.75, 1.5), (0.9, 1.8), (1.0, 2.0)],
)
def test_observations_are_spread_evenly_within_a_bucket(share: float, expected: float) -> None:
    assert quantile(share, {1.0: 50, 2.0: 100, 4.0: 100, math.inf: 100}) == pytest.approx(expected)


def test_what_lies_over_the_highest_bound_is_told_as_that_bound() -> None:
    assert quantile(0.95, {1.0: 10, 2.0: 20, math.inf: 100}) == 2.0


@pytest.mark.parametrize("buckets", [{}, {1.0: 0, math.inf: 0}])
def test_of_no_observations_nothing_is_known(buckets: dict[float, float]) -> None:
    assert quantile(0.5, buckets) is None


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_has_no_smaller_quantile(counts: list[int], one: float, other: float) -> None:
    bounds = [*(float(2**number) for number in range(len(counts) - 1)), math.inf]
    buckets = {bound: float(sum(counts[: number + 1])) for number, bound in enumerate(bounds)}
    low, high = (quantile(share, buckets) for share in sorted((one, other)))
    if low is None or high is None:
        assert low is high is None
    else:
        assert 0 <= low <= high <= bounds[-2]
