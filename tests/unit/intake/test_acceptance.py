"""Every form of a record, every error: what intake does, seen from its one function."""

import base64
import hashlib
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime

import orjson
import pytest

from broadsheet.intake.acceptance import accept, accept_record
from broadsheet.intake.app import stage
from broadsheet.intake.settings import IntakeSettings
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet_schemas import AcceptedDocument, RawDocument
from broadsheet_schemas.topics import MAX_PAGE_BYTES

TEXT = "Bridge reopens after two years\nThe old bridge is open again, the town council said on Monday.\n"
HTML = f"<html><body><p>{TEXT}</p></body></html>"
RECEIVED_MS = 1_769_848_202_000
RAW_TYPE = "broadsheet.document.raw.v1"
EVENT = {"ce_specversion": "1.0", "ce_type": RAW_TYPE, "ce_id": "1", "ce_source": "/feed"}
CLOUD = {"specversion": "1.0", "type": RAW_TYPE, "id": "1", "source": "/feed"}
STRUCTURED = {"content-type": "application/cloudevents+json; charset=utf-8"}


def record(value: bytes | str | None, headers: Mapping[str, str | bytes] | None = None) -> Record:
    pairs = tuple((name, text.encode() if isinstance(text, str) else text) for name, text in (headers or {}).items())
    body = value.encode() if isinstance(value, str) else value
    return Record("documents.raw", 0, 0, RECEIVED_MS, b"key", body, pairs)


def product_of(value: bytes | str | None, headers: Mapping[str, str | bytes] | None = None) -> Product:
    return accept_record(record(value, headers), max_page_bytes=10_000)


def document_of(value: bytes | str | None, headers: Mapping[str, str | bytes] | None = None) -> AcceptedDocument:
    return AcceptedDocument.model_validate_json(product_of(value, headers).data)


def error_of(value: bytes | str | None, headers: Mapping[str, str | bytes] | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        product_of(value, headers)
    assert caught.value.message
    assert len(caught.value.message) < 400
    return caught.value


def cloud(**attributes: object) -> bytes:
    return orjson.dumps({name: value for name, value in {**CLOUD, **attributes}.items() if value is not None})


@pytest.mark.parametrize(
    ("value", "headers", "content_type"),
    [
        (TEXT, {}, "text/plain"),
        (HTML, {}, "text/html"),
        (TEXT, {"Content-Type": "text/plain; charset=utf-8"}, "text/plain"),
        (HTML, {"content-type": "text/html"}, "text/html"),
        (HTML, {"content-type": "text/plain"}, "text/plain"),
        (HTML, {"content-type": "application/xhtml+xml"}, "text/html"),
        (orjson.dumps({"content": TEXT}), {}, "text/plain"),
        (orjson.dumps({"content": HTML}), {"content-type": "application/json"}, "text/html"),
        (orjson.dumps({"content": HTML, "content_type": "text/plain"}), {}, "text/plain"),
        (TEXT, EVENT, "text/plain"),
        (TEXT, {name.upper(): value for name, value in EVENT.items()}, "text/plain"),
        (HTML, EVENT | {"content-type": "text/html"}, "text/html"),
        (orjson.dumps({"content": TEXT}), EVENT | {"content-type": "application/json"}, "text/plain"),
        (cloud(data={"content": TEXT}), STRUCTURED, "text/plain"),
        (cloud(data={"content": HTML}, datacontenttype="application/json"), STRUCTURED, "text/html"),
        (cloud(data=HTML, datacontenttype="text/html"), STRUCTURED, "text/html"),
        (cloud(data_base64=base64.b64encode(TEXT.encode()).decode()), STRUCTURED, "text/plain"),
        (
            cloud(data_base64=base64.b64encode(HTML.encode("utf-16")).decode(), datacontenttype="text/html"),
            STRUCTURED,
            "text/html",
        ),
        (
            cloud(data_base64=base64.b64encode(orjson.dumps({"content": TEXT})).decode()),
            STRUCTURED,
            "text/plain",
        ),
    ],
)
def test_every_form(value: bytes | str, headers: dict[str, str], content_type: str) -> None:
    document = document_of(value, headers)
    assert document.content == (TEXT if document.content == TEXT else HTML)
    assert document.content_type == content_type
    assert document.language.code == "en"


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (TEXT, {}),
        (orjson.dumps({"content": TEXT}), {"content-type": "application/json"}),
        (TEXT, EVENT | {"ce_subject": "subject"}),
        (cloud(data={"content": TEXT}, subject="subject"), STRUCTURED),
        (cloud(data_base64=base64.b64encode(TEXT.encode()).decode(), subject="subject"), STRUCTURED),
    ],
)
def test_headers_are_honoured_in_every_form(value: bytes | str, headers: dict[str, str]) -> None:
    given = {"URL": "https://n.example/a?utm_id=1", "Document-Id": "own", "fetched-at": "2026-01-31T08:30:00+01:00"}
    document = document_of(value, headers | given)
    assert document.source.model_dump() == {
        "url": "https://n.example/a?utm_id=1",
        "canonical_url": "https://n.example/a",
        "domain": "n.example",
    }
    assert document.document_id == "own"
    assert document.fetched_at == datetime(2026, 1, 31, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (TEXT, EVENT | {"ce_subject": "subject", "ce_time": "2020-01-01T00:00:00Z"}),
        (TEXT, EVENT | {"ce_subject": "subject", "document-id": "", "ce_time": "no date"}),
        (cloud(data={"content": TEXT}, subject="subject", time="2020-01-01T00:00:00Z"), STRUCTURED),
    ],
)
def test_the_subject_serves_as_id_and_the_events_time_as_nothing(value: bytes | str, headers: dict[str, str]) -> None:
    document = document_of(value, headers)
    assert document.document_id == "subject"
    assert document.fetched_at is None


