"""What a page's own address says that the page is about: publishers write the headline into it."""

import re
from urllib.parse import unquote, urlsplit

MAX_ADDRESS = 2000
"""So much of an address is looked at, in code points."""

MIN_WORDS = 3
"""Fewest words of a part of a path that names an article; sections have one or two."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"\.\w{2,5}$")
_KEY = re.compile(r"\d{5,}|(?=\D*\d)(?=\d*\D)\w{6,}")
"""A number of the publisher's own, or a mixture of letters and digits; a year is a word."""


def address_words(url: str | None) -> str:
    """Give the words of the part of a path that names the article, or an empty string where none does.

    `https://example.org/news/2024/floods-hit-the-coast-48151623.html` gives `floods hit the coast`.
    """
    try:
        path = unquote(urlsplit((url or "")[:MAX_ADDRESS]).path)
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return ""
    named = max(map(_words, path.split("/")), key=len)
    return " ".join(named) if len(named) >= MIN_WORDS else ""


def _words(part: str) -> list[str]:
    return [word for word in _WORD.findall(_UUID.sub("", _ENDING.sub("", part))) if not _KEY.fullmatch(word)]
