"""Identity of a document, and the revision of its content. See docs/decisions/0004-identity.md."""

import hashlib

from broadsheet_schemas.accepted import Source

ID_DIGITS = 32
"""Hexadecimal digits of a derived id: 128 bits.

By the birthday bound n²/2¹²⁹, ten billion documents collide with a probability of 1.5e-19.
"""


def revision_of(content: str) -> str:
    """Give the SHA-256 of normalised content in UTF-8, as 64 hexadecimal digits."""
    return _digest(content)


def document_id_of(given: str | None, source: Source, revision: str) -> str:
    """Give the publisher's id as it is; else one derived from the canonical URL; else one derived from the content."""
    if given is not None:
        return given
    if source.canonical_url is not None:
        return f"url-{_digest(source.canonical_url)[:ID_DIGITS]}"
    return f"content-{revision[:ID_DIGITS]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
