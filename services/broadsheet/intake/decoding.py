"""Bytes to text: which charset a page is in.

In this order: a byte order mark; UTF-8, when the bytes are UTF-8 and more than ASCII; the declared charset; the charset that
HTML declares in a `meta` tag; UTF-8 with a few broken characters; detection. Well-formed UTF-8 goes before the declared
charset because servers declare ISO-8859-1 for pages in UTF-8 far more often than text in another charset happens to be
well-formed UTF-8.
"""

from collections.abc import Iterator

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from broadsheet.intake.content_types import page_type
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.quoting import quote
from broadsheet_schemas.errors import ErrorCode

LEGACY_CHARSETS = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("iso8859_2", "iso8859_15", "koi8_r", "koi8_u"),
    *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"),
]
"""Charsets that detection chooses from: those browsers guess (WHATWG Encoding), by their Python names.

Left to all that Python knows, charset-normalizer 3.5.2 took a Russian page in cp1251 for `mac_cyrillic`, a French one for
`mac_latin2` and an English one for `cp852`.
"""

FALLBACK_CHARSET = "cp1252"
"""What a mostly ASCII page is read as when detection finds nothing: the browsers' default for Western languages."""

MAX_FALLBACK_SHARE = 0.25
"""Largest share of bytes beyond ASCII for the fallback; Western European text has under 0.1."""

GOOD_PER_BROKEN = 10
"""A page is UTF-8 with damage when it has at least this many well-formed characters beyond ASCII for each broken one.

Text in a legacy charset has next to none. The damage is most often a page cut in the middle of a character.
"""

REPLACEMENT = "\ufffd"

# Python codecs that are no charset of any page; `idna` and `punycode` are quadratic as well.
_NO_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"}

_BIG_UNITS = ("utf-16", "utf-32")


def decode(page: bytes, content_type: str | None) -> str:
    """Decode a page, given its declared content type with or without a `charset` parameter.

    Raises:
        DocumentError: it is text in no charset that is declared or detected (`undecodable`), or the content type is
            none that intake reads (`unknown_content_type`).
    """
    bom_encoding, bom = read_bom(page)
    body = page.removeprefix(bom or b"")
    for encoding in [bom_encoding] if bom_encoding else _candidates(page, content_type):
        text = _decoded(body, encoding)
        if text is not None:
            return text
    text = _damaged_utf8(body) or _detected(body)
    if text is None:
        raise DocumentError(
            ErrorCode.UNDECODABLE,
            f"the {len(page)} bytes of the page are text neither in {_tried(bom_encoding, content_type)}"
            " nor in any charset that was detected",
        )
    return text


def has_big_units(page: bytes, content_type: str | None) -> bool:
    """Tell whether a page says that it is UTF-16 or UTF-32, where zero bytes are part of the text."""
    encoding = read_bom(page)[0] or _declared(content_type)
    return encoding is not None and encoding.startswith(_BIG_UNITS)


def _declared(content_type: str | None) -> str | None:
    """Give the Python name of the declared charset; `utf-16` without a byte order mark is little-endian, as in browsers."""
    encoding = http_content_type_encoding(content_type)
    return f"{encoding}-le" if encoding in _BIG_UNITS else encoding


def _candidates(page: bytes, content_type: str | None) -> Iterator[str]:
    """Give the encodings to try before guessing, best first."""
    declared = _declared(content_type)
    in_markup = None if page_type(content_type) == "text/plain" else html_body_declared_encoding(page)
    if in_markup and in_markup.startswith(_BIG_UNITS):
        in_markup = None  # the tag was read as ASCII, so the page is not what it says
    if not page.isascii() and not (declared and declared.startswith(_BIG_UNITS)):
        yield "utf-8"
    yield from (encoding for encoding in (declared, in_markup) if encoding)
    if page.isascii():
        yield "utf-8"


def _decoded(page: bytes, encoding: str) -> str | None:
    """Decode strictly, or give None."""
    if encoding.replace("-", "_") in _NO_CHARSETS:
        return None
    try:
        return page.decode(encoding)
    except (LookupError, ValueError):  # LookupError: a codec that does not make text, such as `hex`
        return None


def _damaged_utf8(page: bytes) -> str | None:
    """Decode UTF-8 in which few characters are broken; each becomes U+FFFD."""
    text = page.decode("utf-8", errors="replace")
    broken = text.count(REPLACEMENT)
    well_formed = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return text if well_formed >= GOOD_PER_BROKEN * broken else None


def _detected(page: bytes) -> str | None:
    """Decode by the charset that the bytes look like."""
    match = from_bytes(page, cp_isolation=LEGACY_CHARSETS).best()
    if match is not None and match.coherence > 0:
        return _decoded(page, match.encoding)
    beyond_ascii = len(page) - len(page.decode("ascii", errors="ignore"))
    if beyond_ascii <= len(page) * MAX_FALLBACK_SHARE:
        return _decoded(page, FALLBACK_CHARSET)
    return None if match is None else _decoded(page, match.encoding)


def _tried(bom_encoding: str | None, content_type: str | None) -> str:
    """Say which charset the page was first read in."""
    if bom_encoding:
        return f"{bom_encoding}, as its byte order mark says,"
    declared = _declared(content_type)
    return f"the declared charset {quote(declared)}" if declared else "UTF-8"
