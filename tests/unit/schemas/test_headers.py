"""Every header name is documented in a table, once in each."""

import pytest

from broadsheet_schemas import headers
from broadsheet_schemas.headers import (
    DEAD_LETTER_HEADERS,
    EVENT_HEADERS,
    PUBLISHER_HEADERS,
    REPLAY_HEADERS,
    TRACE_HEADERS,
    Header,
)

TABLES = (DEAD_LETTER_HEADERS, EVENT_HEADERS, PUBLISHER_HEADERS, REPLAY_HEADERS, TRACE_HEADERS)
NO_NAMES = {"ERROR_PREFIX", "SPECVERSION", "JSON_CONTENT_TYPE", "STRUCTURED_CONTENT_TYPE"}


def test_every_header_name_is_documented() -> None:
    names = {
        value
        for key, value in vars(headers).items()
        if key.isupper() and isinstance(value, str) and key not in NO_NAMES
    }
    assert names == {header.name for table in TABLES for header in table}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_names_a_header_once(table: tuple[Header, ...]) -> None:
    names = [header.name for header in table]
    assert len(names) == len(set(names))


def test_dead_letter_headers_have_the_prefix() -> None:
    assert all(header.name.startswith("broadsheet-error-") for header in DEAD_LETTER_HEADERS)
