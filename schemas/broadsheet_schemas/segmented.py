"""`SegmentedDocument`: what the segmenter writes to `documents.segmented`."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from broadsheet_schemas import examples
from broadsheet_schemas.accepted import DocumentOrigin
from broadsheet_schemas.spans import Contract, Span, TextSpan

BlockKind = Literal["heading", "paragraph", "quote", "list_item", "caption"]
RestKind = Literal["navigation", "comment", "other"]
NoArticleReason = Literal["home_page", "error_page", "consent_wall", "too_short", "no_prose"]
"""Why a page has no body.

`home_page`: it is a list of teasers. `error_page`: not found, blocked, or a server's error. `consent_wall`: the text of a
consent, login or paywall dialogue. `too_short`: too little text for an article. `no_prose`: text that is none, such as
tables or menus.
"""


class Title(Contract):
    """The article's title. It has a place in the page when the page shows it."""

    text: str = Field(min_length=1, description="The title.", examples=[examples.HEADING])
    start: int | None = Field(
        default=None, ge=0, description="Where it stands in `text`, or null.", examples=[examples.HEADING_START]
    )
    end: int | None = Field(
        default=None, ge=0, description="Where it ends in `text`, or null.", examples=[examples.HEADING_END]
    )

    @model_validator(mode="after")
    def _placed_wholly_in_order_or_not(self) -> Self:
        if (self.start is None) != (self.end is None):
            msg = f"a title has both offsets or neither: start={self.start}, end={self.end}"
            raise ValueError(msg)
        if self.start is not None and self.end is not None and self.end < self.start:
            msg = f"a title ends before it starts: start={self.start}, end={self.end}"
            raise ValueError(msg)
        return self


class Block(TextSpan):
    """A block of the article's body, in reading order."""

    kind: BlockKind = Field(description="What the block is.", examples=["paragraph"])


class PublishedField(TextSpan):
    """The date shown with a teaser."""

    date: dt.date | None = Field(
        default=None, description="The day the text means (ISO 8601), when it can be told.", examples=["2026-01-30"]
    )


class Teaser(Span):
    """A blurb on this page that presents another item. `start` and `end` enclose its fields."""

    headline: TextSpan = Field(description="The other item's headline.", examples=[examples.HEADLINE])
    kicker: TextSpan | None = Field(
        default=None, description="Category or topic label shown with it.", examples=[examples.KICKER]
    )
    summary: TextSpan | None = Field(
        default=None, description="A sentence or more about the item.", examples=[examples.SUMMARY]
    )
    byline: TextSpan | None = Field(
        default=None, description="Author or source of the item.", examples=[examples.BYLINE]
    )
    published: PublishedField | None = Field(
        default=None, description="The item's date as shown.", examples=[examples.PUBLISHED]
    )
    url: str | None = Field(
        default=None,
        description="Absolute URL of the item, when markup tells.",
        examples=["https://news.example/ferry"],
    )
    also_at: tuple[Span, ...] = Field(
        default=(),
        description="Where else the page shows the same item, in order; these parts belong to `rest`.",
        examples=[[]],
    )


class RestSpan(Span):
    """A part of the page that is neither title, body nor teaser; kept so that nothing is dropped silently."""

    kind: RestKind = Field(description="What the part is.", examples=["navigation"])


class Producer(Contract):
    """The program or model that made a part of an event."""

    name: str = Field(min_length=1, description="Name of the method or model.", examples=["model"])
    version: str = Field(min_length=1, description="Its version.", examples=["1"])
    sha256: str | None = Field(
        default=None,
        pattern=r"^[0-9a-f]{64}$",
        description="SHA-256 of the model's file, lower-case hexadecimal; null where the producer is no model.",
        examples=[examples.MODEL_SHA256],
    )


class SegmentedDocument(DocumentOrigin):
    """A page told apart: title, body, teasers, and the rest."""

    text: str = Field(
        description="The page's visible text, one block a line; every offset of the event counts its code points.",
        examples=[examples.PAGE],
    )
    title: Title | None = Field(
        default=None,
        description="The article's title, if the page or its publisher gives one.",
        examples=[examples.TITLE],
    )
    body: tuple[Block, ...] = Field(
        default=(),
        description="The article, block by block, in order; empty on a page without.",
        examples=[examples.BODY],
    )
    teasers: tuple[Teaser, ...] = Field(
        default=(), description="Blurbs of other items, in order.", examples=[[examples.TEASER]]
    )
    rest: tuple[RestSpan, ...] = Field(
        default=(), description="Every other stretch of `text`, in order.", examples=[examples.REST]
    )
    published_on: dt.date | None = Field(
        default=None, description="The day the article is dated (ISO 8601).", examples=["2026-01-31"]
    )
    authors: tuple[str, ...] = Field(
        default=(), description="The article's authors, as named.", examples=[["Omar Reyes"]]
    )
    confidence: float | None = Field(
        default=None,
        ge=0.0,
        le=1.0,
        description="The calibrated chance that the split into body and rest is right for this page: that its body agrees "
        "with what a person would mark at an F1 of 0.9 or more; null from producers that do not tell.",
        examples=[0.93],
    )
    no_article: NoArticleReason | None = Field(
        default=None,
        description="Why the page has no body; null when it has one. `home_page`: a list of teasers; `error_page`: not "
        "found, blocked, server error; `consent_wall`: a consent, login or paywall text; `too_short`: too little text for "
        "an article; `no_prose`: text without an article, such as tables or menus.",
        examples=[None, "home_page"],
    )
    segmenter: Producer = Field(description="What segmented the page.", examples=[examples.SEGMENTER])
