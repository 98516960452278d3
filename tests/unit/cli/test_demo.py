"""The demo fails in words, not by a traceback, when something does not go well."""

import io
from datetime import UTC, datetime

import psutil
import pytest
from rich.console import Console

from broadsheet.cli.demo import Checks, _check, check_left, check_times
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
    check_times(checks, median)

    assert median is None
    assert shown(console).count("has not ended") == len(journeys)
    assert "no page reached it" in shown(console)
    assert shown(console).count("FAILED") == checks.failed == 3


@pytest.mark.parametrize(("median", "failed"), [(0.3, 0), (1.99, 0), (2.0, 1), (None, 1)])
def test_the_median_has_a_limit(median: float | None, failed: int, console: Console) -> None:
    checks = Checks(console)
    check_times(checks, median)
    assert checks.failed == failed


def test_a_process_that_is_left_is_named(console: Console) -> None:
    checks = Checks(console)
    check_left(checks, [])
    assert (checks.failed, shown(console)) == (0, "ok      no process is left behind\n")
    check_left(checks, [psutil.Process()])
    assert checks.failed == 1
    assert f"FAILED  no process is left behind: {psutil.Process().pid}" in shown(console)
