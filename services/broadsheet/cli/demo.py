"""`broadsheet demo`: the stack, the sample pages, what came out of them, and how long it took."""

import asyncio
import sys
from collections.abc import Sequence

import psutil
from opensearchpy import AsyncOpenSearch
from rich.console import Console

from broadsheet.cli.demo_processes import Descendants
from broadsheet.cli.demo_road import Journey, follow, publish, sample_pages, wrong_spans
from broadsheet.cli.demo_view import show, show_times
from broadsheet.cli.up import addresses_table, make_topics
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.search import search
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.local.stack import Stack
from broadsheet_schemas.errors import ErrorCode

TEASER_NAME = "Odalys Brandt"
TEASER_PAGE = "harbour-bridge"
"""A name that stands in a teaser of this sample and nowhere in its article."""

POISON = "ferry-timetable"
"""The sample that must become a dead letter."""

SLOWEST_MEDIAN_SECONDS = 2.0
"""Median from publish to index that two idle cores stay well below; a busy machine may not, and the demo is no less right."""


class Checks:
    """What must hold for the demo to succeed; each is said as it is checked."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.failed = 0

    def that(self, claim: str, *, holds: bool) -> None:
        """Say whether a claim holds, and remember when it does not."""
        self.say("ok" if holds else "FAILED", claim, style="green" if holds else "bold red")
        self.failed += not holds

    def say(self, mark: str, claim: str, *, style: str) -> None:
        """Say something in the form of a check."""
        self._console.print(f"{mark:6}  {claim}", style=style)


def demo() -> None:
    """Run everything once on this machine, on free ports, with the sample pages; exit status 0 only if all went well.

    Nothing is fetched from the network, nothing is kept, and no process is left behind.
    """
    console = Console()
    checks = Checks(console)
    started = Descendants()
    asyncio.run(_watched_run(console, checks, started))
    check_left(checks, started.left())
    if checks.failed:
        sys.exit(1)


def say_pace(checks: Checks, median: float | None) -> None:
    """Say whether pages took as long as they should at the median, in seconds; None where no page reached the index."""
    if median is None:
        return
    if median < SLOWEST_MEDIAN_SECONDS:
        checks.that(f"a page takes under {SLOWEST_MEDIAN_SECONDS:g} s at the median", holds=True)
    else:
        claim = (
            f"a page takes {SLOWEST_MEDIAN_SECONDS:g} s or more at the median: is this machine busy with other work?"
        )
        checks.say("slow", claim, style="yellow")


def check_left(checks: Checks, left: Sequence[psutil.Process]) -> None:
    """Check that of the processes that the demo started none is left; name those that are."""
    named = ", ".join(str(process.pid) for process in left)
    checks.that("no process is left behind" + (f": {named}" if left else ""), holds=not left)


async def _watched_run(console: Console, checks: Checks, started: Descendants) -> None:
    watching = asyncio.create_task(started.watch())
    try:
        await _run(console, checks)
    finally:
        watching.cancel()


async def _run(console: Console, checks: Checks) -> None:
    console.print("starting Kafka, OpenSearch and the four processors on free ports ...")
    async with Stack(make_topics) as stack:
        console.print(addresses_table(stack.addresses))
        journeys = await _travel(stack, console, checks)
        settings = OpenSearchSettings(opensearch_url=stack.addresses.opensearch_url)
        async with connect(settings) as client:
            await _search(client, settings.index_prefix, console, checks)
        say_pace(checks, show_times(console, list(journeys.values())))
        console.print("stopping ...")


async def _travel(stack: Stack, console: Console, checks: Checks) -> dict[str, Journey]:
    """Send the samples down the road, show each, and check what must hold of it."""
    pages = sample_pages()
    console.print(f"publishing {len(pages)} sample pages to documents.raw")
    journeys = await publish(stack.kafka_settings, pages)
    try:
        await follow(stack.kafka_settings, journeys)
    except TimeoutError:
        console.print(
            "not every page has ended; the logs are gone with the demo: use `broadsheet up --data DIR` to see them"
        )
    for journey in journeys.values():
        show(console, journey)
    _check(journeys, checks)
    return journeys


def _check(journeys: dict[str, Journey], checks: Checks) -> None:
    good = [journey for name, journey in journeys.items() if name != POISON]
    checks.that(
        f"{len(good)} pages are enriched and indexed",
        holds=all(journey.enriched and journey.receipt and not journey.dead_letter for journey in good),
    )
    checks.that(
        "every span's text is what stands at its offsets",
        holds=not any(wrong_spans(journey.enriched) for journey in good if journey.enriched),
    )
    poison = journeys[POISON].dead_letter
    checks.that(
        f"{POISON} is a dead letter ({ErrorCode.NOT_TEXT})",
        holds=poison is not None and poison.code == ErrorCode.NOT_TEXT,
    )


async def _search(client: AsyncOpenSearch, prefix: str, console: Console, checks: Checks) -> None:
    """Show why separation matters: a name in a teaser does not make the page one about that person."""
    await client.indices.refresh(index=Names(prefix).read)

    async def found(part: str) -> list[str]:
        request = SearchRequest.model_validate({"query": TEASER_NAME, "part": part})
        hits = (await search(client, request, prefix=prefix)).hits
        console.print(f'search "{TEASER_NAME}" --part {part}: {", ".join(hit.id for hit in hits) or "no page"}')
        return [hit.id for hit in hits]

    in_body, in_teasers = await found("body"), await found("teasers")
    checks.that(
        f"{TEASER_PAGE} is not about {TEASER_NAME}, whom it names in a teaser only", holds=TEASER_PAGE not in in_body
    )
    checks.that(f"{TEASER_PAGE} is found by its teaser", holds=TEASER_PAGE in in_teasers)
