import sys
from pathlib import Path

import pytest

from broadsheet.local.child import Child
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


def python(code: str, log: Path, **environment: str) -> Child:
    return Child("script", [sys.executable, "-c", code], log=log, environment=environment)


def test_the_exit_status_and_the_output_are_kept(tmp_path: Path) -> None:
    child = python("import os; print(os.environ['COLOUR']); raise SystemExit(7)", tmp_path / "log", COLOUR="teal")
    child.start()
    assert child.wait(60) == 7
    assert child.tail() == ["teal"]
    assert not child.running


def test_a_second_start_appends_to_the_log(tmp_path: Path) -> None:
    child = python("print('run')", tmp_path / "log")
    for _ in range(2):
        child.start()
        child.wait(60)
    assert child.tail() == ["run", "run"]


def test_stopping_what_never_ran_or_has_ended_does_nothing(tmp_path: Path) -> None:
    child = python("raise SystemExit(3)", tmp_path / "log")
    assert child.stop(1) is None
    child.start()
    child.wait(60)
    assert child.stop(1) == 3


def test_one_that_ends_before_it_is_ready_is_an_error_with_the_end_of_its_log(tmp_path: Path) -> None:
    child = python("print('no room'); raise SystemExit(4)", tmp_path / "log")
    child.start()
    with pytest.raises(OperatorError, match=r"script ended with exit status 4.*\n  no room$") as caught:
        child.wait_until(lambda: False, 60)
    assert caught.value.code == ErrorCode.STACK
    assert str(tmp_path / "log") in caught.value.message


def test_one_that_is_never_ready_is_an_error(tmp_path: Path) -> None:
    child = python("import time; time.sleep(600)", tmp_path / "log")
    child.start()
    try:
        with pytest.raises(OperatorError, match="was not ready after 0 s"):
            child.wait_until(lambda: False, 0.1)
    finally:
        child.stop(5)


def test_a_program_that_does_not_exist_is_an_error_that_names_it(tmp_path: Path) -> None:
    child = Child("nothing", [str(tmp_path / "absent")], log=tmp_path / "log")
    with pytest.raises(OperatorError, match=r"nothing cannot be started \(exit status 127\)(.|\n)*absent"):
        child.start()
