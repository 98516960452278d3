"""Lines around and inside an article that say what they are: dates, labels of adverts, notices of copyright, self-named teasers.

Measured on the lines between the first and the last one of the gold bodies of the training corpora: 241 of 243 labels are not
part of them. Of 108 self-named teasers 41 are, and are teasers nevertheless: the corpora's guide marks them as such. Of 27 notices
down to eight lines below the body one is part of it, of 63 on l3s_gn1 4. Of 29 dates, with or without a name, that networks took for
body on sites they had not seen, none was. Of 239 marked lines that say nothing but "Related", "Read more" and the like none is a kicker.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.meta_line import read_meta_line
from broadsheet.segmenter.roles import Role

MAX_LABEL, MAX_NOTICE, MAX_TEASER, MAX_LEAD = 50, 400, 200, 30
"""Longest label, notice, teaser and beginning of a teaser, in code points: most lines need no closer look."""

MIN_HEADLINE = 8
"""Shortest headline behind such a beginning, in code points."""

_LEAD = (
    r"(?:read (?:more|also|next|our)|see also|also read|related|recommended|more (?:on|from|about)|watch|listen|icymi|don.t miss"
    r"|mehr zum thema|lesen sie (?:auch|mehr)|siehe auch|lea también|lee también|leia (?:também|mais)|veja também|à lire|lire aussi"
    r"|voir aussi|leggi anche|lees ook|les også|läs (?:också|mer)|baca juga|czytaj (?:też|także|również)|читайте также|関連記事)"
)
_LEAD_ALONE = re.compile(rf"\W*(?!watch|listen){_LEAD}\W*", re.IGNORECASE)
LEAD_IN = re.compile(rf"{_LEAD}(?!\w)", re.IGNORECASE)
"""How a line begins that may lead to another item: a sentence of the article may begin so too."""

_SIGNS = frozenset(":：|")  # noqa: RUF001 - the colon of East Asian text
_NAMED = re.compile(rf"[\s»›>•·*▶►→-]*(?:{_LEAD}|(?-i:MORE))\s*[{''.join(_SIGNS)}]\s*", re.IGNORECASE)  # noqa: RUF001 - marks before links
_SENTENCE_ENDS = (".", '."', ".”", ".'", ".’", "。")  # noqa: RUF001 - closing marks as pages print them
_ADVERT = re.compile(
    r"\W*(?:advertisement|ad|(?:article|story) continues (?:below|after)(?: this)?(?: ad(?:vertisement)?)?"
    r"|continue reading(?: below)?|scroll (?:down )?(?:for video|to continue)|skip (?:ad|advertisement)|read more|show more"
    r"|werbung|anzeige|mehr anzeigen|publicidad|publicité|pubblicità|publicidade|реклама|iklan|reklame|reklam|advertentie|annonse"
    r"|vis mer|広告|광고|广告)\W*",
    re.IGNORECASE,
)
_RIGHTS = (
    "all rights reserved",
    "material may not be published",
    "material may not be reproduced",
    "content may not be reproduced",
    "may not be published, broadcast",
    "document is subject to copyright",
    "no part may be reproduced without the written permission",
    "unauthorized use is prohibited",
    "unauthorised use is prohibited",
    "unauthorized reproduction is prohibited",
    "alle rechte vorbehalten",
    "todos los derechos reservados",
    "todos os direitos reservados",
    "tous droits réservés",
    "tutti i diritti riservati",
    "hak cipta dilindungi undang-undang",
    "все права защищены",
    "版权所有",
    "版權所有",
    "無断転載を禁じます",
    "無断転載禁止",
    "무단 전재 및 재배포 금지",
    "무단전재 및 재배포 금지",
)
"""What a notice of copyright says, in lower case, before a sign or the end. As one pattern it takes twenty times as long to look for."""


def mend_interruptions(roles: NDArray[np.int64], lines: Sequence[Line]) -> None:
    """Take dates, labels of adverts and notices of copyright out of the body, and make teasers that name themselves headlines.

    What only leads in to an item is no kicker.
    """
    for place in np.flatnonzero(roles == Role.KICKER).tolist():
        if len(lines[place].text) <= MAX_LEAD and _LEAD_ALONE.fullmatch(lines[place].text):
            roles[place] = Role.META
    for place in np.flatnonzero(roles == Role.BODY).tolist():
        text = lines[place].text
        if len(text) <= MAX_LABEL and (_ADVERT.fullmatch(text) or _is_dated(text)):
            roles[place] = Role.OTHER
        elif len(text) <= MAX_TEASER and _names_itself(text):
            roles[place] = Role.HEADLINE
        elif len(text) <= MAX_NOTICE and _reserves_rights(text):
            roles[place] = Role.OTHER


def _is_dated(text: str) -> bool:
    labels = read_meta_line(text)
    return labels is not None and labels.date is not None


def _reserves_rights(text: str) -> bool:
    lower = text.lower()
    return any(words in lower and not lower.partition(words)[2].lstrip()[:1].isalpha() for words in _RIGHTS)


def _names_itself(text: str) -> bool:
    """Tell whether a line says to be a teaser and then gives a headline: no sentence, which may begin so too."""
    named = None if _SIGNS.isdisjoint(text[:MAX_LEAD]) else _NAMED.match(text)
    headline = text[named.end() :] if named else ""
    return len(headline) >= MIN_HEADLINE and not headline[0].islower() and not headline.endswith(_SENTENCE_ENDS)
