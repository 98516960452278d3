"""Sentences of a text, as far as made lines need them."""

import re
from itertools import pairwise

_BETWEEN = re.compile(r"(?<=[.!?])\s+(?=[\"“„«A-ZÀ-ÞА-Я])|(?<=[。！？])\s*(?=[^\s」』”’)])")  # noqa: RUF001 - marks of other scripts
"""White space before a capital, or a final mark of scripts that have no spaces: neither 3.5 nor U.S. is cut inside, Mr. Smith is."""


def sentences(text: str) -> list[str]:
    """Give the sentences, each with the white space behind it, so that together they are the text."""
    starts = [0, *(between.end() for between in _BETWEEN.finditer(text)), len(text)]
    return [text[start:stop] for start, stop in pairwise(starts)]
