"""What a start tag of HTML says by itself, wherever on a page it stands."""

import re
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.segmenter.class_words import groups_of
from broadsheet.segmenter.html_tags import BLOCKS, GAPPED, LANDMARKS, PICTURES, ROLES, STRONG, unescape

_NAMES = re.compile(r' (?:class|id)="([^"]*)"')
_HREF = ' href="'
_ROLE = re.compile(r' role="([^"]*)"')
_HIDING = re.compile(r'(?: hidden="| style="[^"]*(?:display\s*:\s*none|visibility\s*:\s*hidden))', re.IGNORECASE)

MAX_KEPT = 300
"""Longest tag that is kept once read, in code points, so that the cache stays small whatever pages bring."""


@dataclass(slots=True, eq=False)
class StartTag:
    """A start tag as read. Never changed once made: not frozen, because that doubles the time to make it.

    Attributes:
        name: the element, lower case.
        block: the same where it is a block, which begins a line of its own; else empty.
        gapped: whether it is a block with a gap above and below.
        picture: whether it is a picture.
        strong: whether its text is bold or emphasised.
        hides: whether nothing inside is shown.
        landmark: the landmark that it is, a bit of `html_tags.LANDMARKS`, or 0.
        words: what its class and id names speak of, bits of `class_words.GROUPS`.
        kind: a number that blocks have in common when element, class and id are the same.
    """

    name: str = ""
    block: str = ""
    gapped: bool = False
    picture: bool = False
    strong: bool = False
    hides: bool = False
    landmark: int = 0
    words: int = 0
    kind: int = 0


def read_start_tag(written: str) -> StartTag:
    """Read a tag as it stands between its angle brackets in what a serialiser wrote; two of three were read before."""
    return _read_once(written) if len(written) <= MAX_KEPT else _read(written)


def cut_target(written: str) -> tuple[str | None, str]:
    """Give where a link leads, None when nowhere, and its tag without that, which many links have in common."""
    before, href, after = written.partition(_HREF)
    target, quote, rest = after.partition('"')
    if not quote:
        return None, written
    tag = written if " " in target else f'{before}{href}"{rest}'
    return (unescape(target) if "&" in target else target) or None, tag


def _read(written: str) -> StartTag:
    name, _, attributes = written.partition(" ")
    if not attributes:
        return _tag(name, "", 0, LANDMARKS.get(name, 0), False)
    names = " ".join(_NAMES.findall(written))
    landmark = LANDMARKS.get(_landmark(name, written), 0)
    return _tag(name, names if name in BLOCKS else "", groups_of(names) if names else 0, landmark, _hides(written))


_read_once = lru_cache(maxsize=8192)(_read)


@lru_cache(maxsize=8192)
def _tag(name: str, names: str, words: int, landmark: int, hides: bool) -> StartTag:
    """Give the one tag of this meaning: of names, those of blocks alone mean more than their words."""
    return StartTag(
        name=name,
        block=name if name in BLOCKS else "",
        gapped=name in GAPPED,
        picture=name in PICTURES,
        strong=name in STRONG,
        hides=hides,
        landmark=landmark,
        words=words,
        kind=hash((name, names)),
    )


def _hides(written: str) -> bool:
    """Tell whether an element hides what is in it. The pattern is slow, and few tags have any of its words."""
    lowered = written.lower()
    return ("hidden" in lowered or "none" in lowered) and _HIDING.search(written) is not None


def _landmark(name: str, written: str) -> str:
    """Give the landmark element that an element is, by its ARIA role where it has one."""
    role = _ROLE.search(written) if " role=" in written else None
    return ROLES.get(role[1], name) if role else name
