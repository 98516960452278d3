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
        None if place in taken or role in (Role.TITLE, Role.BODY) else _kind(line, role)
        for place, (line, role) in enumerate(zip(page.lines, roles, strict=True))
    ]
    return tuple(_spans(page.lines, kinds))


def _kind(line: Line, role: Role) -> RestKind:
    if role is Role.COMMENT:
        return "comment"
    if role is Role.HEADER:
        return "navigation"
    if line.markup is not None:
        menu = line.markup.inside(_MENUS) or line.markup.link_share >= _LINKED
        return "navigation" if menu and len(line.text) <= 2 * MAX_MENU else "other"
    return "navigation" if len(line.text) <= MAX_MENU and not _DIGIT.search(line.text) else "other"


def _spans(lines: Sequence[Line], kinds: Sequence[RestKind | None]) -> Iterator[RestSpan]:
    for kind, members in groupby(zip(lines, kinds, strict=True), key=lambda member: member[1]):
        if kind is not None:
            stretch = [line for line, _ in members]
            yield RestSpan(start=stretch[0].start, end=stretch[-1].end, kind=kind)
