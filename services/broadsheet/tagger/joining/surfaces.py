"""What of a mention's surface is its name: without possessive, quotes and line breaks."""

import re

_POSSESSIVE = re.compile("(?:['\u2019\u02bc\u2018`]\\s?[sS]|(?<=[sS])['\u2019])$")
_ROUND = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb\u201e,;:!?()[]{}<> \t\r\n\u2014\u2013-"
"""Signs round a name that are no part of it. A dot stays: "Jr.", "U.S.", "Corp."."""


def name_in(surface: str) -> str:
    """Give the name in a surface on one line; the surface itself where nothing else is left.

    >>> name_in("Zelensky\u2019s")
    'Zelensky'
    """
    line = " ".join(surface.split())
    name = _POSSESSIVE.sub("", line.strip(_ROUND)).strip(_ROUND)
    return name or line or surface


def without_article(name: str) -> str:
    """Give a name without a leading "the", where more is left."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() == "the" else name


def is_shouted(name: str) -> bool:
    """Tell whether a name of several letters is in capitals alone, as headlines print some."""
    return name.isupper() and sum(letter.isalpha() for letter in name) > 1
