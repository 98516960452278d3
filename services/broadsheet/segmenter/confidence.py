"""How likely a page's split into body and rest is right: a logistic model over what the network was sure of.

Its weights are fitted on the development pages, which the network that is measured there never saw
(`training/segmenter/calibration.py`), and lie with the model.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.model import Probabilities
from broadsheet.segmenter.roles import Role

DECIMALS = 3
"""Digits kept: an event must not change because another processor rounds the sixteenth digit otherwise."""

_LEAST = 1e-4


def signs(probabilities: Probabilities, roles: Sequence[Role], lengths: Sequence[int]) -> NDArray[np.float64]:
    """Give what the confidence is reckoned from.

    Returns:
        (5,): the expected agreement of the body with the truth by the network's own word (F1 over code points, as
        logit), the doubt about lines outside the body, the body's length, its number of pieces, and whether it is empty.
    """
    body = probabilities.roles[:, Role.BODY].astype(np.float64)
    sizes = np.asarray(lengths, np.float64)
    chosen = np.array([role is Role.BODY for role in roles])
    inside, outside = float(body[chosen] @ sizes[chosen]), float(body[~chosen] @ sizes[~chosen])
    size = float(sizes[chosen].sum())
    agreement = 2 * inside / (size + inside + outside) if size else 1 - outside / max(float(sizes.sum()), 1.0)
    kept = min(max(agreement, _LEAST), 1 - _LEAST)
    pieces = int(np.count_nonzero(np.diff(np.concatenate(([0], chosen.astype(int)))) == 1))
    return np.array(
        [
            math.log(kept / (1 - kept)),
            math.log1p(outside) / 5,
            math.log1p(size) / 5,
            math.log1p(pieces),
            float(size == 0),
        ]
    )


def confidence(found: NDArray[np.float64], weights: Sequence[float]) -> float:
    """Give the confidence, 0 to 1.

    Args:
        found: the signs.
        weights: one for each sign, and the constant last.
    """
    score = float(found @ np.asarray(weights[:-1])) + weights[-1]
    return round(1 / (1 + math.exp(-min(max(score, -30.0), 30.0))), DECIMALS)
