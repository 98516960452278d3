"""What a start tag of HTML says by itself, wherever on a page it stands."""

import re
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.segmenter.class_words import MAX_NAMES, groups_of
from broadsheet.segmenter.html_tags import BLOCKS, GAPPED, LANDMARKS, PICTURES, ROLES, STRONG, VOID, unescape

_NAMES = re.compile(r' (?:class|id)="([^"]*)"')
_ROLE = re.compile(r' role="([^"]*)"')
_HIDING = re.compile(r'(?: hidden="| style="[^"]*(?:display\s*:\s*none|visibility\s*:\s*hidden))', re.IGNORECASE)

MAX_KNOWN, MAX_KEPT = 8192, 300
"""How many tags are kept once read, and the longest of them in code points: 3 MB at most, whatever pages bring."""


@dataclass(slots=True, eq=False)
class StartTag:
    """A start tag as read. Never changed once made: not frozen, because that doubles the time to make it.

    Attributes:
        name: the element, lower case; empty for what is no element, such as a comment.
        void: whether nothing can be inside.
        block: its name where it is a block, which begins a line of its own; else empty.
        gapped: whether it is a block with a gap above and below.
        picture: whether it is a picture.
        strong: whether its text is bold or emphasised.
        hides: whether nothing inside is shown.
        landmark: the landmark that it is, a bit of `html_tags.LANDMARKS`, or 0.
        words: what its class and id names speak of, bits of `class_words.GROUPS`.
        kind: a number that blocks have in common when element, class and id are the same.
    """

    name: str = ""
    void: bool = False
    block: str = ""
    gapped: bool = False
    picture: bool = False
    strong: bool = False
    hides: bool = False
    landmark: int = 0
    words: int = 0
    kind: int = 0


KNOWN: dict[str, StartTag] = {}
"""Tags read before, as written, links without their targets. Whoever reads a tag looks here first: two of three are there."""

LINK = ("a ", "a")
"""What the first two characters of a link's tag are."""

_NO_ELEMENT = StartTag(void=True)


def read_start_tag(written: str) -> StartTag:
    """Read a tag that is not known, as it stands between its angle brackets in what a serialiser wrote.

    Nothing is kept of void elements, whose attributes say nothing, nor of what is no element, such as a comment.
    """
    name, _, attributes = written.partition(" ")
    if name in VOID:
        return _tag(name)
    if written.startswith(("!", "?")):
        return _NO_ELEMENT
    tag = _read(name, written) if attributes else _tag(name, landmark=LANDMARKS.get(name, 0))
    if len(written) <= MAX_KEPT:
        if len(KNOWN) >= MAX_KNOWN:
            KNOWN.clear()
        KNOWN[written] = tag
    return tag


def read_link(written: str) -> tuple[str | None, StartTag]:
    """Give where a link leads, None when nowhere, and its tag; without the target, many links have one in common."""
    before, href, after = written.partition(' href="')
    target, quote, rest = after.partition('"')
    if not quote:
        return None, KNOWN.get(written) or read_start_tag(written)
    bare = written if " " in target else f'{before}{href}"{rest}'
    tag = KNOWN.get(bare) or read_start_tag(bare)
    return (unescape(target) if "&" in target else target) or None, tag


def _read(name: str, written: str) -> StartTag:
    values = _NAMES.findall(written)
    names = " ".join(values)
    role = _ROLE.search(written) if " role=" in written else None
    words = 0
    for value in values if len(names) <= MAX_NAMES else (names,):
        words |= groups_of(value)
    return _tag(
        name,
        names if name in BLOCKS else "",
        words,
        LANDMARKS.get(ROLES.get(role[1], name) if role else name, 0),
        (" style=" in written or " hidden=" in written) and _HIDING.search(written) is not None,
    )


@lru_cache(maxsize=MAX_KNOWN)
def _tag(name: str, names: str = "", words: int = 0, landmark: int = 0, hides: bool = False) -> StartTag:  # noqa: FBT001, FBT002 - by name, the cache takes twice as long
    """Give the one tag of this meaning. Of names, those of blocks alone mean more than their words."""
    return StartTag(
        name=name,
        void=name in VOID,
        block=name if name in BLOCKS else "",
        gapped=name in GAPPED,
        picture=name in PICTURES,
        strong=name in STRONG,
        hides=hides,
        landmark=landmark,
        words=words,
        kind=hash((name, names)),
    )
