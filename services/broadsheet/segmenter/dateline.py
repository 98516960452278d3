"""The day and the authors that stand between the title and the article's first line."""

import datetime as dt
from collections.abc import Iterator, Sequence

from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.meta_line import MetaLine, read_meta_line
from broadsheet.segmenter.roles import Role

REACH = 12
"""Lines around the start of the article in which its date and authors stand, above and below the title."""


def read_dateline(page: Page, roles: Sequence[Role], days: DayReader) -> tuple[dt.date | None, tuple[str, ...]]:
    """Give the day of the article and its authors as the page shows them, where it does."""
    day, authors = None, list[str]()
    for text, meta in _labels(page, roles):
        if meta.date and day is None:
            day = days.day(text[slice(*meta.date)])
        if meta.byline:
            authors.append(text[slice(*meta.byline)])
    return day, tuple(dict.fromkeys(authors))


def _labels(page: Page, roles: Sequence[Role]) -> Iterator[tuple[str, MetaLine]]:
    """Give the lines of labels near the title and above the article's first line, top to bottom."""
    first = next((place for place, role in enumerate(roles) if role is Role.BODY), None)
    if first is None:
        return
    title = next((place for place in range(first - 1, -1, -1) if roles[place] is Role.TITLE), None)
    start = max(first - REACH, 0) if title is None else max(title - 2, first - REACH, 0)
    for place in range(start, first):
        if roles[place] is Role.OTHER and (meta := read_meta_line(page.lines[place].text)):
            yield page.lines[place].text, meta
