"""Whatever a record holds, intake gives an accepted document or says what is wrong with it."""

import hashlib

import orjson
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.intake.acceptance import accept, accept_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet_schemas import AcceptedDocument, RawDocument

A_DAY_MS = 1_769_848_202_000
EVENT = {"specversion": "1.0", "type": "broadsheet.document.raw.v1", "id": "1", "source": "/feed"}

CONTENT_TYPES = st.sampled_from(
    [
        *("text/plain", "text/html; charset=utf-16", "text/plain; charset=gb18030", "text/html; charset=hex"),
        *("application/json", "application/cloudevents+json", "application/xhtml+xml", ""),
    ]
)
HEADERS = st.lists(
    st.one_of(
        st.tuples(st.just("content-type"), CONTENT_TYPES.map(str.encode)),
        st.tuples(
            st.sampled_from(["url", "document-id", "fetched-at", "ce_subject", "ce_type"]), st.binary(max_size=20)
        ),
        st.tuples(st.text(max_size=5), st.binary(max_size=10)),
    ),
    max_size=4,
).map(tuple)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELD_NAMES = (
    *("content", "url", "document_id", "fetched_at", "language", "metadata", "content_type"),
    *("specversion", "type", "data", "data_base64", "datacontenttype", "subject"),
)
FIELDS = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELD_NAMES, JSON))
GOOD_FIELDS = st.builds(lambda content, more: {**more, "content": content}, st.text(), st.just({"language": "en"}))
VALUES = st.one_of(
    st.none(),
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.text(max_size=50).map(lambda text: text.encode("utf-16")),
    st.text("é日\u0301\x81a", max_size=50).map(lambda text: text.encode("gb18030", "ignore")),
    (FIELDS | GOOD_FIELDS).map(orjson.dumps),
    (FIELDS | GOOD_FIELDS).map(lambda data: orjson.dumps(EVENT | {"data": data})),
)


@given(VALUES, HEADERS, st.integers(-(2**63), 2**63 - 1) | st.just(A_DAY_MS))
def test_any_record_gives_an_accepted_document_or_a_document_error(
    value: bytes | None, headers: tuple[tuple[str, bytes], ...], timestamp_ms: int
) -> None:
    raw = Record("documents.raw", 0, 0, timestamp_ms, None, value, headers)
    try:
        product = accept_record(raw, max_page_bytes=1000)
    except DocumentError as error:
        assert error.message  # noqa: PT017 - either outcome is right, this is what one of them owes
        return
    document = AcceptedDocument.model_validate_json(product.data)
    assert product.document_id == document.document_id
    assert document.revision == hashlib.sha256(document.content.encode()).hexdigest()
    again = accept(RawDocument(content=document.content), received_at=document.received_at, max_page_bytes=10_000)
    assert again.content == document.content
    assert accept_record(raw, max_page_bytes=1000) == product
