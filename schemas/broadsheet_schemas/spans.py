"""Spans: where something stands in a page's text, the building block of every later event.

All offsets are Unicode code points into `SegmentedDocument.text`, `end` exclusive, so that `text[start:end]` is the
surface in Python and in every language that counts code points.
"""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from broadsheet_schemas import examples


class Contract(BaseModel):
    """Base of every event: immutable, unknown fields ignored so that old readers survive new writers, no number that JSON lacks."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class Span(Contract):
    """A stretch of the page's text."""

    start: int = Field(ge=0, description="First code point, counted from 0.", examples=[examples.HEADLINE_START])
    end: int = Field(
        ge=0, description="Code point after the last one; never before `start`.", examples=[examples.HEADLINE_END]
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            msg = f"a span ends before it starts: start={self.start}, end={self.end}"
            raise ValueError(msg)
        return self


class TextSpan(Span):
    """A stretch of the page's text together with the text itself."""

    text: str = Field(
        description="The surface: exactly `text[start:end]` of the page.", examples=[examples.HEADLINE_TEXT]
    )
