"""Grouping lines by their roles into teasers, one headline each, and taking their fields apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.lines import Line, Page
from broadsheet.segmenter.meta_line import MetaLine, Range, read_meta_line
from broadsheet.segmenter.roles import Role
from broadsheet_schemas import PublishedField, Teaser, TextSpan

LABELS = frozenset({Role.BYLINE, Role.DATE, Role.KICKER_DATE, Role.BYLINE_DATE})
TEASER_ROLES = LABELS | {Role.HEADLINE, Role.SUMMARY, Role.KICKER, Role.META}


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one teaser, first to last, and the teaser made of them."""

    lines: range
    teaser: Teaser


def find_teasers(page: Page, roles: Sequence[Role], url: str | None, days: DayReader) -> list[Group]:
    """Give the page's teasers in order; a second one with the same headline is left out."""
    groups, seen = [], set()
    for run in _runs(roles):
        for lines in _items(roles, run):
            teaser = _teaser(page, roles, lines, url, days)
            if teaser.headline.text.casefold() not in seen:
                seen.add(teaser.headline.text.casefold())
                groups.append(Group(lines, teaser))
    return groups


def _runs(roles: Sequence[Role]) -> Iterator[range]:
    """Give every longest stretch of lines with a teaser's roles."""
    start = 0
    for index in range(len(roles) + 1):
        if index == len(roles) or roles[index] not in TEASER_ROLES:
            if index > start:
                yield range(start, index)
            start = index + 1


def _items(roles: Sequence[Role], run: range) -> Iterator[range]:
    """Cut a run so that each item has one headline; where the run begins with a date, dates lead their items."""
    leading = {Role.KICKER} | (LABELS if roles[run.start] in LABELS else set())
    starts: list[int] = []
    for index in run:
        if roles[index] is Role.HEADLINE:
            start = index
            while start > run.start and roles[start - 1] in leading and (not starts or start - 1 > starts[-1]):
                start -= 1
            starts.append(start)
    for start, stop in pairwise([*starts, run.stop]):
        yield range(start, stop)


def _teaser(page: Page, roles: Sequence[Role], lines: range, url: str | None, days: DayReader) -> Teaser:
    by_role = {roles[index]: page.lines[index] for index in reversed(lines)}
    headline = by_role[Role.HEADLINE]
    labels = [(page.lines[index], meta) for index in lines if (meta := _labels(page.lines[index], roles[index]))]
    summary, kicker = by_role.get(Role.SUMMARY), by_role.get(Role.KICKER)
    return Teaser(
        start=page.lines[lines.start].start,
        end=page.lines[lines.stop - 1].end,
        headline=_span(headline),
        summary=_span(summary) if summary else None,
        kicker=_span(kicker)
        if kicker
        else next((_span(line, meta.kicker) for line, meta in labels if meta.kicker), None),
        byline=next((_span(line, meta.byline) for line, meta in labels if meta.byline), None),
        published=next((_published(_span(line, meta.date), days) for line, meta in labels if meta.date), None),
        url=_absolute(url, headline),
    )


def _labels(line: Line, role: Role) -> MetaLine | None:
    return read_meta_line(line.text) if role in LABELS else None


def _span(line: Line, part: Range | None = None) -> TextSpan:
    """Give a line, or a part of it, as a span of the page's text."""
    start, end = part or (0, len(line.text))
    return TextSpan(start=line.start + start, end=line.start + end, text=line.text[start:end])


def _published(span: TextSpan, days: DayReader) -> PublishedField:
    return PublishedField(start=span.start, end=span.end, text=span.text, date=days.day(span.text))


def _absolute(page_url: str | None, headline: Line) -> str | None:
    """Give the absolute URL of a headline's link, or None: no link, no page URL to resolve it against, no web address."""
    link = headline.markup.link if headline.markup else None
    if not link:
        return None
    try:
        url = urljoin(page_url or "", link.strip())
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return None
    return url if url.startswith(("http://", "https://")) else None
