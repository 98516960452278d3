"""Making a stage's product from the document that it wrote: the same for every stage that writes one."""

import re
from collections.abc import Mapping

from broadsheet.runtime.stage import Product
from broadsheet_schemas import DocumentOrigin

_COUNTED_LANGUAGE = re.compile(r"[a-z]{2}|und")
"""Codes that are counted by themselves; others are counted together, so that the label stays bounded."""


def product_of(document: DocumentOrigin, counts: Mapping[str, int]) -> Product:
    """Give the product whose data is `document`, counted by its content type and language.

    Args:
        document: the event that the stage made.
        counts: what to count, by the names in `runtime.metrics.COUNTS`.
    """
    code = document.language.code
    return Product(
        document_id=document.document_id,
        data=document.model_dump_json().encode(),
        received_at_ms=round(document.received_at.timestamp() * 1000),
        counts=counts,
        labels={
            "content_type": document.content_type,
            "language": code if _COUNTED_LANGUAGE.fullmatch(code) else "other",
        },
    )
