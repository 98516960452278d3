"""`IndexReceipt`: what the indexer writes to `documents.indexed` once OpenSearch has answered."""

from typing import Literal

from pydantic import AwareDatetime, Field

from broadsheet_schemas import examples
from broadsheet_schemas.accepted import REVISION_PATTERN
from broadsheet_schemas.spans import Contract

IndexAction = Literal["created", "updated", "unchanged", "stale"]
"""What indexing did: wrote a new document, replaced an older one, found the same one, or found a newer one."""


class IndexReceipt(Contract):
    """Proof that a document has reached the index."""

    document_id: str = Field(min_length=1, max_length=512, description="The document.", examples=["bridge-2026"])
    revision: str = Field(
        pattern=REVISION_PATTERN,
        description="Revision of the content that was indexed.",
        examples=[examples.REVISION],
    )
    index: str = Field(min_length=1, description="The index that holds it.", examples=["broadsheet-documents-v1"])
    action: IndexAction = Field(
        description="What indexing did: wrote a new document, replaced an older one, found the same one, or found a newer one.",
        examples=["created"],
    )
    indexed_at: AwareDatetime = Field(description="When OpenSearch acknowledged it.", examples=["2026-01-31T08:30:03Z"])
