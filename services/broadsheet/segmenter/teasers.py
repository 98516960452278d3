"""Items to teasers: each field from the lines that have its role, and one teaser for an item that is shown twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from broadsheet.runtime.urls import absolute_url
from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.items import Item, said
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.meta_line import MetaLine, read_meta_line
from broadsheet.segmenter.meta_split import split_meta
from broadsheet.segmenter.roles import FIELDS, Role
from broadsheet_schemas import PublishedField, Span, Teaser, TextSpan

Found = dict[str, TextSpan]

SHARED = ("kicker", "byline", "date")
"""Fields that may share a line, and have a line of their own elsewhere."""


@dataclass(frozen=True, slots=True)
class PageAddress:
    """What the addresses and dates of a page's teasers are resolved against.

    Attributes:
        url: the page's own address, or None.
        days: reads dates as the page means them.
    """

    url: str | None
    days: DayReader


def make_teasers(
    page: Page, roles: Sequence[Role], items: Iterable[Item], address: PageAddress
) -> tuple[list[Teaser], set[int]]:
    """Give the page's teasers in order, and the numbers of the lines that they hold.

    An item that the page shows again, with the same headline and no other target, is no second teaser: the first one
    says where (`also_at`), and the lines there are left to the rest.
    """
    teasers: list[Teaser] = []
    known: dict[str, list[int]] = {}
    taken: set[int] = set()
    for item in items:
        teaser = _teaser(page, roles, item, address)
        alike = known.setdefault(said(teaser.headline.text), [])
        place = next((at for at in alike if _may_be_one(teasers[at].url, teaser.url)), None)
        if place is None:
            alike.append(len(teasers))
            teasers.append(teaser)
            taken.update(item.lines)
        else:
            teasers[place] = _shown_again(teasers[place], teaser)
    return teasers, taken


def _may_be_one(url: str | None, other: str | None) -> bool:
    return url == other or url is None or other is None


def _shown_again(first: Teaser, again: Teaser) -> Teaser:
    """Add a later showing of an item to its first one."""
    shown = (*first.also_at, Span(start=again.start, end=again.end))
    return first.model_copy(update={"also_at": shown, "url": first.url or again.url})


def _teaser(page: Page, roles: Sequence[Role], item: Item, address: PageAddress) -> Teaser:
    headline = _span(page, item.headline)
    name = said(headline.text)
    shown = {place for place in item.lines if place in item.headline or said(page.lines[place].text) == name}
    found = _fields(page, {place: roles[place] for place in item.lines if place not in shown})
    date = found.get("date")
    return Teaser(
        start=page.lines[item.lines.start].start,
        end=page.lines[item.lines.stop - 1].end,
        headline=headline,
        summary=found.get("summary"),
        kicker=found.get("kicker"),
        byline=found.get("byline"),
        published=PublishedField(**dict(date), date=address.days.day(date.text)) if date else None,
        url=_target(page, (*item.headline, *sorted(shown), *item.lines), address.url),
    )


def _fields(page: Page, roles: Mapping[int, Role]) -> Found:
    """Give the fields of an item from the roles of its lines besides those of its headline.

    Of a field that comes twice, the first stretch of lines.
    """
    found: Found = {}
    for role, lines in _stretches(roles):
        if role is Role.SUMMARY:
            found.setdefault("summary", _span(page, lines))
        elif role in FIELDS:
            for name, span in _labels(page, role, lines):
                found.setdefault(name, span)
    return found


def _stretches(roles: Mapping[int, Role]) -> Iterator[tuple[Role, range]]:
    """Give each longest stretch of lines of one role that follow one another."""
    for (role, _), members in groupby(enumerate(roles.items()), key=lambda line: (line[1][1], line[1][0] - line[0])):
        places = [place for _, (place, _) in members]
        yield role, range(places[0], places[-1] + 1)


def _labels(page: Page, role: Role, lines: range) -> list[tuple[str, TextSpan]]:
    """Take lines of labels apart."""
    roles = FIELDS[role]
    if len(lines) > 1 and len(roles) == 1:
        return [(next(iter(roles)), _span(page, lines))]
    line = page.lines[lines.start]
    parts = _parts(line.text, roles)
    return [
        (name, TextSpan(start=line.start + part[0], end=line.start + part[1], text=line.text[slice(*part)]))
        for name in SHARED
        if (part := getattr(parts, name))
    ]


def _parts(text: str, roles: frozenset[str]) -> MetaLine:
    """Give the parts of a line of labels: what the model says that it holds, and what else plainly stands in it."""
    plain = read_meta_line(text)
    if plain:
        said = frozenset(name for name in SHARED if getattr(plain, name))
        if roles < said or said == roles == _BYLINE or _has_empty_byline(text, plain):
            return plain
    return split_meta(text, roles)


def _has_empty_byline(text: str, plain: MetaLine) -> bool:
    """Tell whether a line is a kicker and a date with nobody named between: `POLITICS BY OCTOBER 18, 2025`."""
    if plain.kicker is None or plain.date is None or plain.byline is not None:
        return False
    return text[plain.kicker[1] : plain.date[0]].strip().casefold() in _BY_WORDS


_BYLINE = frozenset({"byline"})
_BY_WORDS = frozenset({"by", "von", "por", "par"})


def _span(page: Page, lines: range) -> TextSpan:
    """Give some lines as a span of the page's text."""
    start, end = page.lines[lines.start].start, page.lines[lines.stop - 1].end
    return TextSpan(start=start, end=end, text=page.text[start:end])


def _target(page: Page, places: Iterable[int], page_url: str | None) -> str | None:
    """Give where the first of some lines leads that leads to another page."""
    for place in places:
        markup = page.lines[place].markup
        if markup and markup.link and (url := absolute_url(markup.link, page_url)):
            return url
    return None
