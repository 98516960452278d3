"""Hypothesis strategies for every model of the contracts, made from the fields, so that a new field is drawn at once."""

import math
import types
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import AwareDatetime
from pydantic.fields import FieldInfo

from broadsheet_schemas.spans import Contract

M = TypeVar("M", bound=Contract)

PROPERTY = settings(max_examples=50, deadline=None)
"""How a property of events is tried: drawing a whole document takes some milliseconds, and more on a busy machine."""

# Offsets of whole minutes: RFC 3339 can write no others.
TIMEZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@cache
def instances(model: type[M]) -> st.SearchStrategy[M]:
    """Draw valid instances of a model."""
    fields = {name: _field(field) for name, field in model.model_fields.items()}
    return st.fixed_dictionaries(fields).map(_ordered).map(model.model_validate)


def _ordered(values: dict[str, Any]) -> dict[str, Any]:
    """Put the offsets of a span in order; a span has both or neither."""
    start, end = values.get("start"), values.get("end")
    if start is None or end is None:
        return values | {name: None for name in ("start", "end") if name in values}
    return values | {"start": min(start, end), "end": max(start, end)}


def _field(field: FieldInfo) -> st.SearchStrategy[Any]:
    pattern = next((item.pattern for item in field.metadata if getattr(item, "pattern", None)), None)
    if pattern is not None:
        drawn = st.from_regex(pattern, fullmatch=True)
        return st.none() | drawn if type(None) in get_args(field.annotation) else drawn
    return _values(field.annotation, tuple(field.metadata))


def _values(annotation: Any, limits: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Draw values of an annotation; `limits` are those of its field, which a union passes on to its members."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_values(member, limits) for member in arguments))
    if origin is tuple:
        fewest = max((getattr(limit, "min_length", 0) for limit in limits), default=0)
        return st.lists(st.deferred(lambda: _values(arguments[0])), min_size=fewest, max_size=fewest + 2).map(tuple)
    if origin is dict:
        return st.dictionaries(_values(arguments[0]), _values(arguments[1]), max_size=2)
    if origin is Literal:
        return st.sampled_from(arguments)
    return _plain(annotation, limits)


def _plain(annotation: Any, limits: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if annotation is type(None):
        return st.none()
    if annotation is AwareDatetime:
        return st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=TIMEZONES)  # noqa: DTZ001 - the strategy adds the time zone
    if isinstance(annotation, type) and issubclass(annotation, Contract):
        return st.deferred(lambda: instances(annotation))
    if annotation in (str, int, float, date):
        limited: Any = Annotated[(annotation, *limits)] if limits else annotation
        drawn = st.from_type(limited)
        return drawn.filter(math.isfinite) if annotation is float else drawn
    raise TypeError(f"no strategy for {annotation}")
