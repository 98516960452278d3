"""What the tagger has found before it is joined into entities."""

from dataclasses import dataclass

from broadsheet.tagger.value import Value
from broadsheet_schemas import EntityType

ARTICLE = frozenset({"title", "body"})
"""The parts that make up the article; all others are teasers."""


@dataclass(frozen=True, slots=True)
class Named:
    """One place of a page where something is named.

    Attributes:
        start: first code point, in the page's text.
        end: the code point after the last one.
        type: what it is taken for.
        part: the part of the page, as in `Mention.part`.
        probability: how sure the type is, 0 to 1; its weight where mentions of one name disagree.
        value: what a `DATE`, `MONEY` or `PERCENT` comes to.
    """

    start: int
    end: int
    type: EntityType
    part: str = "body"
    probability: float = 1.0
    value: Value | None = None

    @property
    def in_article(self) -> bool:
        """Whether it stands in title or body."""
        return self.part in ARTICLE
