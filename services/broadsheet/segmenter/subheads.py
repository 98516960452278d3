"""Headings inside an article that look like headlines of other items.

Measured on the development sites, on lines that a network took for a lone headline between two paragraphs and whose role
is marked: from plain text 15 of 18 were headings of the article; on HTML 11 of 16 were inline teasers, every one a link, and
4 of the 5 headings were links too. So what is no link is a heading, unless it says to be a teaser ("READ MORE: ...").
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.interruptions import LEAD_IN
from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.roles import Role

LAST_SECTION = 0.25
"""Plain text: mean chance of being body from which a headline and its summary right below the article are its last section, one
paragraph long. Neutral on real pages: it changes none of 232 development pages and of 695 pages of l3s_gn1, msv_big9 and msv_chaos.
"""

LINKED = 0.5
"""Share of a line in links from which it is one."""


def mend_subheads(roles: NDArray[np.int64], lines: Sequence[Line]) -> None:
    """Make lone headlines between two lines of the body part of it, unless they are links or say to be teasers."""
    inside = (roles[1:-1] == Role.HEADLINE) & (roles[:-2] == Role.BODY) & (roles[2:] == Role.BODY)
    for place in (np.flatnonzero(inside) + 1).tolist():
        markup, text = lines[place].markup, lines[place].text
        if not (markup and markup.link_share >= LINKED) and not LEAD_IN.match(text):
            roles[place] = Role.BODY


def mend_last_section(roles: NDArray[np.int64], chances: NDArray[np.float32]) -> None:
    """Make a headline and summary right below the body part of it where both may well be: items that follow are surer."""
    below = (roles[:-2] == Role.BODY) & (roles[1:-1] == Role.HEADLINE) & (roles[2:] == Role.SUMMARY)
    for place in (np.flatnonzero(below) + 1).tolist():
        if chances[place : place + 2, Role.BODY].mean() >= LAST_SECTION:
            roles[place : place + 2] = Role.BODY
