"""How search results look on a terminal: hits with what matched, facets with bars."""

import shlex
import sys
from itertools import groupby

from rich.bar import Bar
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from broadsheet.cli.console import safe, safe_line
from broadsheet.indexer.facets import FacetCount
from broadsheet.indexer.results import Hit, SearchResult, Snippet

BAR_COLUMNS = 30
"""Width of the longest bar: with a name and a number it fits 80 columns."""


def print_hit(hit: Hit) -> None:
    """Print a hit: title, where it is from, and the snippets that show why it was found."""
    console = _console()
    console.print(Text(safe_line(hit.title or hit.id), style="bold"))
    console.print(Text(safe_line(_line(hit)), style="dim"), soft_wrap=True)
    for snippet in hit.snippets:
        console.print(Padding(_marked(snippet), (0, 0, 0, 2)))
    console.print()


def print_summary(result: SearchResult) -> None:
    """Say how many there are, which words were taken for slips, and how to go on."""
    console = _console()
    if result.loose:
        words = ", ".join(f'"{word}"' for word in result.loose)
        console.print(Text(safe_line(f"no page has {words}: near spellings were searched")))
    console.print(f"{len(result.hits)} of {result.total} pages, {result.took_ms} ms")
    if result.next and len(result.hits) < result.total:
        console.print(Text(safe_line(f"the next: --after {shlex.quote(result.next)}"), style="dim"), soft_wrap=True)


def print_facets(result: SearchResult) -> None:
    """Print a table for each facet, with a bar for each count."""
    console = _console()
    for title, counts in groupby(result.facets, key=_title):
        console.print(_table(title, list(counts)))
        console.print()
    console.print(f"of {result.total} pages, {result.took_ms} ms")


def _console() -> Console:
    return Console(highlight=False, file=sys.stdout)


def _title(count: FacetCount) -> str:
    where = {"body": "Entities of the articles", "teasers": "Entities of the teasers", None: "Entities"}
    return {"entity": where[count.part], "domain": "Domains", "day": "Days"}[count.facet]


def _table(title: str, counts: list[FacetCount]) -> Table:
    most = max(count.count for count in counts)
    table = Table(title=title, title_justify="left", box=None, show_header=False, pad_edge=False)
    table.add_column(max_width=36, overflow="ellipsis", no_wrap=True)
    if any(count.type for count in counts):
        table.add_column(style="dim")
    table.add_column(justify="right")
    table.add_column(width=BAR_COLUMNS)
    for count in counts:
        kind = [count.type] if count.type else []
        name = Text(safe_line(count.value))
        table.add_row(name, *kind, f"{count.count:,}", Bar(most, 0, count.count, width=BAR_COLUMNS, color="cyan"))
    return table


def _line(hit: Hit) -> str:
    shown = (
        hit.id if hit.title else None,
        hit.url,
        hit.published_on,
        f"found in {' and '.join(hit.parts)}" if hit.parts else None,
    )
    return " · ".join(str(value) for value in shown if value)


def _marked(snippet: Snippet) -> Text:
    """Give a snippet with what matched in bold; it is made safe piece by piece, as its marks count its own characters."""
    text, done = Text(f"{snippet.part}: "), 0
    for start, end in snippet.marks:
        text.append(safe(snippet.text[done:start]))
        text.append(safe(snippet.text[start:end]), style="bold yellow")
        done = end
    return text.append(safe(snippet.text[done:]))
