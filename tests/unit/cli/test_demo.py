"""The demo fails in words, not by a traceback, when something does not go well."""

import io
from datetime import UTC, datetime

import psutil
import pytest
from rich.console import Console

from broadsheet.cli.demo import Checks, _check, check_left, say_pace
from broadsheet.cli.demo_road import Journey, sample_pages
from broadsheet.cli.demo_view import show, show_times

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_when_no_page_reached_the_index_the_demo_says_so_and_fails(console: Console) -> None:
    names = [page.path.rpartition("/")[2].partition(".")[0] for page in sample_pages()]
    journeys = {name: Journey(name, NOON) for name in names}
    checks = Checks(console)

    for journey in journeys.values():
        show(console, journey)
    _check(journeys, checks)
    median = show_times(console, list(journeys.values()))
    say_pace(checks, median)

    assert median is None
    assert shown(console).count("has not ended") == len(journeys)
    assert "no page reached it" in shown(console)
    assert shown(console).count("FAILED") == checks.failed == 2


@pytest.mark.parametrize(("median", "says"), [(1.99, "ok "), (2.0, "slow "), (None, "")])
def test_a_slow_road_is_told_and_no_failure(median: float | None, says: str, console: Console) -> None:
    checks = Checks(console)
    say_pace(checks, median)
    assert checks.failed == 0
    assert shown(console).startswith(says)
    assert bool(shown(console)) == bool(says)


def test_a_process_that_is_left_is_named(console: Console) -> None:
    checks = Checks(console)
    check_left(checks, [])
    assert (checks.failed, shown(console)) == (0, "ok      no process is left behind\n")
    check_left(checks, [psutil.Process()])
    assert checks.failed == 1
    assert f"FAILED  no process is left behind: {psutil.Process().pid}" in shown(console)
