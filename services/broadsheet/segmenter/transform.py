"""The stage as the runtime calls it: a record in, its product out."""

from broadsheet.runtime.events import read_event
from broadsheet.runtime.products import product_of
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet.segmenter.segment import segment
from broadsheet_schemas import AcceptedDocument, SegmentedDocument
from broadsheet_schemas.topics import ACCEPTED


def segment_record(record: Record) -> Product:
    """Segment the document of a record.

    Raises:
        DocumentError: the record is not an accepted document (`invalid_event`, `unsupported_event`).
    """
    document = read_event(record, ACCEPTED, AcceptedDocument)
    segmented = segment(document)
    labels = {"no_article": segmented.no_article} if segmented.no_article else {}
    return product_of(segmented, _counts(document, segmented), labels=labels)


def _counts(document: AcceptedDocument, segmented: SegmentedDocument) -> dict[str, float]:
    """Say what to count of a page; its confidence and the length of its body where it has one."""
    confidence = {} if segmented.confidence is None else {"confidence": segmented.confidence}
    characters = sum(len(block.text) for block in segmented.body)
    return {
        "bytes": len(document.content.encode()),
        "teasers": len(segmented.teasers),
        "blocks": len(segmented.body),
        **({"body_characters": characters} if characters else {}),
        **confidence,
    }
