"""What searches give: the base of their types."""

from pydantic import BaseModel, ConfigDict


class Found(BaseModel):
    """Base of what a search gives: immutable."""

    model_config = ConfigDict(frozen=True)
