"""Numbers of a line that only HTML has: links, elements, the boxes around it, and its likeness to the page's title."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.class_words import BITS
from broadsheet.segmenter.features.line_numbers import Column
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

_LEVELS = 3
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){3,}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}|/(?:19|20)\d\d/")


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
    link = np.array([mark.link_share for mark in marks], np.float32)
    columns = _flags(marks) | _targets(marks, host)
    columns["link_share"] = link
    columns["strong_share"] = np.array([mark.strong_share for mark in marks], np.float32)
    columns["picture"] = np.array([mark.picture for mark in marks], np.float32)
    columns["depth"] = np.minimum(np.array([mark.depth for mark in marks], np.float32), 40) / 20
    return columns | _places(marks, link) | _boxes(marks, boxes, prose, lengths, link)


_NONE = Markup("body")


def _flags(marks: Sequence[Markup]) -> dict[str, Column]:
    within = np.array([mark.within for mark in marks], np.int64)
    words = np.array([mark.words for mark in marks], np.int64)
    near = np.array([mark.near_words for mark in marks], np.int64)
    columns = {f"in_{name}": (within & bit > 0).astype(np.float32) for name, bit in _LANDMARKS.items()}
    columns |= {f"around_{name}": (words & bit > 0).astype(np.float32) for name, bit in BITS.items()}
    return columns | {f"near_{name}": (near & bit > 0).astype(np.float32) for name, bit in BITS.items()}


def _targets(marks: Sequence[Markup], host: str) -> dict[str, Column]:
    """Give the form of each link's target: an article's address has a long last part; a section's is short."""
    rows = np.zeros((len(marks), 7), np.float32)
    for place, mark in enumerate(marks):
        if mark.link:
            rows[place] = _target(mark.link[:400], host)
    names = ("linked", "slug", "number", "parts", "foreign", "inner", "query")
    return {f"link_{name}": rows[:, place] for place, name in enumerate(names)}


def _target(link: str, host: str) -> tuple[float, ...]:
    if link.startswith(("#", "javascript:", "mailto:", "tel:")):
        return (1, 0, 0, 0, 0, 1, 0)
    try:
        address = urlsplit(link)
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return (1, 0, 0, 0, 0, 0, 0)
    last = address.path.rstrip("/").rpartition("/")[2]
    words = last.count("-") + last.count("_")
    foreign = bool(host and address.netloc and not _related(address.netloc.lower(), host))
    return (
        1,
        min(words, 10) / 5 if _SLUG.search(last) else 0,
        _NUMBER.search(link) is not None,
        min(address.path.count("/"), 6) / 3,
        foreign,
        0,
        bool(address.query),
    )


def _related(one: str, other: str) -> bool:
    """Tell whether two hosts look like parts of one site: they share their last two names."""
    return one.split(".")[-2:] == other.split(".")[-2:]


def _places(marks: Sequence[Markup], link: Column) -> dict[str, Column]:
    """Give how often the line's kind of place comes on the page, and whether its neighbours stand in such a place."""
    places = np.array([mark.place for mark in marks], np.int64)
    _, inverse, counts = np.unique(places, return_inverse=True, return_counts=True)
    links = np.bincount(inverse, link)
    same = places[1:] == places[:-1]
    return {
        "same_place": (np.log1p(counts[inverse]) / 4).astype(np.float32),
        "same_place_links": (links / counts)[inverse].astype(np.float32),
        "same_as_above": np.concatenate((np.zeros(1), same)).astype(np.float32),
        "same_as_below": np.concatenate((same, np.zeros(1))).astype(np.float32),
    }


def _boxes(
    marks: Sequence[Markup], boxes: Sequence[Box], prose: Column, lengths: NDArray[np.int64], link: Column
) -> dict[str, Column]:
    """Give what the boxes around each line hold: the line's own, and the next three that hold more lines."""
    if not boxes:
        return {name: np.zeros(len(marks), np.float32) for name in _box_names()}
    first = np.array([box.first for box in boxes])
    stop = np.array([box.stop for box in boxes])
    wider = _wider(boxes)
    sums = [
        np.concatenate((np.zeros(1), np.cumsum(values, dtype=np.float64)))
        for values in (lengths, lengths * link, prose)
    ]
    size, linked, read = (total[stop] - total[first] for total in sums)
    all_prose = max(float(prose.sum()), 1.0)
    columns: dict[str, Column] = {}
    box = np.array([mark.box for mark in marks])
    for level in range(_LEVELS + 1):
        values = (
            np.log1p(stop[box] - first[box]) / 5,
            np.log1p(size[box]) / 10,
            linked[box] / np.maximum(size[box], 1),
            read[box] / np.maximum(size[box], 1),
            read[box] / all_prose,
        )
        for name, value in zip(_BOX, values, strict=True):
            columns[f"box{level}_{name}"] = value.astype(np.float32)
        box = wider[box]
    return columns


_BOX = ("lines", "length", "links", "prose", "share")


def _box_names() -> list[str]:
    return [f"box{level}_{name}" for level in range(_LEVELS + 1) for name in _BOX]


def _wider(boxes: Sequence[Box]) -> NDArray[np.int64]:
    """Give, for every box, the nearest one around it that holds more lines; the outermost gives itself."""
    wider = np.zeros(len(boxes), np.int64)
    for number, box in enumerate(boxes):
        around = boxes[box.parent]
        grows = around.stop - around.first > box.stop - box.first
        wider[number] = box.parent if grows else wider[box.parent]
    return wider


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
