"""What an engine finds."""

from dataclasses import dataclass

from broadsheet_schemas import EntityType


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        start: first code point.
        end: one past the last code point.
        kind: its type.
        probability: how sure the engine is, 0 to 1.
    """

    start: int
    end: int
    kind: EntityType
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Findings:
    """The names of a page.

    Attributes:
        names: of each text, in order, none overlapping another.
        complete: whether every text was read to its end.
    """

    names: list[list[Name]]
    complete: bool = True
