"""`broadsheet status`: how far each stage has come."""

import asyncio
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from broadsheet.cli.console import is_terminal, write_line, write_rows, write_text
from broadsheet.cli.letters import LetterCounts, count_letters
from broadsheet.cli.stage_progress import StageProgress, stages_progress
from broadsheet.runtime.settings import KafkaSettings, load


def status(
    *,
    interval: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Time over which the rate is measured.")
    ] = 2.0,
    count_for: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Longest time to count dead letters for.")
    ] = 5.0,
) -> None:
    """Show each stage's processors, lag, rate, oldest unprocessed record and dead letters, and the dead letters in all.

    All of it is asked of the broker, so it holds for every processor of the installation, wherever it runs. The rate counts
    committed offsets, which processors commit once a second. Dead letters are counted by reading their topic, replayed
    ones too: where that takes longer than --count-for, the numbers are of those read, and that is said.
    """
    progress, letters = asyncio.run(_look(load(KafkaSettings), interval, count_for))
    write_rows("Stages", [asdict(stage) | {"dead_letters": letters.by_stage.get(stage.stage, 0)} for stage in progress])
    total = sum(letters.by_stage.values())
    if is_terminal(sys.stdout):
        write_text(f"dead letters: {total}" if letters.complete else f"dead letters: {total} read, there may be more")
    else:
        write_line({"dead_letters": total, "all_counted": letters.complete})


async def _look(settings: KafkaSettings, interval: float, count_for: float) -> tuple[list[StageProgress], LetterCounts]:
    return await stages_progress(settings, interval=interval), await count_letters(settings, count_for)
