"""What searches give: the base of their types."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Found(BaseModel):
    """Base of what a search gives: immutable."""

    model_config = ConfigDict(frozen=True)


class FoundPage(Found):
    """A page that was found: what tells it from others."""

    id: str = Field(description="The document id.")
    title: str | None = Field(description="The article's title.")
    url: str | None = Field(description="Where the page comes from.")
    domain: str | None = Field(description="Registered domain of the URL.")
    language: str = Field(description="ISO 639-1 code, or `und`.")
    published_on: dt.date | None = Field(description="The day the article is dated.")
