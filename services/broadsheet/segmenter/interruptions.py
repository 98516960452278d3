"""Short lines that interrupt an article and say what they are: labels of adverts, and teasers that name themselves.

Measured on the lines between the first and the last one of the gold bodies of the training corpora: 241 of 243 labels are not
part of them. Of 111 self-named teasers 45 are, and are teasers nevertheless: the corpora's guide marks them as such.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.roles import Role

MAX_LABEL, MAX_TEASER, MAX_LEAD = 50, 200, 30
"""Longest label of an advert, teaser and beginning of a teaser, in code points: most lines need no closer look."""

_LEAD = (
    r"(?:read (?:more|also|next|our)|see also|also read|related|recommended|more (?:on|from|about)|watch|listen|icymi|don.t miss"
    r"|mehr zum thema|lesen sie (?:auch|mehr)|siehe auch|lea también|lee también|leia (?:também|mais)|veja também|à lire|lire aussi"
    r"|voir aussi|leggi anche|lees ook|les også|läs (?:också|mer)|baca juga|czytaj (?:też|także|również)|читайте также|関連記事)"
)
LEAD_IN = re.compile(rf"{_LEAD}(?!\w)", re.IGNORECASE)
"""How a line begins that may lead to another item: a sentence of the article may begin so too."""

_SIGNS = frozenset(":：|»–—")  # noqa: RUF001 - the colon of East Asian text
_NAMED = re.compile(rf"\W*{_LEAD}\s*[{''.join(_SIGNS)}]\s*\w+\W+\w", re.IGNORECASE)
_ADVERT = re.compile(
    r"\W*(?:advertisement|advertising|ad|(?:article|story) continues (?:below|after)(?: this)?(?: ad(?:vertisement)?)?"
    r"|continue reading(?: below)?|scroll (?:down )?(?:for video|to continue)|skip (?:ad|advertisement)|read more|show more"
    r"|werbung|anzeige|mehr anzeigen|publicidad|publicité|pubblicità|publicidade|реклама|iklan|reklame|reklam|advertentie|annonse"
    r"|vis mer|広告|광고|广告)\W*",
    re.IGNORECASE,
)


def mend_interruptions(roles: NDArray[np.int64], lines: Sequence[Line]) -> None:
    """Take labels of adverts out of the body, and make teasers that name themselves headlines: `READ MORE: Ferry is back`."""
    for place in np.flatnonzero(roles == Role.BODY).tolist():
        text = lines[place].text
        if len(text) <= MAX_LABEL and _ADVERT.fullmatch(text):
            roles[place] = Role.OTHER
        elif len(text) <= MAX_TEASER and not _SIGNS.isdisjoint(text[:MAX_LEAD]) and _NAMED.match(text):
            roles[place] = Role.HEADLINE
