"""The targets that the pages tell people to run."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]


def pytest_calls(target: str) -> list[list[str]]:
    """The arguments of each call of pytest that a target makes."""
    answer = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True)
    calls = [line.split() for line in answer.stdout.splitlines()]
    return [words[1:] for words in calls if words and words[0].endswith("/pytest")]


def test_every_test_runs_and_those_that_share_servers_run_in_one_process() -> None:
    fast, processes, shared = pytest_calls("test")
    assert fast == ["--numprocesses", "auto", "--dist", "worksteal", "-m", '"not', 'processes"', "tests/unit"]
    assert processes == ["-m", "processes", "tests/unit"]
    assert shared == ["--ignore", "tests/unit"]


def test_a_check_runs_the_unit_tests_on_all_cores() -> None:
    (words,) = pytest_calls("check")
    assert {"--numprocesses", "--dist"} <= set(words)
    assert words[-1] == "tests/unit"
