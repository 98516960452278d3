"""`broadsheet index`: making the indices, checking them, moving them to a new version and back, and pruning them."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from opensearchpy import AsyncOpenSearch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from broadsheet.cli.console import is_terminal, note, write_rows
from broadsheet.indexer import rebuilding, retention, schema
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import KINDS, Kind, Names
from broadsheet.indexer.rebuilding import Moved, Watch
from broadsheet.indexer.search import named_errors
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.indexer.standing import Difference, script_difference, standing
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import load
from broadsheet_schemas.errors import ErrorCode

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, help="Create, check, rebuild, roll back or prune the index.")

Only = Annotated[Kind | None, typer.Option("--only", help="Only the index of the pages, or only that of the teasers.")]


@app.command()
def create() -> None:
    """Make the indices, aliases, templates and the script that are missing; what is there is left as it is."""
    _with_client(schema.create)
    note("the indices are there")


@app.command()
def check() -> None:
    """Say which versions of the indices there are, and what is not as expected; the exit status is then 1."""
    rows, differences = _with_client(_check)
    write_rows("Versions", rows)
    if not differences:
        note("the indices are as this release expects them")
        return
    for difference in differences:
        note(f"{difference.name}: {difference.what} is {difference.found}, not {difference.expected}")
    raise OperatorError(ErrorCode.INDEX_DIFFERS, f"{len(differences)} differences")


@app.command()
def reindex(only: Only = None) -> None:
    """Build a new version of each index beside the old one, verify it, and switch the aliases in one step.

    Searches go on. Writes go on too, but for the last second or so, in which the indexers wait.
    """
    _move(rebuilding.reindex, only)


@app.command()
def rollback(only: Only = None) -> None:
    """Switch the aliases back to the version before; what was written since is copied to it first."""
    _move(rebuilding.rollback, only)


@app.command()
def prune(
    days: Annotated[
        float | None,
        typer.Option(min=0, metavar="DAYS", help="Greatest age to keep; BROADSHEET_INDEX_RETENTION_DAYS if absent."),
    ] = None,
    only: Only = None,
) -> None:
    """Delete pages that were last received, and teasers that were last seen, more than so many days ago."""
    kept = load(OpenSearchSettings).index_retention_days if days is None else days
    if kept is None:
        raise OperatorError(ErrorCode.USAGE, "say what to keep: --days, or BROADSHEET_INDEX_RETENTION_DAYS")

    async def work(client: AsyncOpenSearch, names: Names) -> list[dict[str, object]]:
        now = datetime.now(UTC)
        kinds = [Names(names.prefix, kind) for kind in _kinds(only)]
        return [
            {"index": of_kind.read, "deleted": await retention.prune(client, of_kind, kept, now=now)}
            for of_kind in kinds
        ]

    write_rows("Pruned", _with_client(work))


@app.command()
def drop(
    kind: Annotated[Kind, typer.Argument(help="Which index.")],
    number: Annotated[int, typer.Argument(min=1, help="Number of the version: 2 for broadsheet-documents-v2.")],
) -> None:
    """Delete a version of an index that no alias means: an old one that no rollback needs, or an unfinished one."""

    async def work(client: AsyncOpenSearch, names: Names) -> str:
        versions = (await standing(client, Names(names.prefix, kind))).versions
        found = next((version for version in versions if version.number == number), None)
        if found is None:
            known = ", ".join(version.index for version in versions) or "none"
            raise OperatorError(ErrorCode.NOT_FOUND, f"there is no version {number} of the index of {kind}: {known}")
        if found.aliases:
            raise OperatorError(ErrorCode.USAGE, f"{found.index} is in use, as {', '.join(sorted(found.aliases))}")
        await client.indices.delete(index=found.index)
        return found.index

    note(f"{_with_client(work)} is deleted")


async def _check(client: AsyncOpenSearch, names: Names) -> tuple[list[dict[str, object]], list[Difference]]:
    rows: list[dict[str, object]] = []
    differences = list(await script_difference(client, names))
    for kind in KINDS:
        stands = await standing(client, Names(names.prefix, kind))
        differences += stands.differences()
        for version in stands.versions:
            count = (await client.count(index=version.index))["count"]
            aliases = ", ".join(sorted(version.aliases)) or None
            rows.append({"index": version.index, "documents": count, "aliases": aliases})
    return rows, differences


def _move(move: Callable[[AsyncOpenSearch, Names, Watch], Awaitable[Moved]], only: Kind | None) -> None:
    async def work(client: AsyncOpenSearch, names: Names) -> list[Moved]:
        with _watching() as watch:
            return [await move(client, Names(names.prefix, kind), watch) for kind in _kinds(only)]

    moved = _with_client(work)
    rows = [
        {"from": done.source, "to": done.target, "documents": done.documents, "passes": done.passes} for done in moved
    ]
    write_rows("Moved", rows)


def _kinds(only: Kind | None) -> tuple[Kind, ...]:
    return KINDS if only is None else (only,)


@contextmanager
def _watching() -> Iterator[Watch]:
    """Show a bar for each copy on stderr, where a person sees it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not is_terminal(sys.stderr)) as progress:
        tasks: dict[str, TaskID] = {}

        def watch(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=total)
            progress.update(tasks[label], completed=done, total=total)

        yield watch


def _with_client(work: Callable[[AsyncOpenSearch, Names], Awaitable[T]]) -> T:
    settings = load(OpenSearchSettings)

    async def run() -> T:
        names = Names(settings.index_prefix)
        async with connect(settings) as client:
            with named_errors(names.read):
                return await work(client, names)

    return asyncio.run(run())
