"""The one model of a page that both inputs share: lines of visible text, laid out in the event's `text`."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Markup:
    """What HTML says about a line beyond its text.

    Attributes:
        tag: the nearest block element, lower case.
        within: the kinds of ancestor that matter (`markup.LANDMARKS`), at any distance, the block itself included.
        link: target of the line's first link, as written, or None.
        link_share: share of the line's characters that stand in links, 0 to 1.
    """

    tag: str
    within: frozenset[str]
    link: str | None
    link_share: float


@dataclass(frozen=True, slots=True)
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
    """

    text: str
    lines: tuple[Line, ...]


def lay_out(pieces: Iterable[Piece]) -> Page:
    """Give every piece that shows anything its place in one text; gaps above the first line are dropped."""
    lines: list[Line] = []
    parts: list[str] = []
    position, gap = 0, False
    for piece in pieces:
        text = " ".join(piece.text.split())
        gap = gap or piece.gap
        if not text:
            continue
        separator = ("\n\n" if gap else "\n") if lines else ""
        position += len(separator)
        lines.append(Line(text, position, gap and bool(lines), piece.markup))
        parts += (separator, text)
        position, gap = position + len(text), False
    return Page("".join(parts), tuple(lines))


def read_text(content: str) -> Page:
    """Read a plain-text dump: its lines are the page's, its empty lines the gaps."""
    return lay_out(Piece(text, gap=not text.strip()) for text in content.splitlines())
