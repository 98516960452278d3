"""What a start tag of HTML says by itself, wherever on a page it stands."""

import re
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.segmenter.class_words import groups_of
from broadsheet.segmenter.html_tags import BLOCKS, LANDMARKS, ROLES, unescape

_NAMES = re.compile(r' (?:class|id)="([^"]*)"')
_HREF = re.compile(r' href="([^"]*)"')
_ROLE = re.compile(r' role="([^"]*)"')
_HIDING = re.compile(r'(?: hidden="| style="[^"]*(?:display\s*:\s*none|visibility\s*:\s*hidden))', re.IGNORECASE)

MAX_KEPT = 300
"""Longest tag that is kept once read, in code points, so that the cache stays small whatever pages bring."""


@dataclass(slots=True)
class StartTag:
    """A start tag as read. Never changed once made: not frozen, because that doubles the time to make it.

    Attributes:
        name: the element, lower case.
        block: the same where it is a block, which begins a line of its own; else empty.
        hides: whether nothing inside is shown.
        landmark: the landmark that it is, a bit of `html_tags.LANDMARKS`, or 0.
        words: what its class and id names speak of, bits of `class_words.GROUPS`.
        kind: a number that tags have in common when element, class and id are the same.
    """

    name: str = ""
    block: str = ""
    hides: bool = False
    landmark: int = 0
    words: int = 0
    kind: int = 0


def read_start_tag(written: str) -> StartTag:
    """Read a tag as it stands between its angle brackets in what a serialiser wrote; two of three were read before."""
    return _read_once(written) if len(written) <= MAX_KEPT else _read(written)


def cut_target(written: str) -> tuple[str | None, str]:
    """Give where a link leads, None when nowhere, and its tag without that, which many links have in common."""
    found = _HREF.search(written)
    if found is None:
        return None, written
    target = found[1]
    rest = written if " " in target else written[: found.start(1)] + written[found.end(1) :]
    return (unescape(target) if "&" in target else target) or None, rest


def _read(written: str) -> StartTag:
    name, _, attributes = written.partition(" ")
    names = " ".join(_NAMES.findall(written)) if attributes else ""
    return StartTag(
        name=name,
        block=name if name in BLOCKS else "",
        hides=attributes != "" and _HIDING.search(written) is not None,
        landmark=LANDMARKS.get(_landmark(name, written), 0),
        words=groups_of(names) if names else 0,
        kind=hash((name, names)),
    )


_read_once = lru_cache(maxsize=8192)(_read)


def _landmark(name: str, written: str) -> str:
    """Give the landmark element that an element is, by its ARIA role where it has one."""
    role = _ROLE.search(written) if " role=" in written else None
    return ROLES.get(role[1], name) if role else name
