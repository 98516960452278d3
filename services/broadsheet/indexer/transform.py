"""The pure part of the stage: an event of `documents.enriched` becomes a draft, all that a bulk request needs of it."""

from dataclasses import dataclass
from typing import Self

import orjson

from broadsheet.indexer.documents import index_id, index_source
from broadsheet.indexer.sightings import Sighting, sightings
from broadsheet.indexer.versions import Version
from broadsheet.runtime.events import read_event
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.topics import ENRICHED


@dataclass(frozen=True, slots=True)
class Draft:
    """A document on its way into the index.

    It travels from the worker process as lines of JSON: what deciding needs, then the source and each sighting, which the
    event loop never parses: they go into bulk requests as they are.

    Attributes:
        id: the id in the index.
        version: which state of the document it is.
        moments: `fetched_at` and `received_at` as in the source, for a write of the version alone.
        source: the source document as one line of JSON (UTF-8).
        sightings: the teasers that the page shows.
    """

    id: str
    version: Version
    moments: dict[str, str | None]
    source: bytes
    sightings: tuple[Sighting, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read what `index_record` wrote."""
        head, source, *seen = data.split(b"\n")
        fields = orjson.loads(head)
        shown = tuple(map(Sighting, fields["teasers"], seen))
        return cls(fields["id"], Version(**fields["version"]), fields["moments"], source, shown)

    def write(self) -> bytes:
        """Give the lines."""
        teasers = [sighting.key for sighting in self.sightings]
        head = {"id": self.id, "version": self.version, "moments": self.moments, "teasers": teasers}
        return b"\n".join((orjson.dumps(head), self.source, *(sighting.data for sighting in self.sightings)))


def draft_of(document: EnrichedDocument) -> Draft:
    """Prepare a document for the index."""
    source = index_source(document)
    return Draft(
        id=index_id(document.document_id),
        version=Version(revision=document.revision, **source["version"]),
        moments={name: source[name] for name in ("fetched_at", "received_at")},
        source=orjson.dumps(source),
        sightings=sightings(document),
    )


def index_record(record: Record) -> Product:
    """Prepare the document of a record for the index; `data` is a `Draft`, which `IndexEffect` turns into a receipt.

    Raises:
        DocumentError: the record is not an enriched document (`invalid_event`, `unsupported_event`).
    """
    document = read_event(record, ENRICHED, EnrichedDocument)
    draft = draft_of(document)
    return Product(
        document_id=document.document_id,
        data=draft.write(),
        received_at_ms=draft.version.received,
        counts={"bytes": len(draft.source), "teasers": len(document.teasers)},
    )
