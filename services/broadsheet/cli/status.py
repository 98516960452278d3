"""`broadsheet status`: how far each stage has come."""

import asyncio
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from broadsheet.cli.console import is_terminal, write_line, write_rows
from broadsheet.cli.stage_progress import stages_progress
from broadsheet.runtime.settings import KafkaSettings, load


def status(
    *,
    interval: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Time over which the rate is measured.")
    ] = 2.0,
) -> None:
    """Show each stage's processors, lag, rate and oldest unprocessed record, and the number of dead letters.

    All of it is asked of the broker, so it holds for every processor of the installation, wherever it runs. The rate counts
    committed offsets, which processors commit once a second. The dead letters are counted with their replay markers.
    """
    progress, dead_letters = asyncio.run(stages_progress(load(KafkaSettings), interval=interval))
    write_rows("Stages", [asdict(stage) for stage in progress])
    if is_terminal(sys.stdout):
        typer.echo(f"records in the dead-letter topic: {dead_letters}")
    else:
        write_line({"dead_letter_records": dead_letters})