def test_the_documents_own_id_goes_before_the_subject() -> None:
    value = cloud(data={"content": TEXT, "document_id": "own"}, subject="subject")
    assert document_of(value, STRUCTURED).document_id == "own"


def test_every_field_is_carried() -> None:
    raw = RawDocument(
        content="Cafe\u0301\r\nouvert",
        content_type="text/plain",
        url="https://www.news.co.uk/a?fbclid=1",
        fetched_at=datetime(2026, 1, 31, 8, 30, tzinfo=UTC),
        published_at=datetime(2026, 1, 30, tzinfo=UTC),
        title="Caf\u00e9",
        language="fr-FR",
        metadata={"feed": "local"},
    )
    received_at = datetime(2026, 2, 1, tzinfo=UTC)
    document = accept(raw, received_at=received_at, max_page_bytes=100)
    assert document.model_dump() == {
        "document_id": "url-" + hashlib.sha256(b"https://www.news.co.uk/a").hexdigest()[:32],
        "revision": hashlib.sha256("Caf\u00e9\nouvert".encode()).hexdigest(),
        "source": {
            "url": "https://www.news.co.uk/a?fbclid=1",
            "canonical_url": "https://www.news.co.uk/a",
            "domain": "news.co.uk",
        },
        "content": "Caf\u00e9\nouvert",
        "content_type": "text/plain",
        "language": {"code": "fr", "confidence": 1.0},
        "received_at": received_at,
        "fetched_at": raw.fetched_at,
        "published_at": raw.published_at,
        "title": "Caf\u00e9",
        "metadata": {"feed": "local"},
    }


def test_the_product() -> None:
    product = product_of(orjson.dumps({"content": "Br\u00fccke", "language": "de", "document_id": "a"}))
    assert product.document_id == "a"
    assert product.received_at_ms == RECEIVED_MS
    assert product.counts == {"bytes": 7}
    assert product.labels == {"content_type": "text/plain", "language": "de"}
    assert AcceptedDocument.model_validate_json(product.data).received_at == datetime.fromtimestamp(
        RECEIVED_MS / 1000, UTC
    )


