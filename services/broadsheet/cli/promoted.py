"""`broadsheet promoted`: the teasers, from the command line."""

import asyncio
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from broadsheet.cli.console import is_terminal, report, safe_line, write_line
from broadsheet.cli.starts import parse_time
from broadsheet.indexer.client import connect
from broadsheet.indexer.facets import NAMED
from broadsheet.indexer.promoted import Order, PromotedRequest, PromotedResult, PromotedTeaser
from broadsheet.indexer.promoted import promoted as search_teasers
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.settings import load
from broadsheet_schemas.enriched import EntityType

DOMAINS_SHOWN = 5

TIME = "takes an ISO 8601 time"


def promoted(
    query: Annotated[str | None, typer.Argument(help="Words to find in the teaser; none finds every teaser.")] = None,
    *,
    entity: Annotated[str | None, typer.Option(metavar="NAME", help="Only teasers that mention it.")] = None,
    entity_type: Annotated[
        EntityType | None,
        typer.Option(case_sensitive=False, help="The entity is of this type; without --entity any of the type."),
    ] = None,
    domain: Annotated[str | None, typer.Option(help="Only teasers that pages of this registered domain show.")] = None,
    url: Annotated[str | None, typer.Option(help="Only teasers that lead there.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only teasers of pages in this language, ISO 639-1: en.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help=f"Only teasers last seen then or later; {TIME}.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help=f"Only teasers first seen then or earlier; {TIME}.")
    ] = None,
    sort: Annotated[
        Order, typer.Option(help="Seen last, seen first, on the most pages, or best match first.")
    ] = "last_seen",
    limit: Annotated[int, typer.Option(min=1, max=1000, metavar="N", help="Most teasers to show.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too.")] = False,
) -> None:
    """Say what is promoted: each teaser once, the pages and domains that show it, since when and until when."""
    request = PromotedRequest(
        query=query,
        entity=entity,
        entity_type=entity_type,
        domain=domain,
        url=url,
        language=language,
        since=parse_time(since, f"--since {TIME}") if since else None,
        until=parse_time(until, f"--until {TIME}") if until else None,
        order=sort,
        size=limit,
    )
    result = asyncio.run(_search(load(OpenSearchSettings), request))
    if as_json or not is_terminal(sys.stdout):
        for teaser in result.teasers:
            write_line(teaser.model_dump(mode="json"))
        facts = result.model_dump(mode="json", include={"total", "took_ms"})
        report({"summary": facts}, f"{len(result.teasers)} of {result.total} teasers")
    else:
        _print(result)


async def _search(settings: OpenSearchSettings, request: PromotedRequest) -> PromotedResult:
    async with connect(settings) as client:
        return await search_teasers(client, request, prefix=settings.index_prefix)


def _print(result: PromotedResult) -> None:
    console = Console(highlight=False, file=sys.stdout)
    for teaser in result.teasers:
        console.print(Text(safe_line(teaser.headline), style="bold"))
        for line in _lines(teaser):
            console.print(Text(f"  {safe_line(line)}", style="dim"), soft_wrap=True)
        console.print()
    console.print(f"{len(result.teasers)} of {result.total} teasers, {result.took_ms} ms")


def _lines(teaser: PromotedTeaser) -> list[str]:
    seen = f"since {teaser.first_seen:%Y-%m-%d %H:%M}, last seen {teaser.last_seen:%Y-%m-%d %H:%M} UTC"
    pages = f"{'about ' if teaser.more_pages else ''}{teaser.page_count} page{'' if teaser.page_count == 1 else 's'}"
    where = ", ".join(teaser.domains[:DOMAINS_SHOWN]) or "pages without a URL"
    more = f" and {len(teaser.domains) - DOMAINS_SHOWN} more" if len(teaser.domains) > DOMAINS_SHOWN else ""
    names = ", ".join(name for kind in NAMED for name in teaser.names.get(kind, ()))
    lines = [seen, f"on {pages} of {where}{more}", f"names {names}" if names else "", teaser.url or ""]
    return [line for line in lines if line]
