"""`broadsheet similar`: pages with nearly the same body."""

import asyncio
import sys
from typing import Annotated

import typer

from broadsheet.cli.console import is_terminal, write_line, write_rows
from broadsheet.indexer.client import connect
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.indexer.similar import SimilarPage
from broadsheet.indexer.similar import similar as similar_pages
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.quoting import quote
from broadsheet.runtime.settings import load
from broadsheet_schemas.errors import ErrorCode


def similar(
    document_id: Annotated[str, typer.Argument(metavar="ID", help="The document's id, as `search` prints it.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="Most pages to show.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")] = False,
) -> None:
    """Find pages whose body is nearly the same, such as copies of an agency's article, whatever teasers stand round it.

    `shared` is the part of all runs of five words of both bodies that both have; `of the shorter`, of the shorter body's.
    """
    found = asyncio.run(_similar(load(OpenSearchSettings), document_id, limit))
    if as_json or not is_terminal(sys.stdout):
        for page in found:
            write_line(page.model_dump(mode="json"))
    else:
        write_rows("Similar pages", [_row(page) for page in found])


async def _similar(settings: OpenSearchSettings, document_id: str, limit: int) -> list[SimilarPage]:
    async with connect(settings) as client:
        found = await similar_pages(client, document_id, prefix=settings.index_prefix, size=limit)
    if found is None:
        raise OperatorError(ErrorCode.NOT_FOUND, f"the index holds no document {quote(document_id)}")
    return found


def _row(page: SimilarPage) -> dict[str, object]:
    return {
        "document": page.id,
        "title": page.title,
        "domain": page.domain,
        "published_on": page.published_on,
        "shared": f"{page.jaccard:.0%}",
        "of_the_shorter": f"{page.contained:.0%}",
    }
