"""The table of `broadsheet top`."""

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from broadsheet.cli.console import safe
from broadsheet.cli.stage_rows import StageRow

STYLES = {"down": "bold red", "halted": "bold red", "retrying": "yellow", "not ready": "yellow", "starting": "yellow"}
"""Of what is neither working nor waiting for work."""

COLUMNS = (
    "stage",
    "state",
    "in/s",
    "out/s",
    "lag",
    "oldest",
    "p50",
    "p95",
    "page p95",
    "dead letters",
    "retries",
    "memory",
)
NUMBERS_FROM = 2

SECONDS_OF_A_MINUTE = 60
SECONDS_OF_AN_HOUR = 3600


def table(rows: Sequence[StageRow], *, title: str = "Road") -> RenderableType:
    """Give the stages as a table, and below it why processors do not answer."""
    shown = Table(title=title, title_justify="left")
    for number, name in enumerate(COLUMNS):
        shown.add_column(name, justify="right" if number >= NUMBERS_FROM else "left", no_wrap=number < NUMBERS_FROM)
    for row in rows:
        shown.add_row(*_cells(row))
    problems = [Text(f"{row.stage}: {safe(row.problem)}", style="red") for row in rows if row.problem]
    return Group(shown, *problems)


def _cells(row: StageRow) -> list[Text]:
    state = row.state if row.up == row.processors or not row.up else f"{row.state}, {row.up} of {row.processors} up"
    return [
        Text(row.stage),
        Text(state, style=STYLES.get(row.state, "green")),
        _cell(row.in_per_second, "{:.1f}".format),
        _cell(row.out_per_second, "{:.1f}".format),
        _cell(row.lag_records, "{:,}".format),
        _cell(row.lag_seconds, duration),
        _cell(row.p50_seconds, duration),
        _cell(row.p95_seconds, duration),
        _cell(row.page_p95_seconds, duration),
        _cell(row.dead_letters, "{:,}".format, style="yellow" if row.dead_letters else ""),
        _cell(row.retries, "{:,}".format, style="yellow" if row.retries else ""),
        _cell(row.memory_bytes, lambda size: f"{size / 2**20:,.0f} MiB"),
    ]


def _cell(value: float | None, say: Callable[[float], str], style: str = "") -> Text:
    return Text("-" if value is None else say(value), style=style)


def duration(seconds: float) -> str:
    """Give a time in the unit that a person would say it in."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < SECONDS_OF_A_MINUTE:
        return f"{seconds:.1f} s"
    if seconds < SECONDS_OF_AN_HOUR:
        return f"{seconds / SECONDS_OF_A_MINUTE:.1f} min"
    return f"{seconds / SECONDS_OF_AN_HOUR:.1f} h"
