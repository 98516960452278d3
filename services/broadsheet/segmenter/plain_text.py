"""Plain text to lines, whatever way the dump was made.

Dumps differ: a paragraph a line or hard-wrapped at some column, cells set apart by tabs, lists with bullets. A page is
brought to one form, a block a line, before anything else looks at it.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import quantiles

from broadsheet.segmenter.lines import Page, Piece, lay_out

_BULLET = re.compile(r"^\s*(?:[•‣◦▪■●○➤►*]|[-–—](?=\s))\s+(?=\S)")  # noqa: RUF001 - marks as pages print them

MIN_COLUMN, MAX_COLUMN = 50, 110
"""Columns at which programs wrap text: mail at 72 or 76, terminals at 80, editors at 100."""

MIN_WRAPPED = 6
"""Fewest lines of nearly the same length that show a wrapped text."""

SLACK = 20
"""A line of a wrapped paragraph ends so much before the column at most: a long word did not fit."""


def read_text(content: str) -> Page:
    """Read a plain-text dump: its lines are the page's, its empty lines the gaps; wrapped paragraphs become one line."""
    written = content.splitlines()
    column = wrap_column(written)
    return lay_out(_pieces(unwrap(written, column) if column else written))


def _pieces(written: Sequence[str]) -> Iterator[Piece]:
    for line in written:
        if line.isspace() or not line:
            yield Piece("", gap=True)
        else:
            for cell in _BULLET.sub("", line).split("\t"):
                yield Piece(cell, gap=False)


def wrap_column(written: Sequence[str]) -> int | None:
    """Give the column at which a text was wrapped, or None for a text with a paragraph a line.

    A wrapped text has many lines just below one length and none above it.
    """
    lengths = [len(line.rstrip()) for line in written if len(line) >= MIN_COLUMN]
    if len(lengths) < MIN_WRAPPED:
        return None
    longest = max(lengths)
    if longest > MAX_COLUMN:
        return None
    middle = quantiles(lengths, n=2)[0]
    return longest if longest - middle <= SLACK / 2 else None


def unwrap(written: Sequence[str], column: int) -> list[str]:
    """Join the lines of wrapped paragraphs: a line goes on where the next one's first word would not have fitted."""
    joined: list[str] = []
    goes_on = False
    for line in written:
        text = line.rstrip()
        words = text.split(maxsplit=1)
        if goes_on and words and not _BULLET.match(text) and _width(joined[-1], column) + 1 + len(words[0]) > column:
            joined[-1] = f"{joined[-1]} {text.lstrip()}"
        else:
            joined.append(text)
        goes_on = len(text) >= column - SLACK
    return joined


def _width(paragraph: str, column: int) -> int:
    """Give the length of the last written line of a paragraph that is being joined."""
    return min(len(paragraph), column) if len(paragraph) <= column else column
