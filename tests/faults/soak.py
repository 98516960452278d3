"""Random faults on the real road until the time is over: where did every page end, and what was counted twice?

    make soak MINUTES=20 [SEED=7] [FAULTS=kill,broker]

Prints the seed, each fault as it happens, and a table. Exit status 0 only if every published page ended in exactly one of
index and dead letters, the newest state of each stands, and nothing was counted twice.
"""

import argparse
import asyncio
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from rich import box
from rich.console import Console
from rich.table import Table

from faults.accounting import Account, account
from faults.faults import during
from faults.generated_pages import Page, pages, revisions
from faults.peaks import Peaks
from faults.schedule import KINDS, schedule
from faults.traffic import POLL_SECONDS, Ended, counting, drained, publishing
from faults.world import World, running_world

CHUNK = 50
BACKLOG = 300
"""Pages under way at most: about five seconds of the tagger's work, so that no fault finds the road idle."""

RECOVERY_SECONDS = 180.0
"""How long after a fault the next page may take to end, and at last all of them, before that is a failure: a processor starts
in 5 s, in 60 s on a machine with ten times as much to do."""

console = Console(highlight=False)


@dataclass(slots=True)
class Report:
    """What a soak showed.

    Attributes:
        seconds: from the first page to the last end.
        faults: how often each kind happened.
        stalls: by kind, the longest time without an end that was not over when such a fault began, seconds.
        longest_stall: the longest of all, seconds.
        peaks: the most memory of each process, bytes.
        account: where every page ended.
        wrong: pages that ended elsewhere than they must.
    """

    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    stalls: dict[str, float] = field(default_factory=dict)
    longest_stall: float = 0.0
    peaks: dict[str, int] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    wrong: list[str] = field(default_factory=list)


class Soak:
    """One soak of a world."""

    def __init__(self, world: World, seed: int, kinds: Collection[str]) -> None:
        self._world = world
        self._kafka = world.road.kafka
        self._seed = seed
        self._kinds = kinds
        self._made: list[Page] = []
        self._over = asyncio.Event()
        self._report = Report()

    async def run(self, seconds: float) -> Report:
        """Publish and let faults happen for so long; then wait for the last end, and account for everything."""
        started = time.monotonic()
        peaks = Peaks(self._world.processors, {"Kafka": self._world.broker, "OpenSearch": self._world.index})
        async with counting(self._kafka) as ended, asyncio.TaskGroup() as tasks:
            following = tasks.create_task(peaks.follow())
            published = tasks.create_task(self._publish(ended))
            await self._strike(ended, started + seconds)
            self._over.set()
            await published
            await self._drain()
            following.cancel()
            self._report.longest_stall = ended.longest_stall_seconds()
        self._report.seconds = time.monotonic() - started
        self._report.peaks = peaks.bytes
        await self._account()
        return self._report

    async def _publish(self, ended: Ended) -> None:
        """Keep the road full until it is over."""
        random_ = random.Random(self._seed)
        published = 0
        async with publishing(self._kafka) as publish:
            while not self._over.is_set():
                if published - ended.count > BACKLOG:
                    await asyncio.sleep(POLL_SECONDS)
                    continue
                chunk = list(pages(CHUNK, random_.getrandbits(32), f"page-{len(self._made):07}"))
                revised = revisions(chunk, random_)
                await publish(chunk)
                await publish(revised)
                self._made += chunk
                published += len(chunk) + len(revised)

    async def _strike(self, ended: Ended, until: float) -> None:
        """Let one fault after the other happen, and see the road go on after each."""
        for turn in schedule(self._seed, self._kinds):
            await asyncio.sleep(turn.pause_seconds)
            began = time.monotonic()
            if began > until:
                return
            fault = turn.fault
            console.print(f"{ended.count:>7} ended; {fault.name}: {fault.stage}")
            async with asyncio.timeout(fault.seconds + RECOVERY_SECONDS):
                async with during(fault, self._world):
                    pass
                await ended.reach(ended.count + 1)
            self._report.faults[fault.name] += 1
            stall = ended.longest_stall_seconds(began)
            self._report.stalls[fault.name] = max(stall, self._report.stalls.get(fault.name, 0.0))

    async def _drain(self) -> None:
        """Wait until the road is empty; where it does not come to that, the account says what is lost."""
        with suppress(TimeoutError):
            async with asyncio.timeout(RECOVERY_SECONDS):
                await drained(self._kafka)

    async def _account(self) -> None:
        found = self._report.account = await account(self._kafka, self._world.road.opensearch)
        ends = found.ends
        for page in self._made:
            wanted = ("dead letters",) if page.poison else ("index", "documents.indexed")
            if ends.get(page.document_id) != wanted:
                self._report.wrong.append(page.document_id)


def print_report(report: Report) -> bool:
    """Print the tables; true when every promise was kept."""
    found = report.account
    console.print(_table(("what", "count"), _results(report)))
    rows = [(name, str(times), f"{report.stalls[name]:.1f}") for name, times in sorted(report.faults.items())]
    console.print(_table(("fault", "times", "longest stall, s"), rows))
    console.print(_table(("process", "peak memory, MB"), [(n, f"{b / 1e6:.0f}") for n, b in report.peaks.items()]))
    for name, ids in {**found.faults(), "not where it must be": report.wrong}.items():
        if ids:
            console.print(f"FAILED: {len(ids)} {name}, for example {', '.join(ids[:5])}")
    return not found.faults() and not report.wrong


def _results(report: Report) -> list[tuple[str, str]]:
    found = report.account
    return [
        ("seconds", f"{report.seconds:.0f}"),
        ("documents", f"{len(found.published)}"),
        ("records published, later revisions too", f"{found.published.total()}"),
        ("indexed", f"{len(found.indexed)}"),
        ("dead letters", f"{len(found.dead_letters)}"),
        ("faults", f"{report.faults.total()}"),
        ("lost", f"{len(found.lost)}"),
        ("duplicated effects", f"{sum(map(len, found.doubled.values()))}"),
        ("ends delivered again, without effect", f"{found.repeated.total()}"),
        ("longest stall, s", f"{report.longest_stall:.1f}"),
    ]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(*columns, box=box.MARKDOWN)
    for row in rows:
        table.add_row(*row)
    return table


async def soak(folder: Path, minutes: float, seed: int, kinds: Collection[str]) -> Report:
    """Run a world, soak it, and give the report."""
    async with running_world(folder) as world:
        return await Soak(world, seed, kinds).run(minutes * 60)


def main() -> None:
    """Run from the command line."""
    # The client tells of every broken connection, and breaking them is the point.
    logging.getLogger("aiokafka").addHandler(logging.NullHandler())
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=20.0)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--faults", default=",".join(KINDS), help="kinds, comma-separated: " + ", ".join(KINDS))
    options = arguments.parse_args()
    kinds = options.faults.split(",")
    if unknown := set(kinds) - set(KINDS):
        arguments.error(f"no fault is called {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    console.print(f"SEED={options.seed} MINUTES={options.minutes:g} FAULTS={options.faults}")
    with TemporaryDirectory(prefix="broadsheet-soak-") as folder:
        kept = print_report(asyncio.run(soak(Path(folder), options.minutes, options.seed, kinds)))
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
