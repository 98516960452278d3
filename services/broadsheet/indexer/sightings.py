"""Which teasers a page shows, as the index of teasers counts them: a pure function of the event."""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from broadsheet.indexer.documents import teaser_number
from broadsheet.indexer.languages import text_field
from broadsheet_schemas.enriched import EnrichedDocument, Entity
from broadsheet_schemas.segmented import Teaser

DIGEST_DIGITS = 15
"""Hexadecimal digits of a page's digest: 60 bits, so that two of a teaser's pages share one once in a trillion."""

FIRST_MOMENT, LAST_MOMENT = "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One teaser on one page at one time.

    Attributes:
        key: the id of the teaser's entry.
        data: what `merge.painless` adds to the entry, as one line of JSON (UTF-8).
    """

    key: str
    data: bytes


def sightings(document: EnrichedDocument) -> tuple[Sighting, ...]:
    """Give each teaser of a page, once."""
    if not document.teasers:
        return ()
    page = _page(document)
    found = [
        Sighting(teaser_key(teaser), orjson.dumps(_seen(teaser, entities, document, page)))
        for teaser, entities in zip(document.teasers, _named(document), strict=True)
    ]
    return tuple(dict.fromkeys(found))


def teaser_key(teaser: Teaser) -> str:
    """Give the id of a teaser's entry: a digest of its folded headline and of the URL that it leads to, when known."""
    return hashlib.sha256(f"{folded(teaser.headline.text)}\n{teaser.url or ''}".encode()).hexdigest()


def folded(headline: str) -> str:
    """Give a headline without what two pages print differently: case, punctuation, kinds of quotes and spaces."""
    words = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", headline).casefold()).strip()
    return words or headline


def _seen(teaser: Teaser, entities: dict[str, Any], document: EnrichedDocument, page: dict[str, Any]) -> dict[str, Any]:
    """Give one sighting in the form of several: `teaser_groups.merged` makes one of many in the same form."""
    said = _said(teaser, document.language.code)
    digest = hashlib.sha256(orjson.dumps(said)).hexdigest()[:DIGEST_DIGITS]
    return {**page, "rank": f"{page['last_seen']} {digest}", "said": said, "entities": entities}


def _said(teaser: Teaser, language: str) -> dict[str, Any]:
    """Give what the teaser says. The entry keeps what was seen last; at one and the same time, that of the higher digest."""
    field = text_field(language)
    published = teaser.published.date if teaser.published else None
    return {
        "headline": {field: teaser.headline.text},
        "kicker": teaser.kicker.text if teaser.kicker else None,
        "summary": {field: teaser.summary.text} if teaser.summary else {},
        "byline": teaser.byline.text if teaser.byline else None,
        "published_on": published.isoformat() if published else None,
        "url": teaser.url,
        "language": language,
    }


def _page(document: EnrichedDocument) -> dict[str, Any]:
    """Give the page as a sighting names it: one text, which the script need not take apart, and what the entry unites."""
    moment, domain = _moment(document.fetched_at or document.received_at), document.source.domain
    digest = hashlib.sha256(document.document_id.encode()).hexdigest()[:DIGEST_DIGITS]
    page = orjson.dumps([document.document_id, domain]).decode()
    return {
        "pages": [f"{digest} {moment} {moment} {page}"],
        "domains": [domain] if domain is not None else [],
        "first_seen": moment,
        "last_seen": moment,
    }


def _named(document: EnrichedDocument) -> Iterator[dict[str, Any]]:
    """Give for each teaser what it mentions: ids, full names by type, and every form by type."""
    mentioned: list[list[tuple[Entity, str]]] = [[] for _ in document.teasers]
    for entity in document.entities:
        for mention in entity.mentions:
            number = teaser_number(mention)
            if number is not None and number < len(mentioned):
                mentioned[number].append((entity, mention.text))
    return map(_entities, mentioned)


def _entities(mentioned: list[tuple[Entity, str]]) -> dict[str, Any]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    surfaces: defaultdict[str, set[str]] = defaultdict(set)
    for entity, text in mentioned:
        names[entity.type].add(entity.name)
        surfaces[entity.type] |= {entity.name, text}
    return {
        "id": sorted({entity.id for entity, _ in mentioned}),
        "name": {kind: sorted(found) for kind, found in names.items()},
        "surface": {kind: sorted(found) for kind, found in surfaces.items()},
    }


def _moment(moment: datetime) -> str:
    """Write a moment in UTC to the millisecond, always as long, so that the order of the texts is that of the moments."""
    try:
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    except OverflowError:
        return LAST_MOMENT if moment.year > 1 else FIRST_MOMENT
