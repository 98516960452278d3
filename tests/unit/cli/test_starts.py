"""Where to start reading, as a person writes it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from broadsheet.cli.starts import Start, parse_start
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("earliest", "earliest"),
        ("latest", "latest"),
        ("42", 42),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
        ("2026-01-31T08:30:00+02:00", datetime(2026, 1, 31, 8, 30, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_start_is_a_word_an_offset_or_a_time(text: str, start: Start) -> None:
    assert parse_start(text) == start


@pytest.mark.parametrize("text", ["", "now", "-1", "٣", "2026-13-01"])
def test_anything_else_is_wrong_usage(text: str) -> None:
    with pytest.raises(OperatorError, match="--from takes") as caught:
        parse_start(text)
    assert caught.value.code is ErrorCode.USAGE
