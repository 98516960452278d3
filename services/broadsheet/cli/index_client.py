"""What the commands of `broadsheet index` share: a client of the index, the choice of one index, and progress bars."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

import typer
from opensearchpy import AsyncOpenSearch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from broadsheet.cli.console import is_terminal
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import KINDS, Kind, Names
from broadsheet.indexer.rebuilding import Watch
from broadsheet.indexer.search import named_errors
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.settings import load

T = TypeVar("T")

Only = Annotated[Kind | None, typer.Option("--only", help="Only the index of the pages, or only that of the teasers.")]


def kinds(only: Kind | None) -> tuple[Kind, ...]:
    """Give the indices that are meant: all where none is named."""
    return KINDS if only is None else (only,)


def with_client(work: Callable[[AsyncOpenSearch, Names], Awaitable[T]]) -> T:
    """Do work with a client of the installation's OpenSearch, and close it.

    Raises:
        OperatorError: there is no index, or OpenSearch refuses the client (see `named_errors`).
        UnavailableError: it cannot be reached.
    """
    settings = load(OpenSearchSettings)

    async def run() -> T:
        names = Names(settings.index_prefix)
        async with connect(settings) as client:
            with named_errors(names.read):
                return await work(client, names)

    return asyncio.run(run())


@contextmanager
def watching() -> Iterator[Watch]:
    """Show a bar for each piece of work on stderr, where a person sees it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not is_terminal(sys.stderr)) as progress:
        tasks: dict[str, TaskID] = {}

        def watch(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=total)
            progress.update(tasks[label], completed=done, total=total)

        yield watch
