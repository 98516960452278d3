"""The part that each line plays on the page.

The roles are the interface between finding out what a line is (the model) and building the event from it, which does
not care how they were found. Their numbers are the columns of the model's output: never change one without training.
"""

from enum import IntEnum


class Role(IntEnum):
    """What a line is for. Some roles name lines that are two things at once."""

    TITLE = 0
    BODY = 1
    COMMENT = 2
    OTHER = 3
    HEADER = 4
    HEADLINE = 5
    SUMMARY = 6
    KICKER = 7
    BYLINE = 8
    DATE = 9
    META = 10
    KICKER_DATE = 11
    BYLINE_DATE = 12
    KICKER_BYLINE = 13


FIELDS = {
    Role.KICKER: frozenset({"kicker"}),
    Role.BYLINE: frozenset({"byline"}),
    Role.DATE: frozenset({"date"}),
    Role.KICKER_DATE: frozenset({"kicker", "date"}),
    Role.BYLINE_DATE: frozenset({"byline", "date"}),
    Role.KICKER_BYLINE: frozenset({"kicker", "byline"}),
}
"""The fields of a teaser that share a line of each role of labels."""

TEASER_ROLES = frozenset({Role.HEADLINE, Role.SUMMARY, Role.META, *FIELDS})
"""Roles of lines that belong to a teaser."""
