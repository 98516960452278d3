"""The day and the authors that stand between the title and the article's first lines."""

import datetime as dt
from collections.abc import Iterator, Sequence

from broadsheet.segmenter.authors import author_names
from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.meta_line import MetaLine, read_meta_line
from broadsheet.segmenter.roles import FIELDS, Role

REACH = 12
"""Lines above the start of the article in which its date and authors stand, above and below the title."""

OPENING = 4
"""Lines from the start of the article, its standfirst, below which they may stand as well."""

_LABELS = frozenset({Role.OTHER, *FIELDS})


def read_dateline(page: Page, roles: Sequence[Role], days: DayReader) -> tuple[dt.date | None, tuple[str, ...]]:
    """Give the day of the article and its authors as the page shows them, where it does."""
    day, bylines = None, list[str]()
    for text, meta in _labels(page, roles):
        if meta.date and day is None:
            day = days.day(text[slice(*meta.date)])
        if meta.byline:
            bylines.append(text[slice(*meta.byline)])
    return day, author_names(bylines)


def _labels(page: Page, roles: Sequence[Role]) -> Iterator[tuple[str, MetaLine]]:
    """Give the lines of labels around the article's start that are not a teaser's, top to bottom."""
    around = _around_start(roles)
    wanted = {Role.OTHER} if any(roles[place] is Role.HEADLINE for place in around) else _LABELS
    for place in around:
        if roles[place] in wanted and (meta := read_meta_line(page.lines[place].text)):
            yield page.lines[place].text, meta


def _around_start(roles: Sequence[Role]) -> range:
    """Give the lines from a little above the title to the article's start, and on as far as the article does."""
    if Role.BODY not in roles:
        return range(0)
    first, last = roles.index(Role.BODY), len(roles) - 1 - roles[::-1].index(Role.BODY)
    title = next((place for place in range(first - 1, -1, -1) if roles[place] is Role.TITLE), None)
    start = first - REACH if title is None else max(title - 2, first - REACH)
    return range(max(start, 0), min(first + OPENING, last))
