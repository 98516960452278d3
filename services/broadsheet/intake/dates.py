"""Dates as publishers give them: RFC 3339, with an offset, or refused."""

import re
from datetime import datetime

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.quoting import quote
from broadsheet_schemas.errors import ErrorCode

# RFC 3339, section 5.6, with seconds and the colon of the offset left out if need be. Pydantic alone would also take a
# number, or a string of digits, as seconds since the epoch.
_FORM = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:?\d\d)",
    re.ASCII,
)
_AWARE: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def parse_date(value: object, where: str) -> datetime:
    """Read a time with its offset from UTC.

    Args:
        value: what the publisher gave.
        where: the field or header it stands in, for the message.

    Raises:
        DocumentError: it is none, or has no offset (`invalid_date`).
    """
    try:
        if isinstance(value, str) and _FORM.fullmatch(value.strip()):
            return _AWARE.validate_python(value.strip().upper())
    except ValidationError:
        pass  # the form is right, the day or the hour is none
    raise DocumentError(
        ErrorCode.INVALID_DATE, f"{where}: {quote(value)} is not an RFC 3339 time with an offset (2026-01-31T08:30:00Z)"
    )
