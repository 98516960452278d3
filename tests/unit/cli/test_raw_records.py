"""`publish` prints the ids that intake gives."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.cli.documents import Document
from broadsheet.cli.raw_records import PageFacts, future_id, raw_record
from broadsheet.intake.acceptance import accept_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ErrorCode

PAGE = "Bridge reopens after two years\r\nThe old bridge is open to walkers again.\n"

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).map(PAGE.__add__)
lines = st.fixed_dictionaries(
    {"content": texts},
    optional={
        "document_id": st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1),
        "url": st.none()
        | st.sampled_from(["https://News.example:443/a?utm_source=x#top", "ftp://news.example/a", "a"]),
        "content_type": st.sampled_from([None, "text/plain", "text/html"]),
    },
)


def intake_id(record: Record) -> str:
    return accept_record(record, max_page_bytes=100_000).document_id


@settings(deadline=None)  # the first example loads the language model
@given(lines)
def test_a_line_is_published_under_the_id_that_intake_gives_it(fields: dict[str, str | None]) -> None:
    record = raw_record(Document("a.jsonl", 3, orjson.dumps(fields), "application/json"))
    assert future_id(record) == intake_id(record)


@settings(deadline=None)
@given(texts, st.sampled_from(["utf-8", "utf-16"]), st.sampled_from([None, "text/plain", "text/html"]))
def test_a_page_is_published_under_the_id_that_intake_gives_it(
    text: str, charset: str, content_type: str | None
) -> None:
    record = raw_record(Document("a", None, text.encode(charset), content_type))
    assert future_id(record) == intake_id(record)


def test_what_is_said_of_a_page_stands_in_its_headers() -> None:
    facts = PageFacts(url="https://news.example/ü", document_id="bridge", content_type="text/html")
    record = raw_record(Document("a.txt", None, b"<p>x", "text/plain"), facts)
    assert record.headers == (
        ("content-type", b"text/html"),
        ("url", "https://news.example/ü".encode()),
        ("document-id", b"bridge"),
    )
    assert (record.value, record.key) == (b"<p>x", None)
    assert future_id(record) == "bridge"


@pytest.mark.parametrize(
    ("value", "code"), [(b"{", ErrorCode.INVALID_JSON), (b'{"content": 1}', ErrorCode.INVALID_DOCUMENT)]
)
def test_a_line_that_intake_refuses_has_no_id(value: bytes, code: ErrorCode) -> None:
    with pytest.raises(DocumentError) as caught:
        future_id(raw_record(Document("a.jsonl", 1, value, "application/json")))
    assert caught.value.code is code
