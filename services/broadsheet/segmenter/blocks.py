"""The article's lines as blocks, each with its kind."""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

from broadsheet.segmenter.html_tags import HEADING_BITS, LANDMARKS
from broadsheet.segmenter.lines import Line, Page
from broadsheet.segmenter.roles import Role
from broadsheet_schemas import Block, BlockKind

MAX_HEADING = 140
"""Longest heading inside an article, in code points."""

MAX_HEADINGS = 2
"""Most headings one after another, a heading and a subheading; more short lines in a row are a list."""

WHOLLY = 0.9
"""Share of a line in bold from which all of it is."""

_FINAL = tuple('.!…,;。！．।۔،；»”"’」』')  # noqa: RUF001 - final marks as pages print them
_COLONS = (":", "：")  # noqa: RUF001 - likewise

_BY_ANCESTOR: tuple[tuple[int, BlockKind], ...] = (
    (LANDMARKS["figcaption"], "caption"),
    (HEADING_BITS, "heading"),
    (LANDMARKS["blockquote"], "quote"),
    (LANDMARKS["li"], "list_item"),
)
_TELLING = reduce(or_, (landmark for landmark, _ in _BY_ANCESTOR))


def make_body(page: Page, roles: Sequence[Role]) -> tuple[Block, ...]:
    """Give the article's lines as blocks, in order."""
    chosen = [line for line, role in zip(page.lines, roles, strict=True) if role is Role.BODY]
    return tuple(
        Block(start=line.start, end=line.end, text=line.text, kind=kind)
        for line, kind in zip(chosen, _kinds(chosen), strict=True)
    )


def _kinds(lines: Sequence[Line]) -> Iterator[BlockKind]:
    """Give the kind of each block, from how it and those in a row with it look."""
    looks = [_look(line) for line in lines]
    place = 0
    for kind, members in groupby(looks):
        count = len(list(members))
        place += count
        yield from [kind or _short_lines(count, last=place == len(lines))] * count


def _look(line: Line) -> BlockKind | None:
    """Give the kind of a block by its markup where that tells, else None for one that looks like a heading."""
    if line.markup is not None:
        if line.markup.inside(_TELLING):
            return next(kind for landmark, kind in _BY_ANCESTOR if line.markup.inside(landmark))
        if line.markup.strong_share < WHOLLY:
            return "paragraph"
    return None if _is_short_title(line.text) else "paragraph"


def _short_lines(count: int, *, last: bool) -> BlockKind:
    """Give the kind of some lines in a row that look like headings: a heading has more of the article below it."""
    if count > MAX_HEADINGS:
        return "list_item"
    return "paragraph" if last else "heading"


def _is_short_title(text: str) -> bool:
    """Tell whether a line is short and does not end as a sentence does."""
    return len(text) <= MAX_HEADING and not text.endswith(_FINAL) and (text.isupper() or not text.endswith(_COLONS))
