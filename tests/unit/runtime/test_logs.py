import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import orjson
import pytest
import structlog

from broadsheet.runtime.logs import configure_logging
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import ProcessorSettings
from broadsheet.runtime.tally import Tally
from broadsheet_schemas.errors import ErrorCode


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def log_an_error_beside_a_page() -> None:
    page = "the words of the page"
    try:
        _ = len(page) / 0
    except ZeroDivisionError:
        structlog.get_logger("broadsheet.test").exception("it failed", offset=7)
        logging.getLogger("some.library").exception("it failed too")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_places_and_no_values(capsys: pytest.CaptureFixture[str], form: str) -> None:
    configure_logging(ProcessorSettings.model_validate({"log_format": form}), "intake")
    log_an_error_beside_a_page()

    shown = capsys.readouterr().err
    assert "log_an_error_beside_a_page" in shown
    assert "the words of the page" not in shown


def test_lines_are_json_with_stage_and_fields(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(ProcessorSettings(log_format="json", instance="2"), "intake")
    structlog.get_logger("broadsheet.test").info("done", offset=7)
    structlog.get_logger("broadsheet.test").debug("too fine")
    logging.getLogger("aiokafka").info("chatter")

    (line,) = capsys.readouterr().err.splitlines()
    found = orjson.loads(line)
    assert (found["event"], found["stage"], found["instance"], found["offset"]) == ("done", "intake", "2", 7)
    assert found["timestamp"].endswith("Z")


HOSTILE_ID = 'a\n{"event": "forged", "level": "info"}\r\n\x1b]0;owned\x07\x9b31m\u202e\u2028"\\'


TITLE = "\x1b]0;owned\x07"
"""Without a space or a quote, for which the renderer would quote it by itself."""


def fail() -> None:
    raise ValueError(HOSTILE_ID)


def log_hostile_things() -> None:
    """Log what records' keys, an exception and a library's line say, as the processors do."""
    failed = Outcome(Failure(ErrorCode.BUG, "message", "ValueError"), 0.0)
    tally = Tally(Metrics("intake"), lambda: datetime(2026, 1, 31, tzinfo=UTC))
    for key in (HOSTILE_ID, TITLE):
        tally.ended(Record("documents.raw", 0, 7, 0, key.encode(), b"page"), failed)
    logging.getLogger("aiokafka").warning("strange record %s", HOSTILE_ID)
    try:
        fail()
    except ValueError:
        structlog.get_logger("broadsheet.test").exception("it failed")


def test_no_id_and_no_message_can_forge_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(ProcessorSettings(log_format="json"), "intake")
    log_hostile_things()
    lines = capsys.readouterr().err.splitlines()
    dead_letter, _titled, foreign, failed = (orjson.loads(line) for line in lines)
    assert (dead_letter["event"], dead_letter["document_id"], dead_letter["offset"]) == ("dead letter", HOSTILE_ID, 7)
    assert foreign["event"] == f"strange record {HOSTILE_ID}"
    assert failed["exception"][0]["exc_value"] == HOSTILE_ID
    assert all(line.isascii() and line.isprintable() for line in lines)


def test_no_id_and_no_message_can_control_the_terminal_or_forge_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    configure_logging(ProcessorSettings(log_format="console"), "intake")
    log_hostile_things()
    shown = capsys.readouterr().err
    without_colors = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert all(character.isprintable() or character in "\n\t" for character in without_colors)
    assert "\x1b]" not in shown
    dead_letter, titled, foreign, *_rest = without_colors.split("\n")
    assert "dead letter" in dead_letter
    assert "document_id=\\x1b]0;owned\\x07" in titled
    assert "strange record a\\n{" in foreign
