"""Quantiles of what two looks at a histogram have between them."""

import math
from collections.abc import Mapping


def quantile(share: float, buckets: Mapping[float, float]) -> float | None:
    """Estimate the value below which `share` of the observations lie, as Prometheus' `histogram_quantile` does.

    Within a bucket observations are taken as evenly spread, the first bucket as beginning at 0. What lies over the highest
    finite bound is told as that bound.

    Args:
        share: from 0 to 1.
        buckets: how many observations lie at or below each bound; the bound `inf` has all of them.

    Returns:
        None where there are no observations.
    """
    bounds = sorted(buckets)
    if not bounds or buckets[bounds[-1]] <= 0:
        return None
    rank = share * buckets[bounds[-1]]
    lower, below = 0.0, 0.0
    for bound in bounds:
        if buckets[bound] >= rank and buckets[bound] > below:
            return lower if math.isinf(bound) else lower + (bound - lower) * (rank - below) / (buckets[bound] - below)
        lower, below = (lower if math.isinf(bound) else bound), buckets[bound]
    return lower
