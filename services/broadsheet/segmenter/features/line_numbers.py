"""Numbers of a line by itself: what it is made of, whatever stands around it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import Kind
from broadsheet.segmenter.features.lexicon import GROUPS
from broadsheet.segmenter.features.line_counts import BY_GROUP, BY_KIND, BY_SHAPE, Counts, Row
from broadsheet.segmenter.features.words import Shape

Column = NDArray[np.floating[Any]]
"""A number of every line, (lines,)."""

Flags = NDArray[np.bool_]
"""Whether something holds, of each of some lines or words."""


def line_numbers(counted: Counts, lengths: NDArray[np.int64]) -> dict[str, Column]:
    """Give the numbers of each line by name.

    Args:
        counted: what the lines are made of.
        lengths: the true length of each line in code points.
    """
    counts = counted.astype(np.float32)
    by_kind, by_shape, seen = counts[BY_KIND], counts[BY_SHAPE], counts[Row.SEEN]
    words = counts[Row.WORDS]
    least = np.maximum(words, 1)
    columns: dict[str, Column] = {
        "length": np.log1p(lengths),
        "words": np.log1p(words * (lengths / seen)),
        "word_length": np.minimum(by_kind[Kind.LOWER : Kind.DIGIT + 1].sum(axis=0) / least, 20) / 10,
    }
    columns |= zip(_SHARES, by_kind / seen, strict=True)
    columns |= zip(_SOME, np.minimum(by_kind[_COUNTED], 4) / 4, strict=True)
    columns |= zip(_SHAPES, by_shape / least, strict=True)
    columns["has_year"] = np.minimum(by_shape[Shape.DIGITS_4], 2) / 2
    columns["capitalised"] = (by_shape[Shape.TITLE] + by_shape[Shape.CAPITALS]) / least
    columns["long_prose"] = np.minimum(by_kind[Kind.STOP] + by_kind[Kind.COMMA], 10) / 10 * (words >= _PROSE)
    columns |= zip(_BEGINS, (counted[Row.FIRST] == _BEGINNINGS[:, None]).astype(np.float32), strict=True)
    columns |= zip(_ENDS, (counted[Row.END] == _ENDINGS[:, None]).astype(np.float32), strict=True)
    columns["ends_question"] = counts[Row.QUESTION]
    columns["closes"] = counts[Row.CLOSES]
    return columns | _lexicon(counts[BY_GROUP], least)


_PROSE = 8
"""Words from which commas and stops tell prose; below, they tell lists and initials."""

_COUNTED = np.array(
    [
        Kind.STOP,
        Kind.COMMA,
        Kind.QUOTE,
        Kind.BAR,
        Kind.BRACKET,
        Kind.COLON,
        Kind.DIGIT,
        Kind.CURRENCY,
        Kind.OTHER,
    ]
)
_BEGINNINGS = np.array([Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.QUOTE, Kind.DASH, Kind.BAR, Kind.BRACKET, Kind.OTHER])
_ENDINGS = np.array([Kind.STOP, Kind.COMMA, Kind.COLON, Kind.ELLIPSIS, Kind.DIGIT, Kind.BAR, Kind.LOWER, Kind.UPPER])


def _names(form: str, kinds: Sequence[int]) -> tuple[str, ...]:
    return tuple(form.format(Kind(kind).name.lower()) for kind in kinds)


_SHARES = _names("share_{}", tuple(Kind))
_SOME = _names("some_{}", _COUNTED.tolist())
_BEGINS = _names("begins_{}", _BEGINNINGS.tolist())
_ENDS = _names("ends_{}", _ENDINGS.tolist())
_SHAPES = tuple(f"share_{shape.name.lower()}_words" for shape in Shape)


def _lexicon(by_group: NDArray[np.float32], least: NDArray[np.float32]) -> dict[str, Column]:
    """Give, of each group of words, its share of the line's words and whether there are some, one or more."""
    columns: dict[str, Column] = {}
    for name, share, some in zip(GROUPS, by_group / least, np.minimum(by_group, 2) / 2, strict=True):
        columns[f"word_{name}"] = share
        if name != "function":
            columns[f"some_word_{name}"] = some
    return columns
