"""What a date in a line says, and whether a part of a line stands alone."""

from dataclasses import dataclass

SEPARATORS = "|·•–—-/,;:()[]<>»›"  # noqa: RUF001 - as pages print them
"""What sets labels off from each other in one line."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day on the calendar: `year` is None where it is left out; `doubtful` where 3/4 may be in March or April."""

    year: int | None
    month: int
    day: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """A distance into the past, in units of `second`, `minute`, `hour`, `day`, `week`, `month` or `year`."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A date as it stands in a line: start and end in code points, and what it says."""

    start: int
    end: int
    says: Calendar | Past


def set_off(text: str, start: int, end: int) -> bool:
    """Tell whether a part stands alone: on either side is an end of the line or a separator."""
    return begins(text, start) and ends(text, end)


def begins(text: str, start: int) -> bool:
    """Tell whether the line or a part of it begins here."""
    before = text[:start].rstrip()
    return not before or before[-1] in SEPARATORS


def ends(text: str, end: int) -> bool:
    """Tell whether the line or a part of it ends here."""
    after = text[end:].lstrip()
    return not after or after[0] in SEPARATORS
