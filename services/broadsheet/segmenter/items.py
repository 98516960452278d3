"""Lines to items: which lines make up one teaser."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.decision import Decision
from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.roles import TEASER_ROLES, Role

SURE = 0.5
"""Probability of beginning an item from which a headline right below a headline is one of its own even in lower case."""

MOST_BETWEEN = 3
"""Lines of labels between the two showings of one headline: kicker, byline and date."""

FITS = 1.0
"""What it counts, in chances of beginning an item, that the items of a list would begin or end as its first or last one does.

Measured on the development sites, with every cut for itself, with the same roles cut in one way, and with this: word F1 of dates
0.790, 0.840 and 0.870 from plain text on the pages marked with the corpora, 0.636, 0.665 and 0.681 on those marked here; on HTML
0.839, 0.839 and 0.848, and 0.639, 0.667 and 0.667. Kickers and bylines gain or lose 0.02 at most.
"""

ALIKE = 0.4
"""What it counts besides, for each item but one, that all items of a list would then be alike, label for label.

Measured on two quarters of the sites by networks that had not seen them, without it and with it: word F1 of kickers on HTML 0.561 and
0.574 on the pages marked with the corpora, 0.313 and 0.334 on those marked here of the other quarter; of dates from text 0.677 and
0.687 on those marked here. No other figure changes by 0.002. With 0.7 dates of one site are lost.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """The lines of one teaser.

    Attributes:
        lines: all of them, first to last.
        headline: those of its headline, nearly always one.
    """

    lines: range
    headline: range


@dataclass(slots=True)
class _Headline:
    """The lines of a headline, where it leads if anywhere, and the line after the last one that shows it."""

    lines: range
    link: str | None
    stop: int


def find_items(decision: Decision, lines: Sequence[Line]) -> list[Item]:
    """Give the items of a page, in order.

    In each run of teaser lines every headline is an item; between two headlines the run is cut at the line that most
    probably begins an item. Lines of labels without any headline are no item.

    Args:
        decision: the role of each line.
        lines: the page's lines.
    """
    items: list[Item] = []
    for run in _runs(decision.roles):
        headlines = _headlines(decision, lines, run)
        if headlines:
            bounds = [run.start, *_cuts(decision, run, headlines), run.stop]
            stretches = zip(headlines, pairwise(bounds), strict=True)
            items += (_item(decision.roles, range(start, stop), shown.lines) for shown, (start, stop) in stretches)
    return items


def _cuts(decision: Decision, run: range, headlines: Sequence[_Headline]) -> list[int]:
    """Give where each item of a run but the first begins: between two headlines, in one way wherever the roles between are the same.

    That way is the one at which items most probably begin, at which the first item of the run begins and the last one ends, and by which
    all are alike.
    """
    roles = decision.roles
    above, below = tuple(roles[run.start : headlines[0].lines.start]), tuple(roles[headlines[-1].stop : run.stop])
    gaps = [range(one.stop, other.lines.start) for one, other in pairwise(headlines)]
    roles_of_gaps = [tuple(roles[gap.start : gap.stop]) for gap in gaps]
    alike = len(gaps) > 1 and not (above and below) and set(roles_of_gaps) == {above or below}
    fits = FITS + ALIKE * len(gaps) * alike
    chances: dict[tuple[Role, ...], NDArray[np.float64]] = {}
    for gap, between in zip(gaps, roles_of_gaps, strict=True):
        if between not in chances:
            chances[between] = np.zeros(len(between) + 1)
            if above and between[-len(above) :] == above:
                chances[between][len(between) - len(above)] += fits
            if below and between[: len(below)] == below:
                chances[between][len(below)] += fits
            chances[between][: _below_summaries(between)] = -np.inf
        chances[between] += decision.begins[gap.start : gap.stop + 1]
    return [gap.start + int(chances[between].argmax()) for gap, between in zip(gaps, roles_of_gaps, strict=True)]


def _below_summaries(roles: Sequence[Role]) -> int:
    """Give where the first line below the last summary is: of 712 marked summaries 4 come before their headline."""
    return max((place + 1 for place, role in enumerate(roles) if role is Role.SUMMARY), default=0)


def _item(roles: Sequence[Role], lines: range, headline: range) -> Item:
    """Give an item, without the label above it where a line of labels below has a kicker too: that is the list's own title."""
    below = {roles[place] for place in range(headline.stop, lines.stop)}
    if (
        lines.start < headline.start
        and roles[lines.start] is Role.KICKER
        and below & {Role.KICKER_DATE, Role.KICKER_BYLINE}
    ):
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


def _headlines(decision: Decision, lines: Sequence[Line], run: range) -> list[_Headline]:
    """Give the headlines of a run: all headline lines but those that go on with the one above them or show it again.

    Of 9,702 marked items 136 show their headline twice, above a picture or a label and below it; in 82 another headline line
    belongs to it. Where the networks for measuring took two different lines in a row for headlines and did not see an item begin
    at the second, 49 of 66 were two items from plain text and none was one headline; on HTML 40 and 6 of 66.
    """
    roles, found = decision.roles, list[_Headline]()
    for place in _places(roles, lines, run):
        above = found[-1] if found else None
        near = (
            above is not None and place - above.stop <= MOST_BETWEEN and _LABELS.issuperset(roles[above.stop : place])
        )
        if above and near and _may_say_one(lines[above.lines.start], lines[place], above.link):
            above.link, above.stop = above.link or _link(lines[place]), place + 1
        elif above and above.stop == place and lines[place].text[0].islower() and decision.begins[place] < SURE:
            above.stop = place + 1
            if above.lines.stop == place:
                above.lines = range(above.lines.start, place + 1)
        else:
            found.append(_Headline(range(place, place + 1), _link(lines[place]), place + 1))
    return found


def _places(roles: Sequence[Role], lines: Sequence[Line], run: range) -> Iterator[int]:
    """Give the headline lines of a run, and the lines that show one of them first, whatever role they were given."""
    texts = {said(lines[place].text) for place in run if roles[place] is Role.HEADLINE}
    for place in run:
        if roles[place] is Role.HEADLINE or (said(lines[place].text) in texts and _is_shown_below(roles, lines, place)):
            yield place


def _is_shown_below(roles: Sequence[Role], lines: Sequence[Line], place: int) -> bool:
    """Tell whether a headline below says what this line says, with a few labels between at most."""
    near = range(place + 1, min(place + 2 + MOST_BETWEEN, len(roles)))
    below = next((at for at in near if roles[at] not in _LABELS), None)
    if below is None or roles[below] is not Role.HEADLINE:
        return False
    return _may_say_one(lines[place], lines[below], _link(lines[place]))


def _may_say_one(line: Line, other: Line, link: str | None) -> bool:
    """Tell whether two lines say the same and do not lead to two places; the first is known to lead to `link`, if anywhere."""
    return said(line.text) == said(other.text) and (link is None or _link(other) in {None, link})


def said(text: str) -> str:
    """Give a headline as it is compared with others: how it is written in capitals does not count."""
    return " ".join(text.split()).casefold()


def _link(line: Line) -> str | None:
    return line.markup.link if line.markup else None


_LABELS = TEASER_ROLES - {Role.HEADLINE, Role.SUMMARY}
