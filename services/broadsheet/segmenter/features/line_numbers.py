"""Numbers of a line by itself: what it is made of, whatever stands around it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.characters import KINDS, Characters, Kind
from broadsheet.segmenter.features.lexicon import GROUPS, groups_of
from broadsheet.segmenter.features.words import SHAPES, Shape, Words

Column = NDArray[np.floating[Any]]
"""A number of every line, (lines,)."""

_FUNCTION = list(GROUPS).index("function")


def line_numbers(characters: Characters, words: Words, lengths: NDArray[np.int64]) -> dict[str, Column]:
    """Give the numbers of each line by name, each (lines,) float32.

    Args:
        characters: what is looked at of the lines.
        words: their words.
        lengths: the true length of each line in code points.
    """
    lines = len(lengths)
    by_kind = _counts(characters.line, characters.kinds, lines, KINDS)
    by_shape = _counts(words.line, words.shapes, lines, SHAPES)
    seen = np.maximum(np.diff(characters.starts), 1).astype(np.float32)
    count = np.diff(words.starts).astype(np.float32)
    least = np.maximum(count, 1)
    columns: dict[str, Column] = {
        "length": np.log1p(lengths).astype(np.float32),
        "words": np.log1p(count * (lengths / seen)).astype(np.float32),
        "word_length": np.minimum(by_kind[:, 1:6].sum(axis=1) / least, 20) / 10,
    }
    columns |= {f"share_{kind.name.lower()}": by_kind[:, kind] / seen for kind in Kind}
    columns |= {f"some_{kind.name.lower()}": np.minimum(by_kind[:, kind], 4) / 4 for kind in _COUNTED}
    columns |= {f"share_{shape.name.lower()}_words": by_shape[:, shape] / least for shape in Shape}
    columns["has_year"] = np.minimum(by_shape[:, Shape.DIGITS_4], 2) / 2
    columns["capitalised"] = (by_shape[:, Shape.TITLE] + by_shape[:, Shape.CAPITALS]) / least
    columns["long_prose"] = (
        np.minimum(by_kind[:, Kind.STOP] + by_kind[:, Kind.COMMA], 10) / 10 * (count >= _PROSE).astype(np.float32)
    )
    return columns | _edges(characters) | _lexicon(words, lines, least)


_COUNTED = (
    Kind.STOP,
    Kind.COMMA,
    Kind.QUOTE,
    Kind.BAR,
    Kind.BRACKET,
    Kind.COLON,
    Kind.DIGIT,
    Kind.CURRENCY,
    Kind.OTHER,
)

_PROSE = 8
"""Words from which commas and stops tell prose; below, they tell lists and initials."""


def _counts(where: NDArray[np.int32], kinds: NDArray[np.uint8], lines: int, size: int) -> Column:
    flat = where.astype(np.int64) * size + kinds
    return np.bincount(flat, minlength=lines * size).reshape(lines, size).astype(np.float32)


def _edges(characters: Characters) -> dict[str, Column]:
    """Give what kinds of character a line begins and ends with; a closing quote or bracket shows what it closes."""
    kinds, starts = characters.kinds, characters.starts
    first, last, before = kinds[starts[:-1]], kinds[starts[1:] - 1], kinds[np.maximum(starts[1:] - 2, starts[:-1])]
    closing = (last == Kind.QUOTE) | (last == Kind.BRACKET)
    end = np.where(closing, before, last)
    columns = {f"begins_{kind.name.lower()}": (first == kind).astype(np.float32) for kind in _BEGINNINGS}
    columns |= {f"ends_{kind.name.lower()}": (end == kind).astype(np.float32) for kind in _ENDINGS}
    code = characters.codes[starts[1:] - 1]
    columns["ends_question"] = np.isin(code, _QUESTIONS).astype(np.float32)
    columns["closes"] = closing.astype(np.float32)
    return columns


_BEGINNINGS = (Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.QUOTE, Kind.DASH, Kind.BAR, Kind.BRACKET, Kind.OTHER)
_ENDINGS = (Kind.STOP, Kind.COMMA, Kind.COLON, Kind.ELLIPSIS, Kind.DIGIT, Kind.BAR, Kind.LOWER, Kind.UPPER)
_QUESTIONS = np.array([ord(mark) for mark in "?？؟"], np.uint32)  # noqa: RUF001 - question marks of other scripts


def _lexicon(words: Words, lines: int, least: Column) -> dict[str, Column]:
    bits = groups_of(words.hashes)
    columns: dict[str, Column] = {}
    for place, name in enumerate(GROUPS):
        hits = np.bincount(words.line[(bits >> place & 1).astype(bool)], minlength=lines).astype(np.float32)
        columns[f"word_{name}"] = hits / least
        if place != _FUNCTION:
            columns[f"some_word_{name}"] = np.minimum(hits, 2) / 2
    return columns
