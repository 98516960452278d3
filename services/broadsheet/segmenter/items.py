"""Lines to items: which lines make up one teaser."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from broadsheet.segmenter.decision import Decision
from broadsheet.segmenter.roles import TEASER_ROLES, Role

SURE = 0.5
"""Probability of beginning an item from which a headline right below a headline is one of its own."""


@dataclass(frozen=True, slots=True)
class Item:
    """The lines of one teaser.

    Attributes:
        lines: all of them, first to last.
        headline: those of its headline, nearly always one.
    """

    lines: range
    headline: range


def find_items(decision: Decision) -> list[Item]:
    """Give the items of a page, in order.

    In each run of teaser lines every headline is an item; between two headlines the run is cut at the line that most
    probably begins an item. Lines of labels without any headline are no item.
    """
    items: list[Item] = []
    for run in _runs(decision.roles):
        headlines = _headlines(decision, run)
        cuts = [
            max(range(above.stop, below.start + 1), key=lambda place: (decision.begins[place], -place))
            for above, below in pairwise(headlines)
        ]
        if headlines:
            bounds = [run.start, *cuts, run.stop]
            stretches = zip(headlines, pairwise(bounds), strict=True)
            items += (_item(decision.roles, range(start, stop), headline) for headline, (start, stop) in stretches)
    return items


def _item(roles: Sequence[Role], lines: range, headline: range) -> Item:
    """Give an item, without the label above it where a line of labels below has a kicker too: that is the list's own title."""
    below = {roles[place] for place in range(headline.stop, lines.stop)}
    if roles[lines.start] is Role.KICKER and below & {Role.KICKER_DATE, Role.KICKER_BYLINE}:
        return Item(range(lines.start + 1, lines.stop), headline)
    return Item(lines, headline)


def _runs(roles: Sequence[Role]) -> Iterator[range]:
    """Give every longest stretch of lines with a teaser's roles."""
    start = 0
    for place in range(len(roles) + 1):
        if place == len(roles) or roles[place] not in TEASER_ROLES:
            if place > start:
                yield range(start, place)
            start = place + 1


def _headlines(decision: Decision, run: range) -> list[range]:
    """Give the headlines of a run: a headline line that does not begin an item goes on with the one right above it."""
    found: list[range] = []
    for place in run:
        if decision.roles[place] is not Role.HEADLINE:
            continue
        if found and found[-1].stop == place and decision.begins[place] < SURE:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return found
