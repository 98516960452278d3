"""Numbers of where a link leads: an article's address has a long last part, a section's is short."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

MAX_TARGET = 400
"""So much of a target is looked at, in code points."""

_SLUG = re.compile(r"[a-z0-9](?:[-_][a-z0-9]+){3}", re.IGNORECASE)
_SLUG_MARKS = 3
"""Hyphens and underscores that a slug has at least."""

_NUMBER = re.compile(r"\d{4}(?:\d|(?<=/19\d\d)/|(?<=/20\d\d)/)")
"""Five digits, or a year between slashes; both begin with a digit, which is twice as fast to search for as a choice."""

_PLAIN = re.compile(
    r"(?:https?://([a-z0-9.:-]*)(?=[/?#]|$)|(?=/(?!/)))([^?#\t\r\n]*)(?:\?([^#\t\r\n]*))?(?:#[^\t\r\n]*)?",
    re.ASCII | re.IGNORECASE,
)
"""Host, path and query of most targets, as `urlsplit` gives them, in a fifth of the time; others take that."""


class Target(NamedTuple):
    """What is told of a target, each 0 to 2."""

    linked: float = 0.0
    slug: float = 0.0
    number: float = 0.0
    parts: float = 0.0
    foreign: float = 0.0
    inner: float = 0.0
    query: float = 0.0


@lru_cache(maxsize=4096)
def read_target(link: str, host: str) -> Target:
    """Give the numbers of a target, of which `MAX_TARGET` code points are given at most.

    Args:
        link: the target as written.
        host: host of the page itself, or an empty string.
    """
    if link.startswith(("#", "javascript:", "mailto:", "tel:")):
        return Target(linked=1.0, inner=1.0)
    try:
        netloc, path, query = _split(link)
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return Target(linked=1.0)
    last = path.rstrip("/").rpartition("/")[2]
    marks = last.count("-") + last.count("_")
    return Target(
        1.0,
        min(marks, 10) / 5 if marks >= _SLUG_MARKS and _SLUG.search(last) else 0.0,
        float(_NUMBER.search(link) is not None),
        min(path.count("/"), 6) / 3,
        float(bool(host and netloc) and not _related(netloc, host)),
        0.0,
        float(query != ""),
    )


def _split(link: str) -> tuple[str, str, str]:
    """Give host, path and query of a link."""
    plain = _PLAIN.fullmatch(link)
    if plain:
        return plain[1] or "", plain[2], plain[3] or ""
    address = urlsplit(link)
    return address.netloc, address.path, address.query


@lru_cache(maxsize=1024)
def _related(one: str, other: str) -> bool:
    """Tell whether two hosts look like parts of one site: they share their last two names."""
    return one.lower().split(".")[-2:] == other.split(".")[-2:]
