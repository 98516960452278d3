"""A record as JSON loses nothing."""

import base64

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.cli.consume import decoded, full_name, headers_as_json, is_about, record_as_json
from broadsheet.runtime.records import Record


@settings(deadline=None)
@given(st.binary(max_size=50))
def test_a_value_can_be_had_back_from_what_is_printed(value: bytes) -> None:
    encoding, shown = decoded(value)
    if encoding == "json":
        assert shown == orjson.loads(value)
    else:
        assert (shown.encode() if encoding == "text" else base64.b64decode(shown)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b'{"a": [1, null]}', ("json", {"a": [1, None]})),
        (None, ("json", None)),
        ("Zürich".encode(), ("text", "Zürich")),
        (b"\xff\xfe", ("base64", "//4=")),
    ],
)
def test_the_encoding_says_how_the_value_stands_there(value: bytes | None, expected: tuple[str, object]) -> None:
    assert decoded(value) == expected


def test_headers_that_repeat_are_a_list_and_broken_ones_are_escaped() -> None:
    headers = (("a", b"1"), ("b", b"\xff"), ("a", b"2"))
    assert headers_as_json(headers) == {"a": ["1", "2"], "b": "\\xff"}


def test_a_record_as_json() -> None:
    record = Record("documents.raw", 1, 2, 1_769_848_200_000, b"key", b"[]", (("url", b"u"),))
    shown = orjson.loads(orjson.dumps(record_as_json(record), option=orjson.OPT_UTC_Z))
    assert shown == {
        "topic": "documents.raw",
        "partition": 1,
        "offset": 2,
        "timestamp": "2026-01-31T08:30:00Z",
        "key": "key",
        "headers": {"url": "u"},
        "encoding": "json",
        "value": [],
    }


def test_a_topic_may_be_named_by_its_last_word() -> None:
    assert full_name("enriched") == "documents.enriched"
    assert full_name("documents.enriched") == "documents.enriched"
    assert full_name("payments") == "payments"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Record("t", 0, 0, 0, b"d", None), True),
        (Record("t", 0, 0, 0, None, None, (("document-id", b"d"),)), True),
        (Record("t", 0, 0, 0, None, None, (("ce_subject", b"d"),)), True),
        (Record("t", 0, 0, 0, b"dd", None), False),
        (Record("t", 0, 0, 0, None, None), False),
    ],
)
def test_a_record_is_about_a_document_by_key_header_or_subject(*, record: Record, expected: bool) -> None:
    assert is_about(record, "d") is expected
