"""A process of the demo is found wherever it has gone, and only while it runs."""

import subprocess
import sys

import psutil
import pytest

from broadsheet.cli.demo_processes import Descendants

pytestmark = pytest.mark.processes


ORPHANING = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
print(child.pid, flush=True)
sys.stdin.read()
"""
"""Starts a process in a session of its own, and leaves it alone when stdin is closed."""


def test_one_whose_parent_has_died_is_found_until_it_ends() -> None:
    started = Descendants()
    with subprocess.Popen([sys.executable, "-c", ORPHANING], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        orphan = psutil.Process(int(parent.stdout.readline()))
        started.look()
    try:
        assert orphan not in psutil.Process().children(recursive=True)
        assert started.left(patience=0) == [orphan]
    finally:
        orphan.kill()
    assert started.left(patience=30) == []


def test_those_that_ran_before_are_none_of_its_business() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as earlier:
        started = Descendants()
        started.look()
        assert started.left(patience=0) == []
        earlier.communicate(b"\n")


def test_one_that_has_ended_and_is_not_waited_for_is_not_left() -> None:
    started = Descendants()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    started.look()
    child.communicate(b"\n")
    with subprocess.Popen([sys.executable, "-c", ""]) as zombie:
        started.look()
        assert started.left(patience=30) == []
        assert zombie.returncode is None
