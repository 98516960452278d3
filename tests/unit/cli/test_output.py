"""Outputs are whole, or it is said which one is not and why."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from broadsheet.cli.main import run
from broadsheet.cli.output import opened_output
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

pytestmark = pytest.mark.processes


FULL = Path("/dev/full")
"""A device of Linux that is always full."""

full_disk = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_what_is_written_can_be_read_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"what it held before")
    with opened_output(str(path)) as output:
        output.write(b"one\n")
        output.write(b"two\n")
    data = path.read_bytes()
    assert (gzip.decompress(data) if name.endswith(".gz") else data) == b"one\ntwo\n"


@full_disk
@pytest.mark.parametrize("size", [1, 1_000_000])
@pytest.mark.parametrize("name", ["full.jsonl", "full.jsonl.gz"])
def test_a_full_disk_is_told_by_the_files_name(name: str, size: int, tmp_path: Path) -> None:
    """Small outputs fail as they are closed, large ones as they are written."""
    path = tmp_path / name
    path.symlink_to(FULL)
    noise = bytes(number * number % 251 for number in range(size))
    with pytest.raises(OperatorError, match=rf"{path} cannot be written: No space left") as caught:
        write(path, noise)
    assert caught.value.code is ErrorCode.FILE_UNREADABLE


def write(path: Path, data: bytes) -> None:
    with opened_output(str(path)) as output:
        output.write(data)


def test_an_error_of_the_work_is_not_blamed_on_the_output(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError), opened_output(str(tmp_path / "a.jsonl")):
        raise ConnectionResetError(104, "reset")


@full_disk
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["schemas", "list"], "stdout"),
        (["schemas", "show", "raw-document"], "stdout"),
        (["tag", "TEXTS"], "stdout"),
        (["--help"], "stdout( or a file)?"),
    ],
)
def test_a_full_stdout_is_one_clear_line(arguments: list[str], file: str, unbuffered: str, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_bytes(b'{"id": "a", "text": "Ada Field lives in Oslo."}\n')
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "broadsheet", *(str(texts) if word == "TEXTS" else word for word in arguments)],
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    told = [line for line in done.stderr.splitlines() if not line.startswith('{"summary"')]
    assert re.match(rf"error\[file_unreadable\]: {file} cannot be written: No space left on device$", told[0])
    assert (done.returncode, len(told)) == (1, 2)


@full_disk
@pytest.mark.parametrize("option", ["--output", "--dead-letters"])
def test_a_full_disk_of_an_offline_command_is_one_clear_line(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_bytes(b'{"id": "a", "text": ""}\n{broken\n')
    assert run(["tag", str(texts), option, str(FULL)]) == 1
    assert "error[file_unreadable]: /dev/full cannot be written: No space left" in capsys.readouterr().err


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_error_message(unbuffered: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "schemas", "show", "enriched-document"],
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_file_that_the_system_names_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = str(tmp_path / ("x" * 300))
    assert run(["publish", long]) == 1
    assert capsys.readouterr().err.startswith(f"error[file_unreadable]: {long}: File name too long")
