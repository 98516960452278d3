"""`AcceptedDocument`: what intake writes to `documents.accepted`."""

from typing import Literal

from pydantic import AwareDatetime, Field

from broadsheet_schemas import examples
from broadsheet_schemas.spans import Contract

ContentType = Literal["text/plain", "text/html"]
"""The two forms of a page that the stages after intake know."""

REVISION_PATTERN = r"^[0-9a-f]{64}$"
"""A SHA-256 digest in hexadecimal."""


class Source(Contract):
    """Where a page comes from."""

    url: str | None = Field(
        default=None,
        description="The URL as published.",
        examples=[examples.SOURCE_URL],
    )
    canonical_url: str | None = Field(
        default=None,
        description="The URL without tracking parameters and fragment, in one normal form; what identity is derived from.",
        examples=[examples.CANONICAL_URL],
    )
    domain: str | None = Field(
        default=None, description="Registered domain of the URL (public suffix list).", examples=["news.example"]
    )


class Language(Contract):
    """The language of a page."""

    code: str = Field(description="ISO 639-1 code, or `und` when it cannot be told.", examples=["en"])
    confidence: float = Field(
        ge=0.0,
        le=1.0,
        description="Probability of the code, 0 to 1; 1 when the publisher gave the language.",
        examples=[0.99],
    )


class DocumentOrigin(Contract):
    """What is known of a page before it is read; carried unchanged from intake to the index."""

    document_id: str = Field(
        min_length=1,
        max_length=512,
        description="Identity of the document: the publisher's id, else from the canonical URL, else from the content.",
        examples=["bridge-2026"],
    )
    revision: str = Field(
        pattern=REVISION_PATTERN,
        description="SHA-256 of the normalised content (UTF-8), hexadecimal: the same page has the same revision.",
        examples=[examples.REVISION],
    )
    source: Source = Field(default_factory=Source, description="Where the page comes from.", examples=[examples.SOURCE])
    content_type: ContentType = Field(description="The form in which the page came.", examples=["text/plain"])
    language: Language = Field(description="The language of the page.", examples=[examples.LANGUAGE])
    received_at: AwareDatetime = Field(
        description="Timestamp of the record in `documents.raw`: when the page was published to Broadsheet.",
        examples=["2026-01-31T08:30:02Z"],
    )
    fetched_at: AwareDatetime | None = Field(
        default=None, description="When the page was fetched, as published.", examples=["2026-01-31T08:30:00Z"]
    )
    published_at: AwareDatetime | None = Field(
        default=None,
        description="When the article was published, as given with the record.",
        examples=["2026-01-31T06:00:00Z"],
    )
    metadata: dict[str, str] = Field(
        default_factory=dict, description="The publisher's own data, carried unread.", examples=[{"feed": "local"}]
    )


class AcceptedDocument(DocumentOrigin):
    """A page that is text, has an identity, and is worth reading."""

    content: str = Field(
        description="The page, decoded: newlines are `\\n`, Unicode is NFC, control characters are gone, else as it came.",
        examples=[examples.PAGE],
    )
    title: str | None = Field(
        default=None, description="The title as given with the record.", examples=[examples.HEADING]
    )
