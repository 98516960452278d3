"""A document as the index holds it, read back into its parts, with what its entities mark in them. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import Field

from broadsheet.indexer.documents import Source, text_of
from broadsheet.indexer.found import Found
from broadsheet.indexer.layout import BETWEEN_BLOCKS
from broadsheet_schemas.enriched import EntityType
from broadsheet_schemas.segmented import BlockKind, RestKind

TEASER_TEXTS = ("headline", "kicker", "summary", "byline")


class Mark(NamedTuple):
    """Where an entity stands in a text.

    Attributes:
        start: first code point.
        end: code point after the last.
        type: what the entity is.
        name: its fullest name.
    """

    start: int
    end: int
    type: EntityType
    name: str


class MarkedText(Found):
    """A text and the entities in it."""

    text: str = Field(description="The text.")
    marks: tuple[Mark, ...] = Field(default=(), description="Its entities, in order; none overlaps another.")


class StoredBlock(MarkedText):
    """A block of the article."""

    kind: BlockKind = Field(description="What the block is.")


class StoredTeaser(Found):
    """A teaser."""

    headline: MarkedText
    kicker: MarkedText | None
    summary: MarkedText | None
    byline: MarkedText | None
    published: str | None = Field(description="Its date, as shown.")
    published_on: dt.date | None = Field(description="The day that means.")
    url: str | None = Field(description="Where it leads.")


class StoredRest(Found):
    """A stretch of the page that is neither article nor teaser."""

    kind: RestKind
    text: str


class StoredDocument(Found):
    """A document of the index."""

    id: str
    revision: str
    title: MarkedText | None
    blocks: tuple[StoredBlock, ...]
    teasers: tuple[StoredTeaser, ...]
    rest: tuple[StoredRest, ...]
    url: str | None
    domain: str | None
    language: str
    published_on: dt.date | None
    authors: tuple[str, ...]
    no_article: str | None


def read_document(source: Source) -> StoredDocument:
    """Read what `search.get_document` gives."""
    marks = _marks(source["entities"])
    title = text_of(source["title"])
    plain = {name: source.get(name) for name in StoredDocument.model_fields if name not in _MADE}
    return StoredDocument(
        **plain,
        id=source["document_id"],
        title=_marked(title, marks.get("title", ())),
        blocks=tuple(_blocks(text_of(source["body"]) or "", source["blocks"], marks.get("body", ()))),
        teasers=tuple(_teaser(teaser, f"teasers.{number}", marks) for number, teaser in enumerate(source["teasers"])),
    )


_MADE = ("id", "title", "blocks", "teasers")


def _marks(entities: Mapping[str, Any]) -> dict[str, list[Mark]]:
    """Give the marks of every field, in order."""
    found: dict[str, list[Mark]] = {}
    for part in ("body", "teasers"):
        for entity in entities[part]["listed"]:
            for field, places in entity["places"].items():
                found.setdefault(field, []).extend(
                    Mark(start, end, entity["type"], entity["name"]) for start, end in places
                )
    return {field: list(_apart(marks)) for field, marks in found.items()}


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """Of marks that overlap keep the one that begins first, of those the longest."""
    done = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.type, mark.name)):
        if mark.start >= done:
            yield mark
            done = mark.end


def _blocks(body: str, kinds: Sequence[Sequence[Any]], marks: Sequence[Mark]) -> Iterator[StoredBlock]:
    start, waiting = 0, list(reversed(marks))
    for kind, length in kinds:
        end = start + length
        inside: list[Mark] = []
        while waiting and waiting[-1].end <= end:
            inside.append(_moved(waiting.pop(), start))
        yield StoredBlock(kind=kind, text=body[start:end], marks=tuple(inside))
        start = end + len(BETWEEN_BLOCKS)


def _moved(mark: Mark, start: int) -> Mark:
    return mark._replace(start=mark.start - start, end=mark.end - start)


def _teaser(teaser: Mapping[str, Any], path: str, marks: Mapping[str, Sequence[Mark]]) -> StoredTeaser:
    texts = {name: _text(teaser[name]) for name in TEASER_TEXTS}
    marked = {name: _marked(text, marks.get(f"{path}.{name}", ())) for name, text in texts.items()}
    return StoredTeaser(
        **marked | {name: teaser[name] for name in ("published", "published_on", "url")},
    )


def _text(field: Any) -> str | None:
    return field if isinstance(field, str) else text_of(field)


def _marked(text: str | None, marks: Sequence[Mark]) -> MarkedText | None:
    return None if text is None else MarkedText(text=text, marks=tuple(marks))
