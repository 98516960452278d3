"""`broadsheet up`: the whole stack on this machine until Ctrl-C."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from broadsheet.local.processor import Death
from broadsheet.local.stack import Addresses, Stack
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics


def up(
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep data and logs in this folder; a temporary one if absent.")
    ] = None,
) -> None:
    """Run Kafka, OpenSearch and the four processors on this machine until Ctrl-C.

    Everything listens on the addresses that are the defaults of all settings, so that every command works in another
    terminal with no settings at all. A processor that dies is started again, and that is said here.
    """
    asyncio.run(_until_stopped(data, Console()))


async def make_topics(settings: KafkaSettings) -> None:
    """Make the topics on the stack's only broker."""
    await create_topics(settings, replication=1)


async def _until_stopped(data: Path | None, console: Console) -> None:
    serving = asyncio.create_task(_serve(data, console))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving
    console.print("stopped")


async def _serve(data: Path | None, console: Console) -> None:
    def tell(death: Death) -> None:
        again = "not started again" if death.pause is None else f"started again in {death.pause:g} s"
        console.print(f"{death.stage} died with exit status {death.status}: {again} (log: {death.log})", style="yellow")

    console.print("starting Kafka, OpenSearch and the processors ...")
    async with Stack(make_topics, data=data, fixed=True, report=tell) as stack:
        console.print(addresses_table(stack.addresses))
        console.print(f"data and logs: {stack.data}")
        console.print("ready; Ctrl-C stops everything", style="bold green")
        await stack.watch()


def addresses_table(addresses: Addresses) -> Table:
    """Give the addresses of a running stack as a table."""
    table = Table("what", "where", title="Running", title_justify="left")
    table.add_row("Kafka", addresses.bootstrap_servers)
    table.add_row("OpenSearch", addresses.opensearch_url)
    for stage, urls in addresses.processors.items():
        for url in urls:
            table.add_row(f"{stage} metrics", f"{url}/metrics")
    return table
