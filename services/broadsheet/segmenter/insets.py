"""Boxes of HTML set into an article that show another item: its headline, a link, and what the page says of it."""

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.interruptions import LEAD_IN
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.subheads import LINKED

MAX_LINES = 4
"""Most lines of such a box: a label, the headline, a summary, a byline or a date.

Of the training pages, marked headlines between the first and the last line of a body whose box has so many lines at most: of the lines
right below, in the box, 16 are summaries, none is body, the others are labels and further headlines; of the development sites 9 and 1.
In boxes of five lines 4 and 1. Of the 14 lines of these sites, l3s_gn1 and msv_chaos that a network which never saw them took for body, and
that a rule for such boxes changes, 2 are body; one of them led in.
"""


def mend_insets(roles: NDArray[np.int64], page: Page) -> None:
    """Make lines taken for body the summaries that they are: right below a headline that is a link, in a small box with it.

    A headline that leads in with words such as "Related" stands alone, as part of what it interrupts.
    """
    below = (roles[:-1] == Role.HEADLINE) & (roles[1:] == Role.BODY)
    for place in np.flatnonzero(below).tolist():
        line = page.lines[place]
        linked = line.markup is not None and line.markup.link_share >= LINKED
        if linked and not LEAD_IN.match(line.text) and _lines_with_next(page, place) <= MAX_LINES:
            roles[place + 1] = Role.SUMMARY


def _lines_with_next(page: Page, place: int) -> int:
    """Give how many lines the smallest box has that holds a line and the next one; those of the page where no box does."""
    boxes, markup = page.boxes, page.lines[place].markup
    box = markup.box if markup and boxes else None
    while box is not None and boxes.stops[box] <= place + 1:
        box = boxes.parents[box] if boxes.parents[box] != box else None
    return len(page.lines) if box is None else boxes.stops[box] - boxes.firsts[box]
