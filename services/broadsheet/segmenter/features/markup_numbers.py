"""Numbers of a line that only HTML has: links, elements, the boxes around it, and its likeness to the page's title."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from broadsheet.segmenter.class_words import BITS
from broadsheet.segmenter.features.box_numbers import BoxNumbers, read_boxes
from broadsheet.segmenter.features.equals import bring_together, put_back
from broadsheet.segmenter.features.line_numbers import Column
from broadsheet.segmenter.features.link_targets import MAX_TARGET, Target, read_target
from broadsheet.segmenter.html_tags import LANDMARKS
from broadsheet.segmenter.lines import NO_MARKUP, Markup, Page

_LANDMARK_BITS = {
    **{
        name: LANDMARKS[name]
        for name in ("aside", "blockquote", "figure", "footer", "header", "li", "nav", "time", "form")
    },
    **{name: LANDMARKS[name] for name in ("h1", "h2", "h3", "article", "main", "figcaption", "button", "p")},
    "h4": LANDMARKS["h4"] | LANDMARKS["h5"] | LANDMARKS["h6"],
}
"""Few and safe: `table`, `center` and the like mean nothing on old pages and misled the first models."""


@dataclass(frozen=True, slots=True)
class PageMarkup:
    """What the markup of a page says.

    Attributes:
        marks: that of each line.
        host: host of the page itself, or an empty string.
        links: share of each line that stands in links.
        places: numbers of the line's kind of place by name.
        boxes: numbers of the page's boxes.
    """

    marks: Sequence[Markup]
    host: str
    links: Column
    places: dict[str, Column]
    boxes: BoxNumbers

    def numbers(self, lines: slice) -> dict[str, Column]:
        """Give what markup says of each of some lines by name."""
        marks = self.marks[lines]
        return {
            **_bits(_IN, _read(marks, "within", np.int64), _LANDMARKS),
            **_bits(_AROUND, _read(marks, "words", np.int64), _GROUPS),
            **_bits(_NEAR, _read(marks, "near_words", np.int64), _GROUPS),
            **_targets([mark.link for mark in marks], self.host),
            "link_share": self.links[lines],
            "strong_share": _read(marks, "strong_share", np.float32),
            "picture": _read(marks, "picture", np.float32),
            "depth": np.minimum(_read(marks, "depth", np.float32), 40) / 20,
            **{name: column[lines] for name, column in self.places.items()},
            **self.boxes.around(_read(marks, "box", np.int64)),
        }


def read_markup(page: Page, prose: Column, lengths: NDArray[np.int64], host: str) -> PageMarkup:
    """Read the markup of an HTML page.

    Args:
        page: the page.
        prose: prose of each line, in code points.
        lengths: length of each line in code points.
        host: host of the page itself, or an empty string.
    """
    marks = [line.markup or NO_MARKUP for line in page.lines]
    links = _read(marks, "link_share", np.float32)
    places = _places(_read(marks, "place", np.int64), links)
    return PageMarkup(marks, host, links, places, read_boxes(page.boxes, prose, lengths, links))


_IN = tuple(f"in_{name}" for name in _LANDMARK_BITS)
_AROUND = tuple(f"around_{name}" for name in BITS)
_NEAR = tuple(f"near_{name}" for name in BITS)
_LINK = tuple(f"link_{name}" for name in Target._fields)

_LANDMARKS, _GROUPS = (np.array([*bits.values()])[:, None] for bits in (_LANDMARK_BITS, BITS))


def _read(marks: Sequence[Markup], name: str, kind: DTypeLike) -> NDArray[Any]:
    return np.fromiter(map(attrgetter(name), marks), kind, len(marks))


def _bits(names: Sequence[str], values: NDArray[np.int64], bits: NDArray[np.int64]) -> dict[str, Column]:
    """Give a column for each of some bits: whether the values have it."""
    return dict(zip(names, (values & bits > 0).astype(np.float32), strict=True))


def _targets(links: Sequence[str | None], host: str) -> dict[str, Column]:
    """Give where the lines' links lead; all 0 for a line without one."""
    linked = [place for place, link in enumerate(links) if link]
    targets = chain.from_iterable(read_target(link[:MAX_TARGET], host) for link in links if link)
    rows = np.zeros((len(_LINK), len(links)), np.float32)
    rows[:, linked] = np.fromiter(targets, np.float32, len(linked) * len(_LINK)).reshape(-1, len(_LINK)).T
    return dict(zip(_LINK, rows, strict=True))


def _places(places: NDArray[np.int64], link: Column) -> dict[str, Column]:
    """Give how often the line's kind of place comes on the page, and whether its neighbours stand in such a place."""
    order, runs = bring_together(places)
    links = np.add.reduceat(link[order], runs.firsts, dtype=np.float64)
    same = np.zeros(len(places) + 1, np.float32)
    same[1:-1] = places[1:] == places[:-1]
    return {
        "same_place": put_back(order, runs.spread(np.log1p(runs.sizes) / 4)),
        "same_place_links": put_back(order, runs.spread(links / runs.sizes)),
        "same_as_above": same[:-1],
        "same_as_below": same[1:],
    }
