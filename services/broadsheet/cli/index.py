"""`broadsheet index`: making the indices, checking them, filling them anew, moving them to a new version and back, pruning."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from opensearchpy import AsyncOpenSearch

from broadsheet.cli.console import note, write_rows
from broadsheet.cli.index_client import Only, kinds, with_client
from broadsheet.cli.index_moves import reindex, rollback
from broadsheet.cli.index_rebuild import rebuild
from broadsheet.indexer import retention, schema
from broadsheet.indexer.leases import let_go
from broadsheet.indexer.names import KINDS, Kind, Names
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.indexer.standing import Difference, script_difference, standing
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import load
from broadsheet_schemas.errors import ErrorCode

app = typer.Typer(no_args_is_help=True, help="Create, check, fill anew, reindex, roll back or prune the index.")


@app.command()
def create() -> None:
    """Make the indices, aliases, templates and the script that are missing; what is there is left as it is."""
    with_client(schema.create)
    note("the indices are there")


@app.command()
def check() -> None:
    """Say which versions of the indices there are, and what is not as expected; the exit status is then 1."""
    rows, differences = with_client(_check)
    write_rows("Versions", rows)
    if not differences:
        note("the indices are as this release expects them")
        return
    for difference in differences:
        note(f"{difference.name}: {difference.what} is {difference.found}, not {difference.expected}")
    raise OperatorError(ErrorCode.INDEX_DIFFERS, f"{len(differences)} differences")


app.command()(rebuild)
app.command()(reindex)
app.command()(rollback)


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
        return [
            {"index": of_kind.read, "deleted": await retention.prune(client, of_kind, kept, now=now)}
            for of_kind in (Names(names.prefix, kind) for kind in kinds(only))
        ]

    write_rows("Pruned", with_client(work))


@app.command()
def drop(
    kind: Annotated[Kind, typer.Argument(help="Which index.")],
    number: Annotated[int, typer.Argument(min=1, help="Number of the version: 2 for broadsheet-documents-v2.")],
) -> None:
    """Delete a version of an index that no alias means: an old one that no rollback needs, or an unfinished one."""

    async def work(client: AsyncOpenSearch, names: Names) -> str:
        await let_go(client, Names(names.prefix, kind))
        versions = (await standing(client, Names(names.prefix, kind))).versions
        found = next((version for version in versions if version.number == number), None)
        if found is None:
            known = ", ".join(version.index for version in versions) or "none"
            raise OperatorError(ErrorCode.NOT_FOUND, f"there is no version {number} of the index of {kind}: {known}")
        if found.aliases:
            raise OperatorError(ErrorCode.USAGE, f"{found.index} is in use, as {', '.join(sorted(found.aliases))}")
        await client.indices.delete(index=found.index)
        return found.index

    note(f"{with_client(work)} is deleted")


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
