"""The guard is tested on a parent that is really killed: a Python process that starts a child and then sleeps."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from broadsheet.local.child import Child

pytestmark = pytest.mark.processes


SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]

STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]

WITH_GRANDCHILD = [
    sys.executable,
    "-c",
    """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
""",
]

PARENT = """
import multiprocessing, sys, time
from pathlib import Path
from broadsheet.local.child import Child

folder = Path(sys.argv[1])
child = Child("sleeper", sys.argv[2:], log=folder / "log", remove=folder)
child.start()
copy = multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,))
copy.start()
print(child.pid, copy.pid, flush=True)
time.sleep(600)
"""


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "waited a minute in vain"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def first_line(child: Child) -> str:
    until(lambda: bool(child.tail()))
    return child.tail()[0]


def test_a_parent_killed_with_sigkill_takes_the_command_its_guard_and_the_folder_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with subprocess.Popen([sys.executable, "-c", PARENT, str(folder), *SLEEP], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid, copy = map(int, parent.stdout.readline().split())
        guard = psutil.Process(pid).parent()
        assert guard is not None
        parent.kill()
    try:
        until(lambda: gone(pid) and gone(guard.pid))
        assert not gone(copy), "a forked copy of the parent must not keep the command alive: it was to outlive it here"
        assert not folder.exists()
    finally:
        os.kill(copy, signal.SIGKILL)


def test_a_command_deaf_to_sigterm_is_killed_after_the_time_given(tmp_path: Path) -> None:
    child = Child("deaf", STUBBORN, log=tmp_path / "log")
    child.start()
    assert first_line(child) == "deaf"
    assert child.stop(0.2) == 128 + signal.SIGKILL
    assert gone(child.pid)


@pytest.mark.parametrize("end", [Child.kill, lambda child: os.kill(child.pid, signal.SIGKILL)])
def test_nothing_of_the_process_group_outlives_the_command(tmp_path: Path, end: Callable[[Child], None]) -> None:
    child = Child("family", WITH_GRANDCHILD, log=tmp_path / "log")
    child.start()
    grandchild = int(first_line(child))
    end(child)
    assert child.wait(30) == 128 + signal.SIGKILL
    until(lambda: gone(grandchild))
