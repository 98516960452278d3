"""What a date, an amount of money or a percentage comes to."""

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["DATE", "MONEY", "PERCENT"]
"""The types whose mentions have a value."""


@dataclass(frozen=True, slots=True)
class Value:
    """A date, an amount or a percentage in a text, with what it means as far as that can be told.

    Attributes:
        start: where it begins, in code points.
        end: where it ends.
        kind: its type.
        date: the year, month or day that a `DATE` means, as ISO 8601 (`2025`, `2025-12`, `2025-12-24`).
        amount: what a `MONEY` comes to in units of its currency, or a `PERCENT` in percent.
        currency: the ISO 4217 code of a `MONEY`.
    """

    start: int
    end: int
    kind: ValueKind
    date: str | None = None
    amount: float | None = None
    currency: str | None = None
