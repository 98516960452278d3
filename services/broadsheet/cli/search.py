"""`broadsheet search`: the index, from the command line."""

import asyncio
import sys
from datetime import datetime
from typing import Annotated, Any, Literal

import typer

from broadsheet.cli.console import is_terminal, report, write_line
from broadsheet.cli.search_views import print_facets, print_hit, print_summary
from broadsheet.indexer.client import connect
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.results import Hit, SearchResult
from broadsheet.indexer.search import search as search_index
from broadsheet.indexer.search import search_all
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import load
from broadsheet_schemas.enriched import EntityType
from broadsheet_schemas.errors import ErrorCode

AT_ONCE = 500
"""Hits asked for at a time by `--all`: about 1 MB of answer."""


def _day(text: str) -> Any:
    return typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help=text)


def search(
    query: Annotated[
        str | None,
        typer.Argument(help='Words to find, "phrases" in quotes, beginnings like bridg*; none finds every document.'),
    ] = None,
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
    sort: Annotated[
        Literal["relevance", "date"] | None,
        typer.Option(help="Best first or newest first; by default best where there is a query.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="Most pages to show.")] = 10,
    after: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Go on after a result, with the cursor that it gave.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every page found, as the index is now, whatever is written meanwhile.")
    ] = False,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count instead: the top entities, domains and days of all that is found.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")] = False,
) -> None:
    """Search the indexed pages, article and teasers apart. One JSON line a hit, or a list on a terminal.

    How many there are, and the cursor of those that follow, is told after the list, or on stderr as JSON.
    """
    _check(every=every, others=facets or after is not None)
    request = SearchRequest(
        query=query,
        entity=entity,
        entity_type=entity_type,
        since=since.date() if since else None,
        until=until.date() if until else None,
        domain=domain,
        language=language,
        part=part,
        sort=sort,
        size=AT_ONCE if every else limit,
        after=after,
        facets=facets,
    )
    settings, plain = load(OpenSearchSettings), as_json or not is_terminal(sys.stdout)
    if every:
        asyncio.run(_write_all(settings, request, plain=plain))
        return
    result = asyncio.run(_search(settings, request))
    show_facets = _write_facets if plain else print_facets
    show_facets(result) if facets else _write_hits(result, plain=plain)


def _check(*, every: bool, others: bool) -> None:
    if every and others:
        raise OperatorError(ErrorCode.USAGE, "--all gives every page: it goes with neither --facets nor --after")


async def _search(settings: OpenSearchSettings, request: SearchRequest) -> SearchResult:
    async with connect(settings) as client:
        return await search_index(client, request, prefix=settings.index_prefix)


async def _write_all(settings: OpenSearchSettings, request: SearchRequest, *, plain: bool) -> None:
    async with connect(settings) as client:
        async for hit in search_all(client, request, prefix=settings.index_prefix):
            _write(hit, plain=plain)


def _write_hits(result: SearchResult, *, plain: bool) -> None:
    for hit in result.hits:
        _write(hit, plain=plain)
    if plain:
        facts = result.model_dump(mode="json", include={"total", "took_ms", "next", "loose"})
        report({"summary": facts}, f"{len(result.hits)} of {result.total} pages")
    else:
        print_summary(result)


def _write_facets(result: SearchResult) -> None:
    for count in result.facets:
        write_line(count.model_dump(mode="json"))


def _write(hit: Hit, *, plain: bool) -> None:
    if plain:
        write_line(hit.model_dump(mode="json"))
    else:
        print_hit(hit)
