"""How a stored document is put together again to be shown: its blocks, its rest, and where its entities stand. Pure.

Offsets of an event count the page's text, which the index does not store; those made here count the stored field.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from broadsheet_schemas.enriched import EnrichedDocument, Mention
from broadsheet_schemas.segmented import Teaser

BETWEEN_BLOCKS = "\n"
"""What stands between two blocks in the stored body."""

Places = dict[str, list[list[int]]]
"""By field (`title`, `body`, `teasers.0.headline`): start and end (exclusive) of each mention, code points of the field."""


class Stretch(NamedTuple):
    """A stretch of the page that is stored in a field.

    Attributes:
        start: where it begins in the page.
        text: what it says.
        field: the field that holds it.
        offset: where it begins in the field.
    """

    start: int
    text: str
    field: str
    offset: int


def body_text(document: EnrichedDocument) -> str:
    """Give the body as it is stored: the blocks, one under the other."""
    return BETWEEN_BLOCKS.join(block.text for block in document.body)


def block_list(document: EnrichedDocument) -> list[list[Any]]:
    """Give kind and length (code points) of each block, with which the stored body is cut into blocks again."""
    return [[block.kind, len(block.text)] for block in document.body]


def rest_list(document: EnrichedDocument) -> list[dict[str, str]]:
    """Give kind and text of each stretch that is neither title, body nor teaser."""
    return [{"kind": span.kind, "text": document.text[span.start : span.end]} for span in document.rest]


class Layout:
    """Finds the places of mentions in the stored fields of one document.

    Args:
        document: the document.
    """

    def __init__(self, document: EnrichedDocument) -> None:
        found: defaultdict[str, list[Stretch]] = defaultdict(list)
        for part, stretch in _stretches(document):
            found[part].append(stretch)
        self._stretches = {part: sorted(stretches) for part, stretches in found.items()}

    def places(self, mentions: Iterable[Mention]) -> Places:
        """Give the places of mentions; one that does not stand within one field, as its text, has none."""
        places: Places = {}
        for mention in mentions:
            stretch = self._around(mention)
            if stretch is not None:
                start = stretch.offset + mention.start - stretch.start
                places.setdefault(stretch.field, []).append([start, start + len(mention.text)])
        return places

    def _around(self, mention: Mention) -> Stretch | None:
        stretches = self._stretches.get(mention.part, [])
        number = bisect_right(stretches, mention.start, key=lambda stretch: stretch.start) - 1
        if number < 0 or not mention.text:
            return None
        stretch = stretches[number]
        return stretch if stretch.text.startswith(mention.text, mention.start - stretch.start) else None


def _stretches(document: EnrichedDocument) -> Iterator[tuple[str, Stretch]]:
    title = document.title
    if title is not None and title.start is not None:
        yield "title", Stretch(title.start, title.text, "title", 0)
    offset = 0
    for block in document.body:
        yield "body", Stretch(block.start, block.text, "body", offset)
        offset += len(block.text) + len(BETWEEN_BLOCKS)
    for number, teaser in enumerate(document.teasers):
        yield from ((f"teaser:{number}", stretch) for stretch in _of_teaser(teaser, f"teasers.{number}"))


def _of_teaser(teaser: Teaser, path: str) -> Iterator[Stretch]:
    for name in ("headline", "kicker", "summary", "byline"):
        span = getattr(teaser, name)
        if span is not None:
            yield Stretch(span.start, span.text, f"{path}.{name}", 0)
