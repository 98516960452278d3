from datetime import UTC, datetime

from broadsheet.runtime.records import Record


def record(*headers: tuple[str, bytes]) -> Record:
    return Record("documents.raw", 3, 7, 1_767_225_600_000, b"key", b"value", headers)


def test_headers_are_found_whatever_their_case_and_the_last_wins() -> None:
    assert record(("URL", b"one"), ("url", b"two")).header("Url") == "two"
    assert record().header("url") is None


def test_a_header_that_is_not_text_does_not_stop_a_record() -> None:
    assert record(("url", b"\xff")).header("url") == "\N{REPLACEMENT CHARACTER}"


def test_size_counts_key_value_and_headers() -> None:
    assert record(("url", b"12345")).size == 3 + 5 + 3 + 5


def test_the_timestamp_is_aware() -> None:
    assert record().timestamp == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_id_is_told_by_subject_header_or_key() -> None:
    assert record(("ce_subject", b"a"), ("document-id", b"b")).known_id == "a"
    assert record(("document-id", b"b")).known_id == "b"
    assert record().known_id == "key"
    assert Record("t", 0, 0, 0, b"\xff" * 5000, None).known_id == "\N{REPLACEMENT CHARACTER}" * 512
    assert Record("t", 0, 0, 0, None, None).known_id is None
