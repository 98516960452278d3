from datetime import UTC, datetime

import pytest

from broadsheet.intake.raw_documents import (
    document_from_fields,
    document_from_json,
    document_from_page,
    document_from_value,
)
from broadsheet.runtime.errors import DocumentError

LIMIT = 100


def test_a_file_of_text_becomes_a_document() -> None:
    document = document_from_page("Brücke offen".encode("cp1252"), content_type=None, max_page_bytes=LIMIT)
    assert document.model_dump(exclude_defaults=True) == {"content": "Brücke offen"}


def test_what_is_known_of_a_page_is_kept() -> None:
    document = document_from_page(
        b"<p>Bridge</p>",
        content_type="application/xhtml+xml; charset=utf-8",
        max_page_bytes=LIMIT,
        known={"url": "https://n.example/a", "document_id": "a", "fetched_at": "2026-01-31T08:30:00Z"},
    )
    assert document.model_dump(exclude_defaults=True) == {
        "content": "<p>Bridge</p>",
        "content_type": "text/html",
        "url": "https://n.example/a",
        "document_id": "a",
        "fetched_at": datetime(2026, 1, 31, 8, 30, tzinfo=UTC),
    }


def test_json_wins_and_null_is_left_out() -> None:
    known = {"url": "https://known.example/", "document_id": "known", "fetched_at": "no date"}
    value = b'{"content": "a", "url": null, "document_id": "own", "fetched_at": "2026-01-31T08:30:00Z", "new": 1}'
    document = document_from_json(value, known=known)
    assert (document.url, document.document_id) == ("https://known.example/", "own")
    assert document.fetched_at == datetime(2026, 1, 31, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("content_type", ["application/json", "APPLICATION/JSON; charset=utf-8", None])
def test_a_value_is_json_when_it_says_so_or_looks_so(content_type: str | None) -> None:
    document = document_from_value(b'{"content": "a"}', content_type=content_type, max_page_bytes=LIMIT)
    assert document.content == "a"


def test_a_value_declared_as_text_is_text_though_it_looks_like_json() -> None:
    document = document_from_value(b'{"content": "a"}', content_type="text/plain", max_page_bytes=LIMIT)
    assert document.content == '{"content": "a"}'


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "content"),
        ({"content": None}, "content"),
        ({"content": 1}, "content"),
        ({"content": "a", "document_id": ""}, "document_id"),
        ({"content": "a", "document_id": "x" * 513}, "document_id"),
        ({"content": "a", "url": ["x"]}, "url"),
        ({"content": "a", "metadata": {"feed": 1}}, "metadata.feed"),
        ({"content": "a", "metadata": {"k" * 10_000: 1}}, "metadata.kkk"),
        ([], "list"),
        ("text", "str"),
        (None, "NoneType"),
    ],
)
def test_a_wrong_field_is_named(fields: object, named: str) -> None:
    with pytest.raises(DocumentError, match=named) as caught:
        document_from_fields(fields)
    assert caught.value.code == "invalid_document"
    assert len(caught.value.message) < 300


@pytest.mark.parametrize("field", ["fetched_at", "published_at"])
def test_a_wrong_date_is_named(field: str) -> None:
    with pytest.raises(DocumentError, match=f"{field}: 'soon'") as caught:
        document_from_fields({"content": "a", field: "soon"})
    assert caught.value.code == "invalid_date"


@pytest.mark.parametrize(
    ("page", "content_type", "code"),
    [
        (b"x" * (LIMIT + 1), None, "page_too_large"),
        (b"%PDF-1.7" + b"x" * LIMIT, "text/plain", "page_too_large"),
        (b"%PDF-1.7", "text/html", "not_text"),
        (b"%PDF-1.7", "application/pdf", "unknown_content_type"),
        (b"\x81\x8d\x8f" * 9, None, "undecodable"),
    ],
)
def test_a_page_that_cannot_be_read(page: bytes, content_type: str | None, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        document_from_page(page, content_type=content_type, max_page_bytes=LIMIT)
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_zero_bytes_of_wide_charsets_are_text(encoding: str) -> None:
    text = "Bridge reopens"
    assert document_from_page(text.encode(encoding), content_type=None, max_page_bytes=LIMIT).content == text
    page = text.encode(f"{encoding}-le")
    declared = f"text/plain; charset={encoding}le" if encoding == "utf-16" else f"text/plain; charset={encoding}"
    assert document_from_page(page, content_type=declared, max_page_bytes=LIMIT).content == text


def test_an_empty_value_is_an_empty_page() -> None:
    with pytest.raises(DocumentError) as caught:
        document_from_json(b"")
    assert caught.value.code == "empty_page"
