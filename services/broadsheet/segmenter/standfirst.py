"""The standfirst of an article: the sentence or two between its title and its first paragraph, which are part of it.

Plain text shows them as it shows captions, bylines and what a site says of itself, and gold bodies leave them out now and then, so a
network gives them a small chance. Measured on half of the sites, by networks that had not seen them: of the 41 lines that this makes
body 28 stand in the gold, and 9 of the others are standfirsts too. Body F1 without it and with it: andythefactory 0.936 and 0.938,
fundus_parsers 0.944 and 0.946, fundus_eval 0.980 and 0.984, a page of scrapinghub is lost; the others are alike. On HTML it gains
nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.captions import has_credit
from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.meta_line import read_meta_line
from broadsheet.segmenter.meta_parts import has_lead_in
from broadsheet.segmenter.roles import Role

LEAST = 0.2
"""Chance of being body from which a line below the title is part of the standfirst."""

SHORTEST = 45
"""Shortest line of one, in code points; an ideograph counts as several."""

MOST = 4
"""Most lines of a standfirst, as where it is a list of highlights."""

NEAR = 30
"""Lines below the title within which the article begins; where it does not, the title stands above something else."""

_FINAL = (".", "!", "?", "。")


def mend_standfirst(
    roles: NDArray[np.int64], chances: NDArray[np.float32], lines: Sequence[Line], sizes: NDArray[np.int64]
) -> None:
    """Make the lines of a standfirst part of the body.

    Args:
        roles: the role of each line; changed.
        chances: the chance of each line's roles, (lines, roles).
        lines: the page's lines.
        sizes: size of each line in code points.
    """
    titles = np.flatnonzero(roles == Role.TITLE)
    below = titles[0] + 1 if len(titles) else 0
    body = np.flatnonzero(roles[below : below + NEAR] == Role.BODY)
    if not len(titles) or not len(body):
        return
    for place in range(below, below + min(MOST, int(body[0]))):
        likely = roles[place] == Role.OTHER and chances[place, Role.BODY] >= LEAST and sizes[place] >= SHORTEST
        if not likely or not _speaks(lines[place].text):
            return
        roles[place] = Role.BODY


def _speaks(text: str) -> bool:
    """Tell whether a line is none of bylines, other labels and credits. A sentence may begin as a byline does, and has an end."""
    if has_credit(text) or (has_lead_in(text, (0, len(text))) and not text.endswith(_FINAL)):
        return False
    return read_meta_line(text) is None