@pytest.mark.parametrize(
    ("value", "headers", "code", "says"),
    [
        (None, {}, "empty_page", "tombstone"),
        (b"", {}, "empty_page", "empty"),
        (" \n\u200b", {}, "empty_page", "text/plain"),
        ("\x00\x01", {}, "empty_page", "visible"),
        (b"\xef\xbb\xbf", {}, "empty_page", "visible"),
        ("<html><script>x</script></html>", {}, "empty_page", "text/html"),
        (b'{"content": ""}', {}, "empty_page", "visible"),
        ("x" * 10_001, {}, "page_too_large", "10001 bytes, and the limit is 10000"),
        (orjson.dumps({"content": "x" * 10_001}), {}, "page_too_large", "10001 bytes"),
        (orjson.dumps({"content": "\u0958" * 3_000}), {}, "page_too_large", "18000 bytes"),
        (cloud(data_base64=base64.b64encode(b"x" * 10_001).decode()), STRUCTURED, "page_too_large", "10001 bytes"),
        (b"%PDF-1.7\n", {}, "not_text", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", {"content-type": "text/html"}, "not_text", "Network Graphics"),
        (b"PK\x03\x04\x14\x00", {}, "not_text", "ZIP"),
        (bytes(100), {}, "not_text", "control characters"),
        (orjson.dumps({"content": "\x00a" * 100}), {}, "not_text", "100 of its 200 characters"),
        (b'{"content": ', {}, "invalid_json", "line 1, column 13"),
        (b"plain", {"content-type": "application/json"}, "invalid_json", "line 1, column 1"),
        (b"plain", STRUCTURED, "invalid_json", "line 1, column 1"),
        (b'{"text": "a"}', {}, "invalid_document", "content"),
        (b"[]", {"content-type": "application/json"}, "invalid_document", "list"),
        (TEXT, {"document-id": "x" * 513}, "invalid_document", "document_id"),
        (b'{"content": "a", "published_at": "2026-01-31"}', {}, "invalid_date", "published_at: '2026-01-31'"),
        (TEXT, {"fetched-at": "31 January"}, "invalid_date", "fetched_at: '31 January'"),
        (TEXT, {"fetched-at": b"\xff"}, "invalid_date", "fetched_at"),
        (b"\x81\x8d\x8f" * 9, {}, "undecodable", "27 bytes"),
        (TEXT, {"content-type": "application/pdf"}, "unknown_content_type", "application/pdf"),
        (TEXT, {"content-type": "application/cloudevents-batch+json"}, "unknown_content_type", "batch"),
        (b'{"content": "a", "content_type": "text/rtf"}', {}, "unknown_content_type", "text/rtf"),
        (cloud(data="a", datacontenttype="text/rtf"), STRUCTURED, "unknown_content_type", "text/rtf"),
        (TEXT, EVENT | {"ce_specversion": "2.0"}, "unsupported_event", "2.0"),
        (TEXT, EVENT | {"ce_specversion": "0.3"}, "unsupported_event", "0.3"),
        (TEXT, EVENT | {"ce_type": "broadsheet.document.raw.v2"}, "unsupported_event", "raw.v2"),
        (TEXT, {"ce_type": "com.example.page"}, "unsupported_event", "com.example.page"),
        (cloud(specversion="2.0", data={"content": TEXT}), STRUCTURED, "unsupported_event", "2.0"),
        (cloud(type="broadsheet.document.raw.v2", data={}), STRUCTURED, "unsupported_event", "raw.v2"),
        (cloud(type=None, data={"content": TEXT}), STRUCTURED, "invalid_document", "event type"),
        (cloud(specversion=None, data={"content": TEXT}), STRUCTURED, "invalid_document", "event specversion"),
        (cloud(subject=1, data={"content": TEXT}), STRUCTURED, "invalid_document", "event subject"),
        (cloud(), STRUCTURED, "invalid_document", "NoneType"),
        (cloud(data=TEXT), STRUCTURED, "invalid_document", "str"),
        (cloud(data={}, datacontenttype="text/html"), STRUCTURED, "invalid_document", "event data"),
        (cloud(data={}, data_base64=""), STRUCTURED, "invalid_document", "data_base64"),
        (cloud(data_base64="@@"), STRUCTURED, "invalid_document", "data_base64"),
        (cloud(data_base64="ü"), STRUCTURED, "invalid_document", "data_base64"),
        (cloud(data_base64=""), STRUCTURED, "empty_page", "visible"),
        (b"[1]", STRUCTURED, "invalid_document", "event"),
    ],
)
def test_every_error(value: bytes | str | None, headers: dict[str, str | bytes], code: str, says: str) -> None:
    error = error_of(value, headers)
    assert error.code == code
    assert says in error.message
    assert error.action


@pytest.mark.parametrize("milliseconds", [2**62, -(2**62), 10**17])
def test_a_timestamp_that_is_no_date(milliseconds: int) -> None:
    odd = Record("documents.raw", 0, 0, milliseconds, None, TEXT.encode())
    with pytest.raises(DocumentError, match="timestamp") as caught:
        accept_record(odd, max_page_bytes=1000)
    assert caught.value.code == "invalid_date"


def test_the_stage_travels_to_a_worker_process_with_its_limit() -> None:
    transform = pickle.loads(pickle.dumps(stage(IntakeSettings(max_page_bytes=5)).transform))  # noqa: S301 - our own bytes
    with pytest.raises(DocumentError) as caught:
        transform(record(TEXT))
    assert caught.value.code == "page_too_large"


def test_the_limit_is_set_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert IntakeSettings().max_page_bytes == MAX_PAGE_BYTES
    monkeypatch.setenv("BROADSHEET_MAX_PAGE_BYTES", "123")
    assert IntakeSettings().max_page_bytes == 123


TRACE = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "vendor=1"}


@pytest.mark.parametrize(
    ("value", "headers"),
    [
        (cloud(data={"content": TEXT}, **TRACE), STRUCTURED),
        (
            cloud(data_base64=base64.b64encode(TEXT.encode()).decode(), datacontenttype="text/plain", **TRACE),
            STRUCTURED,
        ),
        (TEXT, {**EVENT, "content-type": "text/plain", **{f"ce_{name}": text for name, text in TRACE.items()}}),
    ],
)
def test_the_trace_of_an_event_is_carried_as_headers(value: bytes | str, headers: Mapping[str, str]) -> None:
    assert product_of(value, headers).trace == tuple((name, text.encode()) for name, text in TRACE.items())


@pytest.mark.parametrize("trace", [None, "", 7, ["00-1-2-01"], "0" * 513])
def test_no_page_is_lost_for_its_trace(trace: object) -> None:
    assert product_of(cloud(data={"content": TEXT}, traceparent=trace), STRUCTURED).trace == ()
