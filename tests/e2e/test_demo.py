"""`broadsheet demo` and `broadsheet up`, as a newcomer runs them."""

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import psutil
import pytest

from broadsheet.local.ports import listening
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS

pytestmark = pytest.mark.e2e

BROADSHEET = (sys.executable, "-m", "broadsheet")
FIXED_PORTS = (9092, 9210, *DEFAULT_HTTP_PORTS.values())

README = Path(__file__).parents[2] / "README.md"
VARIES = ("...", "From publish to index", "ok      a page takes")
"""Lines of the output in the README that stand for others or differ from run to run."""

MARK = "BROADSHEET_TEST_MARK"
"""Variable that all processes of a demo inherit, however deep and in whatever session: it tells them from all others."""


def marked(mark: str) -> list[psutil.Process]:
    """Give the processes, of any parent, whose environment bears the mark."""
    return [process for process in psutil.process_iter() if environment(process).get(MARK) == mark]


def environment(process: psutil.Process) -> dict[str, str]:
    try:
        return process.environ()
    except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):  # not ours, or it has ended
        return {}


def promised() -> list[str]:
    """The lines that the README shows of the demo, from the publishing on; the addresses before it differ each time."""
    block = README.read_text("utf-8").split("```text\n")[1].split("```")[0]
    lines = block[block.index("publishing") :].splitlines()
    return [line for line in lines if not line.startswith(VARIES)]


def test_the_demo_shows_what_the_readme_shows_and_leaves_nothing_behind() -> None:
    mark = uuid.uuid4().hex
    with subprocess.Popen(
        [*BROADSHEET, "demo"],
        env=os.environ | {MARK: mark, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        assert demo.stdout
        lines: list[str] = []
        during: list[str] = []
        for line in demo.stdout:
            lines.append(line)
            if "publishing" in line:
                during = [" ".join(process.cmdline()) for process in marked(mark)]
    out = "".join(lines)

    assert demo.returncode == 0, out
    assert "FAILED" not in out
    for shown in ("Council votes to keep the old library", "not_text", "Convert the file", "no page", "median"):
        assert shown in out
    assert [line for line in promised() if line not in {shown.rstrip() for shown in lines}] == []
    for part in ("kafka.Kafka", "OpenSearchRunner", *(f"broadsheet run {stage}" for stage in DEFAULT_HTTP_PORTS)):
        assert any(part in command for command in during), (part, during)
    assert marked(mark) == []


def test_up_serves_the_default_addresses_until_it_is_interrupted() -> None:
    taken = [port for port in FIXED_PORTS if listening(port)]
    assert not taken, f"ports {taken} are in use: does `broadsheet up` run on this machine?"
    with subprocess.Popen([*BROADSHEET, "up"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert any("ready" in line for line in process.stdout)
            below = psutil.Process(process.pid).children(recursive=True)
            clean = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
            status = subprocess.run([*BROADSHEET, "status"], env=clean, capture_output=True, check=False)
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()

    assert status.returncode == 0, status.stderr
    assert process.returncode == 0
    assert not psutil.wait_procs(below, timeout=30)[1]
