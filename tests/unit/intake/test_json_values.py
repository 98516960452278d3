import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.intake.json_values import parse_json
from broadsheet.runtime.errors import DocumentError


@pytest.mark.parametrize(
    ("value", "position"),
    [
        (b'{"content": x}', "line 1, column 13"),
        (b'{"content":\n "a",}', "line 2, column 5"),
        (b"{} {}", "line 1, column 4"),
        (b'{"content": "\xff"}', "line 1"),
        (b'{"a":' * 5000, "depth"),
        (b"[" * 1_000_000, "depth"),
        (b'{"a": 1e999}', "line 1, column 7"),
        (b'{"a": NaN}', "line 1, column 7"),
        (b"", "line 1, column 1"),
        ('{"a": 1}'.encode("utf-16"), "line 1, column 1"),
        (b'{"a": "\\ud8"}', "line 1"),
        (b'{"a": "\\u', "line 1"),
    ],
)
def test_what_is_no_json_has_a_position(value: bytes, position: str) -> None:
    with pytest.raises(DocumentError, match=position) as caught:
        parse_json(value)
    assert caught.value.code == "invalid_json"
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": 123456789012345678901234567890}', {"a": 1.2345678901234568e29}),
        (b'{"a": "\\ud83d"}', {"a": "\ufffd"}),
        (b'{"a": "\\ude00\\ud83d"}', {"a": "\ufffd\ufffd"}),
        (b'{"a": "\\ud83d\\ude00 \\uD83D"}', {"a": "\U0001f600 \ufffd"}),
        (b'{"a": "\\\\ud83d \\ud83d"}', {"a": "\\ud83d \ufffd"}),
        (b'{"\\ud83d": 1}', {"\ufffd": 1}),
    ],
)
def test_json_that_is_odd_is_read(value: bytes, parsed: object) -> None:
    assert parse_json(value) == parsed


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_string_that_json_can_hold_is_read_with_surrogates_replaced(text: str) -> None:
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    parsed = parse_json(json.dumps({"a": text}).encode())
    assert isinstance(parsed, dict)
    assert parsed["a"].replace("\ufffd", "") == expected.replace("\ufffd", "")
