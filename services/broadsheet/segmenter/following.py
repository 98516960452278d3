"""What follows the article in elements of its own: other articles printed whole, comments as long as paragraphs.

Measured on sites that the networks had not seen, without and with the rule: bodies of the development sites 0.878 and 0.881 (scrapinghub),
0.951 and 0.951 (andythefactory), 0.955 and 0.959 (fundus_parsers), of another quarter of the sites 0.941 and 0.959, 0.914 and 0.924, 0.986
and 0.986; of l3s_gn1 and msv_chaos, which the shipped networks read, 0.973 and 0.974, 0.951 and 0.960. Teasers stay as they are. Of 23
pages that it changes two lose lines of their body; two whose sections have elements of their own are left alone.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import Markup, Page
from broadsheet.segmenter.roles import Role

MIN_LINES, MIN_SIZE = 4, 500
"""Fewest lines of an article, and least size of them together, each as `decision.decide` counts it (140 at most): a shorter beginning
may be an opening in an element of its own."""

_BEGINS_ANOTHER = (Role.HEADLINE, Role.HEADER, Role.COMMENT)


def drop_following(roles: NDArray[np.int64], page: Page, sizes: NDArray[np.int64]) -> None:
    """Take lines out of the body that stand below its element, with a headline, a header or a comment between.

    The article's element is the smallest block that holds the body above that line. Where lines below stand in the same kind of place as
    lines above, the article goes on: its sections have elements of their own.
    """
    body = np.flatnonzero(roles == Role.BODY)
    if len(body) <= MIN_LINES or not page.boxes:
        return
    marks = np.flatnonzero(np.isin(roles, _BEGINS_ANOTHER))
    above = body.searchsorted(marks)
    long = sizes[body].cumsum()[np.maximum(above - 1, 0)] >= MIN_SIZE
    own = [page.lines[place].markup or _NONE for place in body.tolist()]
    goes_on = _last_alike([markup.place for markup in own])
    boxes, box = page.boxes, own[0].box
    for mark, lines in zip(marks[long].tolist(), above[long].tolist(), strict=True):
        if not MIN_LINES <= lines < len(body):
            continue
        while boxes.stops[box] <= body[lines - 1] and boxes.parents[box] != box:
            box = boxes.parents[box]
        if boxes.stops[box] <= mark and goes_on[lines - 1] < lines:
            roles[body[lines:]] = Role.OTHER
            return


_NONE = Markup("body")


def _last_alike(places: Sequence[int]) -> list[int]:
    """Give, for every line, the number of the last line whose place is that of this one or of one above it."""
    last = {place: number for number, place in enumerate(places)}
    return list(accumulate((last[place] for place in places), max))
