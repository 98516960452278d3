"""Columns as rows of one array in single precision: they are read by stretches of lines, and given back to the system together."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.line_numbers import Column


def rows_of(columns: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Give columns as rows of one array, (columns, lines) float32."""
    joined = np.concatenate(tuple(columns.values()), dtype=np.float32, casting="same_kind")
    return joined.reshape(len(columns), -1)


def in_rows(columns: dict[str, NDArray[Any]]) -> dict[str, Column]:
    """Give columns by name as rows of one array, so that they hold no more than themselves."""
    return dict(zip(columns, rows_of(columns), strict=True))
