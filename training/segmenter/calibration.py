"""Fitting the weights of the confidence: a logistic regression on pages that the network never saw."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.confidence import signs
from broadsheet.segmenter.decision import decide
from broadsheet.segmenter.model import Model
from broadsheet.segmenter.roles import Role
from training.segmenter.batches import read_page_features
from training.segmenter.corpora import LabelledPage
from training.segmenter.scores import harmonic, precision_recall

RIGHT = 0.9
"""F1 of the body from which a page's split counts as right."""

RIDGE = 0.5
"""Weight of the penalty that keeps the regression's weights small."""


def calibrate(model: Model, pages: Sequence[LabelledPage]) -> list[float]:
    """Give the weights of the signs and the constant.

    Args:
        model: a network that never saw the pages.
        pages: pages with a gold body.
    """
    rows = [_row(model, page) for page in pages]
    found = np.stack([row[0] for row in rows])
    right = np.array([row[1] for row in rows], np.float64)
    return [round(weight, 4) for weight in logistic(found, right).tolist()]


def _row(model: Model, page: LabelledPage) -> tuple[NDArray[np.float64], bool]:
    laid, features = read_page_features(page)
    probabilities = model.predict(features)
    roles = decide(probabilities, laid).roles
    body = "\n".join(line.text for line, role in zip(laid.lines, roles, strict=True) if role is Role.BODY)
    right = harmonic(*precision_recall(page.gold["gold_body"], body)) >= RIGHT
    return signs(probabilities, roles, [len(line.text) for line in laid.lines]), right


def logistic(found: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method; the constant comes last and bears no penalty."""
    rows = np.column_stack((found, np.ones(len(found))))
    penalty = np.full(rows.shape[1], RIDGE)
    penalty[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (chance - right) + penalty * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(bend, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights
