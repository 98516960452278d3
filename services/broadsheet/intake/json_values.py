"""JSON values: bytes to Python, where whatever is wrong has a position and never raises anything unexpected."""

import re

import orjson

from broadsheet.runtime.errors import DocumentError
from broadsheet_schemas.errors import ErrorCode

_UTF8_BOM = b"\xef\xbb\xbf"

# A surrogate pair, a lone surrogate (group 1), or any other escape, so that the second half of `\\` begins nothing.
_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", re.DOTALL
)


def parse_json(value: bytes) -> object:
    """Parse JSON. Of a repeated key the last counts; half a surrogate pair becomes U+FFFD.

    Half a pair is what is left of an emoji that JavaScript's `slice` cut in two; it is no reason to lose a page.

    Raises:
        DocumentError: it is not JSON (`invalid_json`), or nested too deep to be a document (about 1,000 levels).
    """
    value = value.removeprefix(_UTF8_BOM)
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return _parse_repaired(value)


def _parse_repaired(value: bytes) -> object:
    try:
        return orjson.loads(_ESCAPES.sub(lambda escape: rb"\ufffd" if escape[1] else escape[0], value))
    except orjson.JSONDecodeError as error:
        raise DocumentError(
            ErrorCode.INVALID_JSON, f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error
