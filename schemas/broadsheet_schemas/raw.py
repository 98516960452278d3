"""`RawDocument`: what users publish to `documents.raw`."""

from pydantic import AwareDatetime, Field

from broadsheet_schemas import examples
from broadsheet_schemas.spans import Contract


class RawDocument(Contract):
    """One news page as it was fetched. Only `content` is required.

    A bare page may be published without this envelope: the record's value is the page, and the headers `content-type`,
    `url`, `document-id` and `fetched-at` say the same as the fields here.
    """

    content: str = Field(
        description="The whole page as text: a plain-text dump or HTML source.",
        examples=[examples.PAGE],
    )
    content_type: str | None = Field(
        default=None,
        description="`text/plain` or `text/html`; recognised from the content when absent.",
        examples=["text/plain"],
    )
    url: str | None = Field(
        default=None,
        description="Where the page was fetched.",
        examples=[examples.SOURCE_URL],
    )
    document_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=512,
        description="The publisher's own id. When absent, it is derived from the canonical URL, else from the content.",
        examples=["bridge-2026"],
    )
    fetched_at: AwareDatetime | None = Field(
        default=None, description="When the page was fetched (RFC 3339).", examples=["2026-01-31T08:30:00Z"]
    )
    published_at: AwareDatetime | None = Field(
        default=None,
        description="When the article was published, if the publisher of the record knows (RFC 3339).",
        examples=["2026-01-31T06:00:00Z"],
    )
    title: str | None = Field(default=None, description="The article's title, if known.", examples=[examples.HEADING])
    language: str | None = Field(
        default=None, description="BCP 47 code of the article's language; detected when absent.", examples=["en"]
    )
    metadata: dict[str, str] = Field(
        default_factory=dict,
        description="Anything the user wants carried to the end, unread.",
        examples=[{"feed": "local"}],
    )
