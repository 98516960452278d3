import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from broadsheet.local.ports import HOST, free_port

pytestmark = pytest.mark.processes


TESTS = Path(__file__).parents[1]
KILLED_TESTS = """
import os, pathlib, signal, sys
sys.path.insert(0, sys.argv[1])
from toy_road import toy
process = toy("toy", {"BROADSHEET_BOOTSTRAP_SERVERS": sys.argv[2], "BROADSHEET_HTTP_PORT": "0"}, pathlib.Path(sys.argv[3]))
process.start()
print(process.pid, flush=True)
sys.stdin.read()
"""


def test_toy_processors_end_with_the_tests_that_started_them_even_by_sigkill(tmp_path: Path) -> None:
    nobody = f"{HOST}:{free_port()}"
    command = [sys.executable, "-c", KILLED_TESTS, str(TESTS), nobody, str(tmp_path / "log")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tests:
        assert tests.stdout is not None
        toy = psutil.Process(int(tests.stdout.readline()))
        tests.send_signal(signal.SIGKILL)

    assert psutil.wait_procs([toy], timeout=60)[0]
