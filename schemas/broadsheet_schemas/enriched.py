"""`EnrichedDocument`: what the tagger writes to `documents.enriched`, for users and for the index."""

from typing import Literal

from pydantic import Field

from broadsheet_schemas import examples
from broadsheet_schemas.segmented import Producer, SegmentedDocument
from broadsheet_schemas.spans import Contract, TextSpan

EntityType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE", "MONEY", "PERCENT"]
"""Types of entities, named as OntoNotes names them."""

PART_PATTERN = r"^(title|body|teaser:(0|[1-9][0-9]*))$"
"""The parts a mention can stand in. ASCII digits are spelt out, for regex engines differ in what a digit is."""


class Mention(TextSpan):
    """One place where an entity is named."""

    part: str = Field(
        pattern=PART_PATTERN,
        description="The part of the page it stands in: `title`, `body`, or `teaser:N` with N an index into `teasers`.",
        examples=["body"],
    )


class Entity(Contract):
    """Something named on the page, with every mention of it."""

    id: str = Field(description="Deterministic id from type and name.", examples=["person:ada-field"])
    name: str = Field(min_length=1, description="The fullest name used on the page.", examples=["Ada Field"])
    type: EntityType = Field(description="What it is, named as OntoNotes names it.", examples=["PERSON"])
    salience: float = Field(
        ge=0.0,
        le=1.0,
        description="How much the article is about it, 0 to 1; 0 for what stands only in teasers.",
        examples=[0.7],
    )
    mentions: tuple[Mention, ...] = Field(
        min_length=1, description="Where it is named, in order of the text.", examples=[[examples.MENTION]]
    )
    country: str | None = Field(
        default=None,
        pattern=r"^[A-Z]{2}$",
        description="ISO 3166-1 alpha-2 code, of a `GPE` that is a country.",
        examples=["UA"],
    )
    date: str | None = Field(
        default=None,
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        description="What a `DATE` means, ISO 8601, as exactly as the page says it: a year, a month or a day, "
        "resolved against the page's own date.",
        examples=["2025-12-24"],
    )
    amount: float | None = Field(
        default=None,
        description="What a `MONEY` comes to, in units of its currency, or a `PERCENT`, in percent.",
        examples=[1500000.0],
    )
    currency: str | None = Field(
        default=None, pattern=r"^[A-Z]{3}$", description="ISO 4217 code, of a `MONEY` that names it.", examples=["USD"]
    )


class Tagger(Producer):
    """The tagger that found the entities."""

    languages: tuple[str, ...] = Field(
        default=(),
        description="ISO 639-1 codes of the languages it tags fully; others get language-free types.",
        examples=[["en"]],
    )
    coverage: Literal["full", "part", "values"] = Field(
        default="full",
        description="What was looked for on this page: `full`, every type; `part`, names only in its first "
        "half megabyte or so; `values`, dates, amounts and percentages alone, for its language is not one of `languages`.",
        examples=["full"],
    )


class EnrichedDocument(SegmentedDocument):
    """A segmented page with its entities, those of body and teasers apart."""

    entities: tuple[Entity, ...] = Field(
        default=(), description="Entities, most salient first.", examples=[[examples.ENTITY]]
    )
    tagger: Tagger = Field(description="What tagged the page.", examples=[examples.TAGGER])
