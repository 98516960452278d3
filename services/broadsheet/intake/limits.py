"""The size limit of a page."""

from broadsheet.runtime.errors import DocumentError
from broadsheet_schemas.errors import ErrorCode


def refuse_large(size: int, limit: int) -> None:
    """Refuse a page of more than `limit` bytes.

    Raises:
        DocumentError: it is larger (`page_too_large`); the message gives both numbers.
    """
    if size > limit:
        raise DocumentError(
            ErrorCode.PAGE_TOO_LARGE, f"the page has {size} bytes, and the limit is {limit} (BROADSHEET_MAX_PAGE_BYTES)"
        )
