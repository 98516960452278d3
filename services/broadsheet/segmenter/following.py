"""What follows the article in elements of its own: other articles printed whole, comments as long as paragraphs.

Measured on sites that the networks had not seen, without and with the rule: bodies of the development sites 0.878 and 0.881 (scrapinghub),
0.951 and 0.953 (andythefactory), 0.955 and 0.959 (fundus_parsers), of another quarter of the sites 0.941 and 0.959, 0.914 and 0.924, 0.986
and 0.986; of l3s_gn1 and msv_chaos, which the shipped networks read, 0.973 and 0.974, 0.951 and 0.960. Teasers stay as they are.
"""

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.roles import Role

MIN_LINES, MIN_SIZE = 4, 500
"""Fewest lines of an article, and least size of them together, each as `decision.decide` counts it (140 at most): a shorter beginning
may be an opening in an element of its own."""

_BEGINS_ANOTHER = (Role.HEADLINE, Role.HEADER, Role.COMMENT)


def drop_following(roles: NDArray[np.int64], page: Page, sizes: NDArray[np.int64]) -> None:
    """Take lines out of the body that stand below its element, with a headline, a header or a comment between.

    The article's element is the smallest block that holds the body above that line.
    """
    body = np.flatnonzero(roles == Role.BODY)
    if len(body) <= MIN_LINES or not page.boxes:
        return
    marks = np.flatnonzero(np.isin(roles, _BEGINS_ANOTHER))
    above = body.searchsorted(marks)
    long = sizes[body].cumsum()[np.maximum(above - 1, 0)] >= MIN_SIZE
    boxes, box = page.boxes, _box(page, int(body[0]))
    for mark, lines in zip(marks[long].tolist(), above[long].tolist(), strict=True):
        if not MIN_LINES <= lines < len(body):
            continue
        while boxes.stops[box] <= body[lines - 1] and boxes.parents[box] != box:
            box = boxes.parents[box]
        if boxes.stops[box] <= mark:
            roles[body[lines:]] = Role.OTHER
            return


def _box(page: Page, place: int) -> int:
    markup = page.lines[place].markup
    return markup.box if markup else 0
