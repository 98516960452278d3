"""The command itself: quick help, clear errors, honest exit statuses."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer
from aiokafka.errors import IllegalStateError, KafkaConnectionError, NodeNotReadyError

from broadsheet import __version__
from broadsheet.cli import main as cli
from broadsheet.cli.failures import DEBUG_VARIABLE
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

Attach = Callable[[Callable[..., None]], None]


@pytest.fixture
def fails_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], int]:
    """Run a command that raises, and give its exit status."""

    def call(error: BaseException) -> int:
        def command() -> None:
            raise error

        def attach(app: typer.Typer, name: str, *_: object, **__: object) -> None:
            app.command(name)(command)

        monkeypatch.setattr(cli, "_attach", attach)
        return cli.run(["publish"])

    return call


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([name, "--help"]) == 0
    assert f"broadsheet {name}" in capsys.readouterr().out


def test_help_lists_every_command_and_loads_none() -> None:
    program = (
        "import sys\nfrom broadsheet.cli.main import run\nstatus = run(['--help'])\n"
        "heavy = {'aiokafka', 'faust', 'opensearchpy', 'pebble', 'py3langid', 'selectolax'} & set(sys.modules)\n"
        "assert not heavy, heavy\nsys.exit(status)\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert all(name in shown for name in cli.COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"broadsheet {__version__}\n"


def test_wrong_usage_has_its_own_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["consume"]) == 2
    assert cli.run(["publsh"]) == 2
    assert "publish" in capsys.readouterr().err


def test_an_expected_error_is_its_code_its_message_and_what_to_do(
    fails_with: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails_with(OperatorError(ErrorCode.TOPIC_MISSING, "there is no\x1b[2J topic")) == 1
    assert capsys.readouterr().err == (
        "error[topic_missing]: there is no[2J topic\n"
        "Run `broadsheet topics create`, with the same BROADSHEET_TOPIC_PREFIX.\n"
    )


@pytest.mark.parametrize("error", [KafkaConnectionError("x"), NodeNotReadyError("x")])
def test_a_client_that_cannot_reach_kafka_says_so(
    error: Exception, fails_with: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails_with(error) == 1
    assert capsys.readouterr().err.startswith("error[broker_unavailable]: ")


@pytest.mark.parametrize("error", [ValueError("oh"), IllegalStateError("ours")])
def test_a_bug_is_one_line_and_a_traceback_only_when_asked_for(
    error: Exception,
    fails_with: Callable[[BaseException], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert fails_with(error) == 1
    shown = capsys.readouterr().err
    assert shown.startswith(f"error[bug]: {type(error).__name__}: ")
    assert "Traceback" not in shown
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    assert fails_with(error) == 1
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_has_the_status_of_a_shell(fails_with: Callable[[BaseException], int]) -> None:
    assert fails_with(KeyboardInterrupt()) == 130


def test_a_reader_that_went_away_is_no_error_message(
    fails_with: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # restored afterwards: the wrapper that drops output replaces it
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert fails_with(BrokenPipeError(32, "Broken pipe")) == 1
    assert capsys.readouterr().err == ""


def test_a_bad_setting_is_named_without_its_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_TOPIC_PREFIX", "geheim geheim")
    assert cli.run(["topics", "check"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error[configuration]: BROADSHEET_TOPIC_PREFIX: ")
    assert "geheim" not in shown


def test_it_runs_as_a_module_too() -> None:
    environment = {**os.environ, "BROADSHEET_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
    shown = subprocess.run(
        [sys.executable, "-m", "broadsheet", "topics", "check"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert shown.returncode == 1
    assert shown.stderr.splitlines()[0] == "error[broker_unavailable]: no Kafka broker can be reached at 127.0.0.1:1"
    assert "Traceback" not in shown.stderr


def test_a_command_of_an_extra_that_is_not_installed_names_the_extra(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(module: str) -> None:
        raise ModuleNotFoundError(f"No module named psutil (for {module})", name="psutil")

    monkeypatch.setattr(cli, "import_module", missing)
    assert cli.run(["demo"]) == 1
    assert "install broadsheet[local]" in capsys.readouterr().err
