"""`broadsheet demo` and `broadsheet up`, as a newcomer runs them."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from broadsheet.local.ports import listening
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS

pytestmark = pytest.mark.e2e

BROADSHEET = (sys.executable, "-m", "broadsheet")
FIXED_PORTS = (9092, 9210, *DEFAULT_HTTP_PORTS.values())


def test_the_demo_shows_every_page_and_leaves_nothing_behind() -> None:
    result = subprocess.run([*BROADSHEET, "demo"], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "FAILED" not in result.stdout
    for shown in ("Council votes to keep the old library", "not_text", "Convert the file", "no page", "median"):
        assert shown in result.stdout


def test_up_serves_the_default_addresses_until_it_is_interrupted() -> None:
    taken = [port for port in FIXED_PORTS if listening(port)]
    if taken:
        pytest.skip(f"ports {taken} are in use: does `broadsheet up` run on this machine?")
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
