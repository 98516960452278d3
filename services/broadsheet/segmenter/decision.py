"""From probabilities to roles: the likeliest of each line, and what must hold of the page as a whole."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.body_lean import lean_to_body
from broadsheet.segmenter.captions import mend_captions
from broadsheet.segmenter.following import drop_following
from broadsheet.segmenter.insets import mend_insets
from broadsheet.segmenter.interruptions import mend_interruptions
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.model import Probabilities
from broadsheet.segmenter.roles import TEASER_ROLES, Role
from broadsheet.segmenter.standfirst import mend_standfirst
from broadsheet.segmenter.subheads import mend_last_section, mend_subheads

MIN_TITLE = 0.5
"""Least probability of a title; below, the page more likely shows none."""

MIN_ARTICLE_TITLE = 0.2
"""The same on a page with an article, where the chance is spread over lines that look alike. A page without an article has headlines
of others alone, and its first one is soon taken for a title.

On HTML nothing changes on the development sites and on msv_chaos; of 290 titles of l3s_gn1, whose heads often name the site
alone, 255 are right for 245 (the networks of that day).
"""

NEARLY = 1.0
"""Plain text: of the lines whose scores lie so near to the best, the first is the title; what follows are subheads and captions.

Measured on the development sites, of 231 pages that show a title: 210 right without both, 214 with them; on HTML 93 and 92 of 95, so
it is not done there. Of pages whose title was taken away, 61 in 100 have another line taken for it instead of 52.
"""

MIN_BODY = 140
"""Fewest code points of a body; what is shorter is a summary or a notice. An ideograph counts as `IDEOGRAPH` letters."""

LEAN = 2.2
"""What the roles of teasers are weighed by on HTML pages, where the network leans to "other" on short plain lists.

Measured on the development sites, without it and with it: item F1 0.857 and 0.852 on the pages marked with the corpora, 0.904
and 0.904 on those marked here, recall higher by 0.003 and 0.010. On plain text it gains nothing.
"""

SURE_ALONE = 2 / 3
"""Chance of being a headline from which the only one of a page is believed.

Measured on the development sites, without it and with it: of the pages without teasers, 27 and 29 of 34 from plain text are left
empty, 12 and 13 of 14 on HTML, and of 2,118 items 2 are lost.
"""

IDEOGRAPH = 3
_IDEOGRAPHS = re.compile("[\u2e80-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Decision:
    """What each line is taken to be.

    Attributes:
        roles: the role of each line.
        begins: probability that a line begins a teaser, (lines,).
    """

    roles: tuple[Role, ...]
    begins: NDArray[np.float32]


def decide(probabilities: Probabilities, page: Page) -> Decision:
    """Give each line its most probable role, with what must hold for the page as a whole.

    Args:
        probabilities: what the model says.
        page: the page, of one line at least.
    """
    lines = page.lines
    chances = probabilities.roles.copy()
    sizes = np.fromiter((_size(line.text) for line in lines), np.int64, len(lines))
    lean_to_body(chances, sizes)
    plain = lines[0].markup is None
    if not plain:
        chances[:, sorted(TEASER_ROLES)] *= LEAN
    chances[:, Role.TITLE] = 0
    roles = chances.argmax(axis=1)
    _dissolve_short(roles, chances, sizes)
    least = MIN_ARTICLE_TITLE if (roles == Role.BODY).any() else MIN_TITLE
    title = _title(probabilities, least, nearly=NEARLY if plain else 0.0)
    if title is not None:
        roles[title] = Role.TITLE
    _mend_lone_headline(roles, chances, probabilities)
    _mend_orphans(roles, chances)
    mend_subheads(roles, lines)
    mend_interruptions(roles, lines)
    mend_captions(roles, lines, sizes)
    if plain:
        mend_standfirst(roles, probabilities.roles, lines, sizes)
        mend_last_section(roles, probabilities.roles)
    else:
        mend_insets(roles, page)
        drop_following(roles, page, sizes)
    _dissolve_short(roles, chances, sizes)
    return Decision(tuple(_ROLES[role] for role in roles.tolist()), probabilities.begins)


def _title(probabilities: Probabilities, least: float, nearly: float) -> int | None:
    """Give the first line whose score as the title is nearly the best, None where the best has too small a chance."""
    if title_chance(probabilities) < least:
        return None
    scores = probabilities.title
    return int((scores >= scores.max() - nearly).argmax())


def _dissolve_short(roles: NDArray[np.int64], chances: NDArray[np.float32], sizes: NDArray[np.int64]) -> None:
    """Give the lines of a body of a few words their next best roles."""
    body = roles == Role.BODY
    if body.any() and sizes[body][:20].sum() < MIN_BODY:
        chances[:, Role.BODY] = 0
        roles[body] = chances[body].argmax(axis=1)


def _mend_lone_headline(roles: NDArray[np.int64], chances: NDArray[np.float32], probabilities: Probabilities) -> None:
    """Give the only headline of a page its next best role where its chance is small: lists have more than one."""
    headlines = np.flatnonzero(roles == _HEADLINE)
    if len(headlines) == 1 and probabilities.roles[headlines[0], _HEADLINE] < SURE_ALONE:
        chances[headlines, _HEADLINE] = 0
        roles[headlines] = chances[headlines].argmax(axis=1)


def _mend_orphans(roles: NDArray[np.int64], chances: NDArray[np.float32]) -> None:
    """Give summaries that no headline of their run stands above their next best role.

    Of 712 marked summaries 4 come before their headline. What looks like one at the end of an article, right above a list,
    is the article's last paragraph.
    """
    headed = False
    for place, role in enumerate(roles.tolist()):
        taken = role
        if role == _SUMMARY and not headed:
            chances[place, _SUMMARY] = 0
            taken = int(chances[place].argmax())
            roles[place] = taken
        headed = taken == _HEADLINE or (headed and taken in _OF_TEASERS)


def title_chance(probabilities: Probabilities) -> float:
    """Give the probability of the likeliest title, among all lines and having none (a softmax)."""
    scores = np.append(probabilities.title, 0.0).astype(np.float64)
    return float(np.exp(scores[:-1].max() - scores.max()) / np.exp(scores - scores.max()).sum())


_ROLES = tuple(Role)
_SUMMARY, _HEADLINE = int(Role.SUMMARY), int(Role.HEADLINE)  # plain numbers: comparing members costs 0.5 µs a line
_OF_TEASERS = frozenset(map(int, TEASER_ROLES))


def _size(text: str) -> int:
    start = text[:MIN_BODY]
    return len(start) if start.isascii() else len(start) + (IDEOGRAPH - 1) * len(_IDEOGRAPHS.findall(start))
