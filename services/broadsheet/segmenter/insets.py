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
In boxes of five lines 4 and 1. Summaries of HTML on the development sites, one network, without and with the rule: 0.81 and 1.00.
"""


def mend_insets(roles: NDArray[np.int64], page: Page) -> None:
    """Make lines taken for body the summary that they are: below a headline that is a link, in a small box with it, between body lines.

    A headline that leads in with words such as "Related" stands alone, as part of what it interrupts.
    """
    boxes = page.boxes
    if not boxes:
        return
    begun = np.logical_or.accumulate(roles == Role.BODY)
    below = (roles[:-1] == Role.HEADLINE) & (roles[1:] == Role.BODY)
    for place in np.flatnonzero(below).tolist():
        line = page.lines[place]
        if line.markup is None or line.markup.link_share < LINKED or LEAD_IN.match(line.text):
            continue
        box = boxes.holding(line.markup.box, place + 1)
        first, stop = boxes.firsts[box], boxes.stops[box]
        between = first > 0 and begun[first - 1] and stop < len(roles) and roles[stop] == Role.BODY
        if between and stop - first <= MAX_LINES:
            inside = roles[place + 1 : stop]
            inside[inside == Role.BODY] = Role.SUMMARY
