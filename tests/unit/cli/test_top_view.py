from dataclasses import replace

import pytest
from rich.console import Console

from broadsheet.cli.stage_rows import StageRow
from broadsheet.cli.top_view import duration, table

WELL = StageRow(
    stage="tagger",
    state="working",
    up=2,
    processors=2,
    in_per_second=12.34,
    out_per_second=12.0,
    lag_records=1234,
    lag_seconds=95.0,
    p50_seconds=0.42,
    p95_seconds=7.25,
    page_p95_seconds=0.012,
    dead_letters=3,
    retries=0,
    memory_bytes=300 * 2**20,
    problem=None,
)
DOWN = StageRow("indexer", "down", 0, 1, *(None,) * 10, problem="http://d:1: connection refused\x1b[2J")


def shown(*rows: StageRow) -> str:
    console = Console(width=140, color_system=None)
    with console.capture() as capture:
        console.print(table(rows))
    return capture.get()


def test_a_stage_is_a_row_in_units_that_a_person_reads() -> None:
    cells = [cell.strip() for cell in shown(WELL).splitlines()[4].split("│")][1:-1]
    assert cells == [
        "tagger",
        "working",
        "12.3",
        "12.0",
        "1,234",
        "1.6 min",
        "420 ms",
        "7.2 s",
        "12 ms",
        "3",
        "0",
        "300 MiB",
    ]


def test_what_is_not_known_is_a_dash_and_the_problem_stands_below() -> None:
    text = shown(WELL, DOWN)
    assert text.splitlines()[5].count(" - ") == 10
    assert text.splitlines()[-1].strip() == "indexer: http://d:1: connection refused[2J"


def test_a_stage_of_which_a_part_is_up_says_so() -> None:
    assert "working, 1 of 2 up" in shown(replace(WELL, up=1))


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 ms"), (0.9994, "999 ms"), (1, "1.0 s"), (60, "1.0 min"), (5400, "1.5 h")]
)
def test_a_time_has_the_unit_that_a_person_would_use(seconds: float, text: str) -> None:
    assert duration(seconds) == text
