"""Building the event from lines and their roles: spans, and the promise that every visible character has one place."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.lines import Line, Page
from broadsheet.segmenter.meta_line import MetaLine, read_meta_line
from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.shapes import Shape, shape_of
from broadsheet.segmenter.teasers import Group
from broadsheet_schemas import Block, BlockKind, RestKind, RestSpan, Title

REST_KINDS: dict[Role, RestKind] = {Role.NAVIGATION: "navigation", Role.HEADER: "navigation", Role.COMMENT: "comment"}
"""Kind of the rest by role; every other role is `other`."""


def make_title(page: Page, roles: Sequence[Role], titles: Sequence[str]) -> Title | None:
    """Give the title where the page shows it, else the best known one without a place, else None."""
    for line, role in zip(page.lines, roles, strict=True):
        if role is Role.TITLE:
            return Title(text=line.text, start=line.start, end=line.end)
    known = next((title for text in titles if (title := " ".join(text.split()))), None)
    return Title(text=known) if known else None


def make_body(page: Page, roles: Sequence[Role]) -> tuple[Block, ...]:
    """Give the article's lines as blocks, in order."""
    return tuple(
        Block(start=line.start, end=line.end, text=line.text, kind=_block_kind(line))
        for line, role in zip(page.lines, roles, strict=True)
        if role is Role.BODY
    )


def make_rest(page: Page, roles: Sequence[Role], groups: Sequence[Group]) -> tuple[RestSpan, ...]:
    """Give every line that is neither title, body nor in a teaser; neighbours of one kind are one span."""
    taken = {index for group in groups for index in group.lines}
    kinds = [
        None if index in taken or role in {Role.TITLE, Role.BODY} else REST_KINDS.get(role, "other")
        for index, role in enumerate(roles)
    ]
    return tuple(_rest_spans(page.lines, kinds))


def read_dateline(page: Page, roles: Sequence[Role], days: DayReader) -> tuple[dt.date | None, tuple[str, ...]]:
    """Give the day and the author that stand between the title and the article's first line."""
    day, authors = None, []
    for text, meta in _header_labels(page, roles):
        if meta.date and day is None:
            day = days.day(text[slice(*meta.date)])
        if meta.byline:
            authors.append(text[slice(*meta.byline)])
    return day, tuple(dict.fromkeys(authors))


def _block_kind(line: Line) -> BlockKind:
    within = line.markup.within if line.markup else frozenset()
    if "figcaption" in within:
        return "caption"
    if "blockquote" in within:
        return "quote"
    if "li" in within:
        return "list_item"
    return "heading" if shape_of(line) in {Shape.HEADLINE, Shape.LABEL} else "paragraph"


def _rest_spans(lines: Sequence[Line], kinds: Sequence[RestKind | None]) -> Iterator[RestSpan]:
    for kind, members in groupby(zip(lines, kinds, strict=True), key=lambda member: member[1]):
        if kind is not None:
            stretch = [line for line, _ in members]
            yield RestSpan(start=stretch[0].start, end=stretch[-1].end, kind=kind)


def _header_labels(page: Page, roles: Sequence[Role]) -> Iterator[tuple[str, MetaLine]]:
    """Give the lines of labels above the article's first line and below its title."""
    first = next((index for index, role in enumerate(roles) if role is Role.BODY), 0)
    for index in range(first - 1, -1, -1):
        if roles[index] is Role.TITLE:
            return
        meta = read_meta_line(page.lines[index].text)
        if meta is None:
            return
        yield page.lines[index].text, meta
