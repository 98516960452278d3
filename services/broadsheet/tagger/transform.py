"""The stage as the runtime calls it: a record in, its product out."""

from broadsheet.runtime.events import read_event
from broadsheet.runtime.products import product_of
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet.tagger.tag import tag
from broadsheet_schemas import SegmentedDocument
from broadsheet_schemas.topics import SEGMENTED


def tag_record(record: Record, *, engines: str = "") -> Product:
    """Tag the document of a record.

    Args:
        record: of `documents.segmented`.
        engines: which engine tags which language, see `engines.parse_engines`.

    Raises:
        DocumentError: the record is not a segmented document (`invalid_event`, `unsupported_event`).
    """
    enriched = tag(read_event(record, SEGMENTED, SegmentedDocument), engines)
    counts = {
        "bytes": len(enriched.text.encode()),
        "entities": len(enriched.entities),
        "mentions": sum(len(entity.mentions) for entity in enriched.entities),
    }
    return product_of(enriched, counts, labels={"coverage": enriched.tagger.coverage})
