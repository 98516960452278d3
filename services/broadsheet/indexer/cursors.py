"""Cursors: where a page of hits ended, as a word that a person can paste and that means nothing to them. Pure."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

import orjson

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

Place = list[float | int | str | None]
"""The sort values of a hit, as OpenSearch gives and takes them (`search_after`)."""

LONGEST = 4096
"""Characters of a cursor: a document id of 512 characters of 4 bytes each, in base64, and two numbers."""


def write_cursor(sort: str, place: Sequence[Any]) -> str:
    """Give the cursor of a place in hits that are sorted by `sort`."""
    return urlsafe_b64encode(orjson.dumps([sort, *place])).decode().rstrip("=")


def read_cursor(sort: str, cursor: str) -> Place:
    """Give the place that a cursor means.

    Raises:
        OperatorError: it is no cursor, or one of hits in another order (`usage`).
    """
    match _decoded(cursor):
        case [str(named), *place] if named == sort and len(place) == _values(sort) and _are_scalars(place):
            return place
        case [str(named), *_] if named != sort:
            raise OperatorError(
                ErrorCode.USAGE, f"the cursor is of a search sorted by {named:.20}, this one is by {sort}"
            )
    raise OperatorError(ErrorCode.USAGE, "this is no cursor: give one as a search printed it")


def _decoded(cursor: str) -> Any:
    if len(cursor) > LONGEST:
        return None
    try:
        return orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):  # orjson's error is a ValueError, as is text that is not ASCII
        return None


def _values(sort: str) -> int:
    """How many values a place has: the day and the id, after the score where that comes first."""
    return 3 if sort == "relevance" else 2


def _are_scalars(place: Sequence[Any]) -> bool:
    return all(value is None or isinstance(value, str | int | float) for value in place)
