"""The event contracts of Broadsheet, for those who publish and consume its events.

Each event is a frozen pydantic model; reading ignores fields that the reader does not know.

    from broadsheet_schemas import EnrichedDocument
    document = EnrichedDocument.model_validate_json(record.value)
"""

from broadsheet_schemas.accepted import AcceptedDocument, DocumentOrigin, Language, Source
from broadsheet_schemas.enriched import EnrichedDocument, Entity, EntityType, Mention, Tagger
from broadsheet_schemas.errors import ERRORS, ErrorCode, ErrorDescription
from broadsheet_schemas.raw import RawDocument
from broadsheet_schemas.receipt import IndexAction, IndexReceipt
from broadsheet_schemas.segmented import (
    Block,
    BlockKind,
    NoArticleReason,
    Producer,
    PublishedField,
    RestKind,
    RestSpan,
    SegmentedDocument,
    Teaser,
    Title,
)
from broadsheet_schemas.spans import Contract, Span, TextSpan
from broadsheet_schemas.topics import TOPICS, Topic

__all__ = [
    "ERRORS",
    "TOPICS",
    "AcceptedDocument",
    "Block",
    "BlockKind",
    "Contract",
    "DocumentOrigin",
    "EnrichedDocument",
    "Entity",
    "EntityType",
    "ErrorCode",
    "ErrorDescription",
    "IndexAction",
    "IndexReceipt",
    "Language",
    "Mention",
    "NoArticleReason",
    "Producer",
    "PublishedField",
    "RawDocument",
    "RestKind",
    "RestSpan",
    "SegmentedDocument",
    "Source",
    "Span",
    "Tagger",
    "Teaser",
    "TextSpan",
    "Title",
    "Topic",
]
