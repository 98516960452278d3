"""Recognising what is not a page of text: PDFs, images, archives, office files, and bytes of no known kind."""

import re

import puremagic

from broadsheet.runtime.errors import DocumentError
from broadsheet_schemas.errors import ErrorCode

HEAD_BYTES = 1445
"""How much of a page is looked at for binary bytes: the resource header of WHATWG MIME Sniffing, section 5.2."""

MAX_CONTROL_SHARE = 0.05
"""Pages with more control characters than this share are binary.

Compressed and encrypted bytes have 27 in 256, 0.105; pages of text that carry a few strays stay under 0.001.
"""

MIN_CONTROLS = 16
"""Fewer control characters than this never make a page binary, however short it is: they are strays, and removed."""

MIN_SIGNATURE_BYTES = 3
"""Shorter signatures, zero bytes left out, are chance: `BM` is a bitmap, and the start of a report on a car maker."""

# "Binary data bytes" of WHATWG MIME Sniffing, section 3.
_BINARY_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])

# Formats that may be ASCII from end to end, so that no binary byte gives them away.
_PRINTABLE_FORMATS = {
    "%PDF-": "a PDF document",
    "{\\rtf": "an RTF document",
    "%!PS-Adobe": "a PostScript document",
}

# An office document is a ZIP archive, and the first bytes do not tell which one.
_ZIP = b"PK\x03\x04"

_TEXT_TYPES = re.compile(r"text/|message/|application/json|.*\bxml")


def refuse_binary_bytes(page: bytes) -> None:
    """Refuse bytes that begin with the signature of a binary format, or hold too many control bytes to be text.

    Not for UTF-16 and UTF-32, whose text is full of zero bytes.

    Raises:
        DocumentError: they are not text (`not_text`); the message says what they are.
    """
    refuse_printable_format(page[:16].decode("latin-1"))
    if len(page[:HEAD_BYTES].translate(None, _BINARY_BYTES)) < len(page[:HEAD_BYTES]) and (kind := _signature(page)):
        raise DocumentError(ErrorCode.NOT_TEXT, f"the page is no text but {kind}, {len(page)} bytes")
    _refuse_share(len(page) - len(page.translate(None, _BINARY_BYTES)), len(page), "bytes")


def refuse_binary_text(text: str, controls: int) -> None:
    """Refuse text that is a binary format someone decoded: it has a signature, or too many control characters.

    Args:
        text: the text, as it came.
        controls: how many control characters it has.

    Raises:
        DocumentError: it is not text (`not_text`).
    """
    refuse_printable_format(text[:16])
    _refuse_share(controls, len(text), "characters")


def refuse_printable_format(head: str) -> None:
    """Refuse a page that begins as a PDF, RTF or PostScript file does.

    Raises:
        DocumentError: it does (`not_text`).
    """
    for signature, kind in _PRINTABLE_FORMATS.items():
        if head.lstrip().startswith(signature):
            raise DocumentError(ErrorCode.NOT_TEXT, f"the page is no text but {kind}: it begins with {signature}")


def _refuse_share(controls: int, length: int, unit: str) -> None:
    if controls >= MIN_CONTROLS and controls > length * MAX_CONTROL_SHARE:
        raise DocumentError(
            ErrorCode.NOT_TEXT,
            f"the page is binary data of no known format: {controls} of its {length} {unit} are control characters",
        )


def _signature(page: bytes) -> str | None:
    """Name the format whose signature `page` begins with, or give None."""
    if page.startswith(_ZIP):
        return "a ZIP archive or an office document"
    try:
        best = puremagic.magic_string(page[:HEAD_BYTES])[0]
    except puremagic.PureError:
        return None
    if len(best.byte_match.strip(b"\x00")) < MIN_SIGNATURE_BYTES or _TEXT_TYPES.match(best.mime_type):
        return None
    return f"a binary file (signature of {best.name})"
