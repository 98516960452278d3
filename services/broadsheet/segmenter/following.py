"""What follows the article in elements of its own: other articles printed whole, comments as long as paragraphs.

Measured on sites that the networks had not seen, without and with the rule: bodies of the development sites 0.878 and 0.881 (scrapinghub),
0.951 and 0.951 (andythefactory), 0.955 and 0.959 (fundus_parsers), of another quarter of the sites 0.941 and 0.959, 0.914 and 0.918, 0.986
and 0.986; of l3s_gn1 and msv_chaos, which the shipped networks read, 0.973 and 0.974, 0.951 and 0.960. Teasers stay as they are. Of 23
pages that it changes two lose lines of their body; two whose sections have elements of their own are left alone.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import NO_MARKUP, Markup, Page
from broadsheet.segmenter.roles import Role

MIN_LINES, MIN_SIZE = 4, 500
"""Fewest lines of an article, and least size of them together, each as `decision.decide` counts it (140 at most): a shorter beginning
may be an opening in an element of its own."""

MOST_LOST = 0.5
"""What may be lost of a page whose title stands in one block with the article and with what follows it, as a share of what is kept: more
than that is the second part of an article cut in two. On the sites above one page, of two stories, keeps its second one for that."""

_BEGINS_ANOTHER = (Role.HEADLINE, Role.HEADER, Role.COMMENT)


def drop_following(roles: NDArray[np.int64], page: Page, sizes: NDArray[np.int64]) -> None:
    """Take lines out of the body that stand below its element, with a headline, a header or a comment between.

    The article's element is the smallest block that holds the body above that line. Where lines below stand in the same kind of place as
    lines above, the article goes on: its sections have elements of their own. What stands above the title ends no article.
    """
    body = np.flatnonzero(roles == Role.BODY)
    if len(body) <= MIN_LINES or not page.boxes:
        return
    title = int(np.append(np.flatnonzero(roles == Role.TITLE), -1)[0])
    marks = np.flatnonzero(np.isin(roles, _BEGINS_ANOTHER))
    marks = marks[marks > title]
    above = body.searchsorted(marks)
    long = sizes[body].cumsum()[np.maximum(above - 1, 0)] >= MIN_SIZE
    goes_on = _last_alike([_markup(page, place).place for place in body.tolist()])
    boxes, box = page.boxes, _markup(page, int(body[0])).box
    for mark, lines in zip(marks[long].tolist(), above[long].tolist(), strict=True):
        if not MIN_LINES <= lines < len(body):
            continue
        box = boxes.holding(box, int(body[lines - 1]))
        if boxes.stops[box] <= mark and goes_on[lines - 1] < lines:
            if not _is_second_part(page, title, body, lines):
                roles[body[lines:]] = Role.OTHER
            return


def _is_second_part(page: Page, title: int, body: NDArray[np.int64], lines: int) -> bool:
    """Tell whether much of the body would be lost after some lines of it, all in the block that holds the title and its beginning."""
    if not 0 <= title < body[0]:
        return False
    box = page.boxes.holding(_markup(page, title).box, int(body[0]))
    lengths = [len(page.lines[place].text) for place in body.tolist()]
    return body[lines] < page.boxes.stops[box] and sum(lengths[lines:]) > MOST_LOST * sum(lengths[:lines])


def _markup(page: Page, place: int) -> Markup:
    return page.lines[place].markup or NO_MARKUP


def _last_alike(places: Sequence[int]) -> list[int]:
    """Give, for every line, the number of the last line whose place is that of this one or of one above it."""
    last = {place: number for number, place in enumerate(places)}
    return list(accumulate((last[place] for place in places), max))
