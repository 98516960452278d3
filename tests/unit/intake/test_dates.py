from datetime import UTC, datetime

import pytest

from broadsheet.intake.dates import parse_date
from broadsheet.runtime.errors import DocumentError


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T08:30:00Z",
        "2026-01-31t08:30:00z",
        "2026-01-31 09:30:00+01:00",
        "2026-01-31T09:30:00.000+0100",
        " 2026-01-31T08:30Z ",
        "2026-01-31T08:30:00.000000000Z",
    ],
)
def test_rfc_3339(text: str) -> None:
    assert parse_date(text, "fetched_at") == datetime(2026, 1, 31, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2026-01-31",
        "2026-01-31T08:30:00",
        "2026-02-30T00:00:00Z",
        "2026-01-31T25:00:00Z",
        "1769848200",
        1769848200,
        1.5,
        True,
        ["2026-01-31T08:30:00Z"],
        {},
        "x" * 10_000,
        "\uff12\uff1026-01-31T08:30:00Z",
    ],
)
def test_what_is_no_date_is_named_and_shortened(value: object) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_date(value, "fetched_at")
    assert caught.value.code == "invalid_date"
    assert caught.value.message.startswith(f"fetched_at: {repr(value)[:20]}")
    assert len(caught.value.message) < 200
