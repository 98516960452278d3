"""`broadsheet show`: one document of the index, for a person to read."""

import asyncio
import sys
from typing import Annotated

import typer

from broadsheet.cli.console import is_terminal, note, write_line
from broadsheet.cli.document_html import document_html
from broadsheet.cli.document_view import print_document
from broadsheet.cli.output import opened_output
from broadsheet.indexer.client import connect
from broadsheet.indexer.search import get_document
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.indexer.stored import StoredDocument, read_document
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.quoting import quote
from broadsheet.runtime.settings import load
from broadsheet_schemas.errors import ErrorCode


def show(
    document_id: Annotated[str, typer.Argument(metavar="ID", help="The document's id, as `search` prints it.")],
    *,
    rest: Annotated[
        bool, typer.Option("--rest", help="Also what is neither article nor teaser: menus, comments and the like.")
    ] = False,
    html: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it as one self-contained HTML page, `-` for stdout.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on a terminal too.")] = False,
) -> None:
    """Show one document: title and body with their entities coloured, the teasers apart, the rest folded.

    Nothing on the page acts on the terminal or the browser: control characters are left out, and markup is shown as text.
    """
    document = asyncio.run(_document(load(OpenSearchSettings), document_id))
    if html is not None:
        with opened_output(html) as output:
            output.write(document_html(document).encode())
        if html != "-":
            note(f"wrote {html}")
    elif as_json or not is_terminal(sys.stdout):
        write_line(document.model_dump(mode="json"))
    else:
        print_document(document, rest=rest)


async def _document(settings: OpenSearchSettings, document_id: str) -> StoredDocument:
    async with connect(settings) as client:
        source = await get_document(client, document_id, prefix=settings.index_prefix)
    if source is None:
        raise OperatorError(ErrorCode.NOT_FOUND, f"the index holds no document {quote(document_id)}")
    return read_document(source)
