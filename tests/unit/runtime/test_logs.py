import logging
from collections.abc import Iterator

import orjson
import pytest
import structlog

from broadsheet.runtime.logs import configure_logging
from broadsheet.runtime.settings import ProcessorSettings


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
