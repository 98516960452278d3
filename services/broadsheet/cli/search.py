"""`broadsheet search`: the index, from the command line."""

import asyncio
import sys
from datetime import datetime
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.text import Text

from broadsheet.cli.console import is_terminal, safe, write_line
from broadsheet.indexer.client import connect
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.results import Hit, SearchResult, Snippet
from broadsheet.indexer.search import search as search_index
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.settings import load
from broadsheet_schemas.enriched import EntityType


def _day(text: str) -> Any:
    return typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help=text)


def search(
    query: Annotated[str | None, typer.Argument(help="Words to find; none finds every document.")] = None,
    *,
    entity: Annotated[str | None, typer.Option(metavar="NAME", help="Only pages whose part mentions it.")] = None,
    entity_type: Annotated[
        EntityType | None,
        typer.Option(case_sensitive=False, help="The entity is of this type; without --entity any of the type."),
    ] = None,
    since: Annotated[datetime | None, _day("Only pages dated this day or later.")] = None,
    until: Annotated[datetime | None, _day("Only pages dated this day or earlier.")] = None,
    domain: Annotated[str | None, typer.Option(help="Only pages of this registered domain.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only pages in this language, ISO 639-1: en.")
    ] = None,
    part: Annotated[
        Literal["body", "teasers", "any"], typer.Option(help="Where query and entity must stand; the title is body.")
    ] = "any",
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="Most pages to show.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")] = False,
) -> None:
    """Search the indexed pages, article and teasers apart. One JSON line a hit, or a list on a terminal."""
    request = SearchRequest(
        query=query,
        entity=entity,
        entity_type=entity_type,
        since=since.date() if since else None,
        until=until.date() if until else None,
        domain=domain,
        language=language,
        part=part,
        size=limit,
    )
    result = asyncio.run(_search(load(OpenSearchSettings), request))
    if as_json or not is_terminal(sys.stdout):
        for hit in result.hits:
            write_line(hit.model_dump(mode="json"))
    else:
        _print(result)


async def _search(settings: OpenSearchSettings, request: SearchRequest) -> SearchResult:
    async with connect(settings) as client:
        return await search_index(client, request, prefix=settings.index_prefix)


def _print(result: SearchResult) -> None:
    console = Console(highlight=False)
    for hit in result.hits:
        console.print(Text(safe(hit.title or hit.id), style="bold"))
        console.print(Text(safe(_line(hit)), style="dim"), soft_wrap=True)
        for snippet in hit.snippets:
            console.print(_marked(snippet))
        console.print()
    console.print(f"{len(result.hits)} of {result.total} pages, {result.took_ms} ms")


def _line(hit: Hit) -> str:
    shown = (hit.id, hit.url, hit.published_on, f"found in {' and '.join(hit.parts)}" if hit.parts else None)
    return " · ".join(str(value) for value in shown if value)


def _marked(snippet: Snippet) -> Text:
    """Give a snippet with what matched in bold; it is made safe piece by piece, as its marks count its own characters."""
    text, done = Text(f"  {snippet.part}: "), 0
    for start, end in snippet.marks:
        text.append(safe(snippet.text[done:start]))
        text.append(safe(snippet.text[start:end]), style="bold yellow")
        done = end
    return text.append(safe(snippet.text[done:]))
