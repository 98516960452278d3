"""What the index holds of an enriched document: a pure function of the event, in the shape of `mapping.json`."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import orjson

from broadsheet.indexer.languages import text_field
from broadsheet.indexer.layout import Layout, Places, block_list, body_text, rest_list
from broadsheet.indexer.signatures import bands
from broadsheet.indexer.versions import Version
from broadsheet_schemas.enriched import EnrichedDocument, Entity, Mention
from broadsheet_schemas.segmented import Producer, Teaser
from broadsheet_schemas.spans import TextSpan

Source = dict[str, Any]
"""The source document of the index."""

Part = Literal["body", "teasers"]
"""The two parts of a page that are searched apart; the title belongs to the body."""

MAX_ID_BYTES = 512
"""OpenSearch refuses longer ids."""

HASHED_ID_PREFIX = "broadsheet-sha256:"


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


def index_id(document_id: str) -> str:
    """Give the id under which the index holds a document: its own, or a digest of it where it is too long.

    512 characters may be 2,048 bytes. An id that looks like such a digest is digested too, so that no two documents
    ever share an id.
    """
    encoded = document_id.encode()
    if len(encoded) <= MAX_ID_BYTES and not document_id.startswith(HASHED_ID_PREFIX):
        return document_id
    return HASHED_ID_PREFIX + hashlib.sha256(encoded).hexdigest()


def text_of(field: Mapping[str, str] | None) -> str | None:
    """Read a text of the source, which stands under its language (`{"en": "..."}`); None where there is none."""
    return next(iter(field.values()), None) if field else None


def index_source(document: EnrichedDocument) -> Source:
    """Give what the index stores of a document. The page's text is stored once, as its parts; never as a whole.

    Title, body, headlines and summaries stand under their language, which chooses how their words are analysed.
    """
    source = _said(document)
    version = version_of(document, fingerprint(source))
    source["fetched_at"] = _instant(document.fetched_at)
    source["received_at"] = _instant(document.received_at)
    source["version"] = {
        "order": version.order,
        "received": version.received,
        "fingerprint": version.fingerprint,
    }
    return source


def fingerprint(said: Mapping[str, Any]) -> str:
    """Digest what a page says (SHA-256, hexadecimal): everything but when it was fetched and received."""
    return hashlib.sha256(orjson.dumps(dict(said), option=orjson.OPT_SORT_KEYS)).hexdigest()


def version_of(document: EnrichedDocument, digest: str) -> Version:
    """Give the version of a document whose source has the fingerprint `digest`.

    Its order is the time of the fetch, or of receipt where that is unknown, in milliseconds since the epoch; the time
    of receipt and then the revision break ties (see `versions.Version`).
    """
    return Version(
        order=_milliseconds(document.fetched_at or document.received_at),
        received=_milliseconds(document.received_at),
        revision=document.revision,
        fingerprint=digest,
    )


def _said(document: EnrichedDocument) -> Source:
    field, layout, body = text_field(document.language.code), Layout(document), body_text(document)
    return {
        "document_id": document.document_id,
        "revision": document.revision,
        "title": {field: document.title.text} if document.title else {},
        "body": {field: body},
        "blocks": block_list(document),
        "rest": rest_list(document),
        "bands": bands(body),
        "language": document.language.code,
        "domain": document.source.domain,
        "url": document.source.canonical_url or document.source.url,
        "content_type": document.content_type,
        "published_on": document.published_on.isoformat() if document.published_on else None,
        "published_at": _instant(document.published_at),
        "authors": list(document.authors),
        "teasers": [
            _teaser(teaser, names, field) for teaser, names in zip(document.teasers, _named(document), strict=True)
        ],
        "entities": {
            "body": _entities(document.entities, "body", layout),
            "teasers": _entities(document.entities, "teasers", layout),
        },
        "confidence": document.confidence,
        "no_article": document.no_article,
        # Pairs, not keys: OpenSearch refuses a document with a key over 50,000 bytes, and these are the publisher's.
        "metadata": [{"name": name, "value": value} for name, value in document.metadata.items()],
        "segmenter": _producer(document.segmenter),
        "tagger": _producer(document.tagger),
    }


def _producer(producer: Producer) -> Source:
    return {"name": producer.name, "version": producer.version, "sha256": producer.sha256}


def _teaser(teaser: Teaser, names: Sequence[str], field: str) -> Source:
    published = teaser.published
    return {
        "headline": {field: teaser.headline.text},
        "kicker": _text(teaser.kicker),
        "summary": {field: teaser.summary.text} if teaser.summary else {},
        "byline": _text(teaser.byline),
        "published": _text(published),
        "published_on": published.date.isoformat() if published and published.date else None,
        "url": teaser.url,
        "names": list(names),
    }


def _named(document: EnrichedDocument) -> list[list[str]]:
    """Give for each teaser every name that it mentions, as written there and in full."""
    names: list[set[str]] = [set() for _ in document.teasers]
    for entity in document.entities:
        for mention in entity.mentions:
            number = teaser_number(mention)
            if number is not None and number < len(names):
                names[number] |= {entity.name, mention.text}
    return [sorted(found) for found in names]


def _entities(entities: Iterable[Entity], part: Part, layout: Layout) -> Source:
    """Give the entities that a part mentions: names to filter and to count by, by type, and a list to show."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    listed: list[Source] = []
    for entity in entities:
        mentions = [mention for mention in entity.mentions if _part(mention) == part]
        if mentions:
            names[entity.type].add(entity.name)
            spoken[entity.type] |= {entity.name, *(mention.text for mention in mentions)}
            listed.append(_listed(entity, len(mentions), layout.places(mentions)))
    return {
        "id": [entry["id"] for entry in listed],
        "country": sorted({entry["country"] for entry in listed if entry["country"]}),
        "name": {kind: sorted(found) for kind, found in names.items()},
        "surface": {kind: sorted(found) for kind, found in spoken.items()},
        "listed": listed,
    }


def _listed(entity: Entity, mentions: int, places: Places) -> Source:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "salience": entity.salience,
        "mentions": mentions,
        "places": places,
        "country": entity.country,
        "date": entity.date,
        "amount": entity.amount,
        "currency": entity.currency,
    }


def _part(mention: Mention) -> Part:
    return "teasers" if teaser_number(mention) is not None else "body"


def teaser_number(mention: Mention) -> int | None:
    """Tell which teaser a mention stands in, from 0, or None where it stands in title or body."""
    kind, _, number = mention.part.partition(":")
    return int(number) if kind == "teaser" else None


def _text(span: TextSpan | None) -> str | None:
    return span.text if span else None


def _instant(moment: datetime | None) -> str | None:
    """Write a moment in UTC (RFC 3339); one that UTC cannot hold (year 0 or 10000) as its nearest neighbour."""
    if moment is None:
        return None
    try:
        return moment.astimezone(UTC).isoformat()
    except OverflowError:
        return (LAST if moment.year > EPOCH.year else FIRST).isoformat()


def _milliseconds(moment: datetime) -> int:
    """Count milliseconds since the epoch, exactly (a float of seconds is not)."""
    return (moment - EPOCH) // MILLISECOND
