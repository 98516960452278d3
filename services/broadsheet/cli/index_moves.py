"""`broadsheet index reindex` and `rollback`: moving the indices to a new version and back."""

from collections.abc import Awaitable, Callable

from opensearchpy import AsyncOpenSearch

from broadsheet.cli.console import write_rows
from broadsheet.cli.index_client import Only, kinds, watching, with_client
from broadsheet.indexer import rebuilding
from broadsheet.indexer.names import Kind, Names
from broadsheet.indexer.rebuilding import Moved, Watch


def reindex(only: Only = None) -> None:
    """Build a new version of each index beside the old one, verify it, and switch the aliases in one step.

    Searches go on. Writes go on too, but for the last second or so, in which the indexers wait.
    """
    _move(rebuilding.reindex, only)


def rollback(only: Only = None) -> None:
    """Switch the aliases back to the version before; what was written since is copied to it first."""
    _move(rebuilding.rollback, only)


def _move(move: Callable[[AsyncOpenSearch, Names, Watch], Awaitable[Moved]], only: Kind | None) -> None:
    async def work(client: AsyncOpenSearch, names: Names) -> list[Moved]:
        with watching() as watch:
            return [await move(client, Names(names.prefix, kind), watch) for kind in kinds(only)]

    moved = with_client(work)
    rows = [
        {"from": done.source, "to": done.target, "documents": done.documents, "passes": done.passes} for done in moved
    ]
    write_rows("Moved", rows)
