"""Media types: which form a record's value has, as declared or, where nothing is declared, as it looks."""

import re

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.quoting import quote
from broadsheet_schemas.accepted import ContentType
from broadsheet_schemas.errors import ErrorCode

PAGE_TYPES: dict[str, ContentType] = {
    "text/plain": "text/plain",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
}
"""Media types of a page, and the form each is read as."""

_JSON_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\{[ \t\r\n]*[\"}]")

# The tags by which a browser knows HTML (WHATWG MIME Sniffing, section 7.1, "identifying a resource with an unknown
# MIME type"), and those that fetchers leave at the front of a cut page: article, main, section, nav, header, meta, link,
# ul, ol, h2 to h6, img, form, span.
_HTML_START = re.compile(
    r"(?:\ufeff|\s|<\?xml\b[^>]*>)*"
    r"<(?:!--|(?:!doctype\s+html|html|head|body|script|style|title|iframe|h[1-6]|div|font|table|a|b|br|p|article|main"
    r"|section|nav|header|meta|link|ul|ol|img|form|span)(?=[\s/>]))",
    re.IGNORECASE,
)


def media_type(declared: str | None) -> str | None:
    """Give the media type of a content-type value, lower case and without parameters; None when nothing is declared."""
    return re.split("[;,]", declared or "", maxsplit=1)[0].strip().lower() or None


def page_type(declared: str | None) -> ContentType | None:
    """Give the form of a page of the declared content type, or None when nothing is declared.

    Raises:
        DocumentError: the type is none that intake reads (`unknown_content_type`).
    """
    media = media_type(declared)
    if media is None:
        return None
    if media not in PAGE_TYPES:
        raise DocumentError(ErrorCode.UNKNOWN_CONTENT_TYPE, f"content type {quote(media)} is none that intake reads")
    return PAGE_TYPES[media]


def sniff_page_type(text: str) -> ContentType:
    """Tell whether a page of no declared type is HTML: whether it begins with one of the tags that pages begin with."""
    return "text/html" if _HTML_START.match(text) else "text/plain"


def looks_like_json(value: bytes) -> bool:
    """Tell whether a value of no declared type is a JSON object: `{`, then a key or `}` (`{{ a template }}` is not)."""
    return _JSON_OBJECT.match(value) is not None
