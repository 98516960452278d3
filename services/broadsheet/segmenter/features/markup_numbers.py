"""Numbers of a line that only HTML has: links, elements, the boxes around it, and its likeness to the page's title."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from broadsheet.segmenter.class_words import BITS
from broadsheet.segmenter.features.box_numbers import box_numbers
from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.link_targets import MAX_TARGET, NO_TARGET, Target, read_target
from broadsheet.segmenter.html_tags import LANDMARKS
from broadsheet.segmenter.lines import Box, Line, Markup

_LANDMARKS = {
    **{
        name: LANDMARKS[name]
        for name in ("aside", "blockquote", "figure", "footer", "header", "li", "nav", "time", "form")
    },
    **{name: LANDMARKS[name] for name in ("h1", "h2", "h3", "article", "main", "figcaption", "button", "p")},
    "h4": LANDMARKS["h4"] | LANDMARKS["h5"] | LANDMARKS["h6"],
}
"""Few and safe: `table`, `center` and the like mean nothing on old pages and misled the first models."""


def markup_numbers(
    lines: Sequence[Line], boxes: Sequence[Box], prose: Column, lengths: NDArray[np.int64], host: str
) -> dict[str, Column]:
    """Give what markup says of each line by name, each (lines,) float32.

    Args:
        lines: lines of an HTML page.
        boxes: its blocks.
        prose: prose of each line, in code points.
        lengths: length of each line in code points.
        host: host of the page itself, or an empty string.
    """
    marks = [line.markup or _NONE for line in lines]
    link = _read(marks, "link_share", np.float32)
    columns = _flags(marks) | _targets(marks, host)
    columns["link_share"] = link
    columns["strong_share"] = _read(marks, "strong_share", np.float32)
    columns["picture"] = _read(marks, "picture", np.float32)
    columns["depth"] = np.minimum(_read(marks, "depth", np.float32), 40) / 20
    columns |= _places(_read(marks, "place", np.int64), link)
    return columns | box_numbers(_read(marks, "box", np.int64), boxes, prose, lengths, link)


_NONE = Markup("body")


def _read(marks: Sequence[Markup], name: str, kind: DTypeLike) -> NDArray[Any]:
    return np.fromiter(map(attrgetter(name), marks), kind, len(marks))


def _flags(marks: Sequence[Markup]) -> dict[str, Column]:
    return {
        **_bits("in", _read(marks, "within", np.int64), _LANDMARKS),
        **_bits("around", _read(marks, "words", np.int64), BITS),
        **_bits("near", _read(marks, "near_words", np.int64), BITS),
    }


def _bits(prefix: str, values: NDArray[np.int64], bits: Mapping[str, int]) -> dict[str, Column]:
    """Give a column for each of some bits: whether the values have it."""
    rows = (np.array(list(bits.values()))[:, None] & values > 0).astype(np.float32)
    return {f"{prefix}_{name}": row for name, row in zip(bits, rows, strict=True)}


def _targets(marks: Sequence[Markup], host: str) -> dict[str, Column]:
    targets = [read_target(mark.link[:MAX_TARGET], host) if mark.link else NO_TARGET for mark in marks]
    columns = np.array(targets, np.float32).T
    return {f"link_{name}": column for name, column in zip(Target._fields, columns, strict=True)}


def _places(places: NDArray[np.int64], link: Column) -> dict[str, Column]:
    """Give how often the line's kind of place comes on the page, and whether its neighbours stand in such a place."""
    _, inverse, counts = np.unique(places, return_inverse=True, return_counts=True)
    links = np.bincount(inverse, link)
    same = places[1:] == places[:-1]
    return {
        "same_place": (np.log1p(counts[inverse]) / 4).astype(np.float32),
        "same_place_links": (links / counts)[inverse].astype(np.float32),
        "same_as_above": np.concatenate((np.zeros(1), same)).astype(np.float32),
        "same_as_below": np.concatenate((same, np.zeros(1))).astype(np.float32),
    }


def title_numbers(
    hashes: NDArray[np.uint32], line: NDArray[np.int32], lines: int, title: NDArray[np.uint32]
) -> dict[str, Column]:
    """Give how like each line is to what the page is called: the share of its words in it, and of its words in the line.

    Args:
        hashes: hashes of the page's words.
        line: the line of each.
        lines: how many lines there are.
        title: hashes of the words of the page's titles; empty when none is told.
    """
    known = np.isin(hashes, title)
    counts = np.maximum(np.bincount(line, minlength=lines), 1)
    precision = np.bincount(line, known, minlength=lines) / counts
    recall = np.bincount(line, known, minlength=lines) / max(len(title), 1)
    return {
        "title_precision": precision.astype(np.float32),
        "title_recall": np.minimum(recall, 1).astype(np.float32),
        "title_same": ((precision > 0.8) & (recall > 0.6)).astype(np.float32),  # noqa: PLR2004 - nearly the same words
        "title_told": np.full(lines, float(len(title) > 0), np.float32),
    }
