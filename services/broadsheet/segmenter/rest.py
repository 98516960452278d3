"""What is neither title, body nor teaser, so that nothing of a page is dropped silently."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from broadsheet.segmenter.html_tags import LANDMARKS
from broadsheet.segmenter.lines import Line, Page
from broadsheet.segmenter.roles import Role
from broadsheet_schemas import RestKind, RestSpan

MAX_MENU = 40
"""Longest entry of a menu, in code points."""

_MENUS = LANDMARKS["nav"] | LANDMARKS["footer"]
_LINKED = 0.8
_DIGIT = re.compile(r"\d")


def make_rest(page: Page, roles: Sequence[Role], taken: set[int]) -> tuple[RestSpan, ...]:
    """Give every line that is neither title, body nor in a teaser; neighbours of one kind are one span.

    Args:
        page: the page.
        roles: the role of each line.
        taken: numbers of the lines that teasers hold.
    """
    kinds = [
        None if role is _TITLE or role is _BODY or place in taken else _kind(line, role)
        for place, (line, role) in enumerate(zip(page.lines, roles, strict=True))
    ]
    return tuple(_spans(page.lines, kinds))


_TITLE, _BODY, _COMMENT, _HEADER = Role.TITLE, Role.BODY, Role.COMMENT, Role.HEADER
"""Looked up once: a member of an enumeration costs as much as the rest of the question."""


def _kind(line: Line, role: Role) -> RestKind:
    if role is _COMMENT:
        return "comment"
    if role is _HEADER:
        return "navigation"
    markup = line.markup
    if markup is not None:
        menu = len(line.text) <= 2 * MAX_MENU and (markup.link_share >= _LINKED or markup.inside(_MENUS))
    else:
        menu = len(line.text) <= MAX_MENU and not _DIGIT.search(line.text)
    return "navigation" if menu else "other"


def _spans(lines: Sequence[Line], kinds: Sequence[RestKind | None]) -> Iterator[RestSpan]:
    """Give each longest stretch of lines of one kind."""
    stop = 0
    for kind, members in groupby(kinds):
        start, stop = stop, stop + len(list(members))
        if kind is not None:
            yield RestSpan(start=lines[start].start, end=lines[stop - 1].end, kind=kind)
