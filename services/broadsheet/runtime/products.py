"""Making a stage's product from the document that it wrote: the same for every stage that writes one."""

from collections.abc import Mapping
from types import MappingProxyType

from broadsheet.runtime.records import Headers
from broadsheet.runtime.stage import Product
from broadsheet_schemas import DocumentOrigin

NO_LABELS: Mapping[str, str] = MappingProxyType({})


def product_of(
    document: DocumentOrigin,
    counts: Mapping[str, float],
    *,
    labels: Mapping[str, str] = NO_LABELS,
    trace: Headers = (),
) -> Product:
    """Give the product whose data is `document`, counted by its content type and language, and by `labels`.

    Args:
        document: the event that the stage made.
        counts: what to count, by the names in `runtime.metrics.COUNTS`.
        labels: what else to count it by, by the names in `runtime.metrics.LABELS`, which bounds their values.
        trace: see `Product`.
    """
    return Product(
        document_id=document.document_id,
        data=document.model_dump_json().encode(),
        received_at_ms=round(document.received_at.timestamp() * 1000),
        counts=counts,
        labels={
            "content_type": document.content_type,
            "language": document.language.code,
            **labels,
        },
        trace=trace,
    )
