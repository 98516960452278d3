"""The one model of a page that both inputs share: lines of visible text, laid out in the event's `text`.

A page has hundreds of lines and marks. They are never changed once made: not frozen, because that doubles the time to
make them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from broadsheet.segmenter.boxes import Box, Boxes


@dataclass(slots=True)
class Markup:
    """What HTML says about a line beyond its text.

    Attributes:
        tag: the nearest block element, lower case.
        within: the kinds of ancestor that matter, at any distance, the block itself included: bits of
            `html_tags.LANDMARKS`.
        words: what class and id names of any ancestor speak of: bits of `class_words.GROUPS`.
        near_words: the same of the three innermost elements alone.
        link: target of the line's first link, as written, or None.
        link_share: share of the line's characters that stand in links, 0 to 1.
        strong_share: the same for bold and emphasised text.
        picture: whether a picture stands between the line above and this one.
        depth: how many elements are open around the line.
        place: a number that lines have in common when their chains of elements and classes are the same.
        box: number of the nearest block in `Page.boxes`.
    """

    tag: str
    within: int = 0
    words: int = 0
    near_words: int = 0
    link: str | None = None
    link_share: float = 0.0
    strong_share: float = 0.0
    picture: bool = False
    depth: int = 0
    place: int = 0
    box: int = 0

    def inside(self, landmarks: int) -> bool:
        """Tell whether the line stands in one of some kinds of ancestor, given as bits."""
        return bool(self.within & landmarks)


NO_MARKUP = Markup("body")
"""What is said of a line that has no markup of its own."""


@dataclass(slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: what is seen: no newline, single spaces, never empty.
        start: where it stands in the page's text, in code points.
        gap: whether the page has a gap above it.
        markup: what HTML adds; None in plain text.
    """

    text: str
    start: int
    gap: bool
    markup: Markup | None = None

    @property
    def end(self) -> int:
        """The code point after the line's last one."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line before it has its place: text with any white space, whether a gap is above it, and its markup."""

    text: str
    gap: bool
    markup: Markup | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as lines.

    Attributes:
        text: the lines joined by a newline, with an empty line between where the page has a gap.
        lines: the lines, in order; `text[line.start:line.end] == line.text`.
        boxes: the block elements of an HTML page, in document order; empty in plain text.
    """

    text: str
    lines: tuple[Line, ...]
    boxes: Boxes = field(default_factory=Boxes)


class Layout:
    """A page's lines while they come in.

    Attributes:
        lines: the lines so far.
        gap: whether the next line has a gap above it; whoever gives the lines sets it. One above the first line is dropped.
    """

    __slots__ = ("_end", "gap", "lines")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.gap = False
        self._end = -1  # as if the first line had a line break above it, too

    def add(self, text: str, markup: Markup | None = None) -> None:
        """Give the next line its place, by its text as it is seen."""
        gap = self.gap and self._end >= 0
        start = self._end + (2 if gap else 1)
        self.lines.append(Line(text, start, gap, markup))
        self._end = start + len(text)
        self.gap = False

    def page(self, boxes: Boxes | None = None) -> Page:
        """Give the page."""
        parts = [part for line in self.lines for part in ("\n\n" if line.gap else "\n", line.text)]
        return Page("".join(parts[1:]), tuple(self.lines), boxes or Boxes())


LONG = 100_000
"""Length of a text, in code points, from which its words are not listed: those of 8 MB would take 80 MB."""

_SPACES = re.compile(r"\s{2,}|[^\S ]")
"""White space other than one space. To replace it takes four times as long as to split a text of a usual length."""


def seen(text: str) -> str:
    """Give a text as it is seen: every run of white space is one space, and none stands at either end."""
    return " ".join(text.split()) if len(text) < LONG else _SPACES.sub(" ", text).strip()


def lay_out(pieces: Iterable[Piece], boxes: Iterable[Box] = ()) -> Page:
    """Give every piece that shows anything its place in one text; gaps above the first line are dropped."""
    layout = Layout()
    for piece in pieces:
        layout.gap |= piece.gap
        if text := seen(piece.text):
            layout.add(text, piece.markup)
    return layout.page(Boxes(boxes))
