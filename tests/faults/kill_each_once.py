"""Generated pages through the whole road while each processor is killed once by SIGKILL: where does every page end?

    python tests/faults/kill_each_once.py [--documents 20000] [--seed 7]

Exit status 0 only if every published id ended in exactly one of index and dead letters, and every poison page, and no
other, is a dead letter. A processor is killed only while its group has records that it has not committed; the report
says how many.

All poison is such that intake refuses it. Later stages take whatever intake accepts, so poison for them would need a hook in
the product; their dead letters are tested beside each stage.
"""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processors import Processors
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS
from faults.accounting import Account, account
from faults.generated_pages import pages
from faults.traffic import Ended, Lags, counting, lags, publish
from roads import Road, running_road
from servers import running_kafka, running_opensearch

STAGES = tuple(DEFAULT_HTTP_PORTS)
PATIENCE_SECONDS = 3600.0


SHARES = (0.0, 0.02, 0.4, 0.7)
"""Share of the pages that have ended when the processor of each stage is killed."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One death.

    Attributes:
        stage: whose processor was killed.
        lag: how many records its group had not committed at that moment.
    """

    stage: str
    lag: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run showed.

    Attributes:
        account: where every id ended.
        killed: the deaths in their order.
        wrong: ids that should have been dead letters and are not, or the other way round.
        seconds: from the first publish to the last end.
    """

    account: Account
    killed: Sequence[Kill]
    wrong: Sequence[str]
    seconds: float


async def run(road: Road, documents: int, seed: int) -> Outcome:
    """Send generated pages down a road and kill its processors meanwhile."""
    made = list(pages(documents, seed))
    started = time.monotonic()
    async with counting(road.kafka, PATIENCE_SECONDS) as ended, lags(road.kafka) as waiting:
        publishing = asyncio.create_task(publish(road.kafka, made))
        killed = await kill_each(road.processors, ended, waiting, documents)
        await publishing
        await ended.reach(documents)
    seconds = time.monotonic() - started
    found = await account(road.kafka, road.opensearch)
    poison = {page.document_id for page in made if page.poison}
    return Outcome(found, killed, sorted(poison ^ set(found.dead_letters)), seconds)


async def kill_each(processors: Processors, ended: Ended, lags: Lags, documents: int) -> list[Kill]:
    """Kill one processor after the other, each with work under way, when a share of the work has ended.

    Intake and segmenter come as soon as pages have ended: they are faster than the tagger, and later might have nothing left
    to do.
    """
    killed = []
    for stage, share in zip(STAGES, SHARES, strict=True):
        await ended.reach(max(1, round(documents * share)))
        (processor,) = processors.of(stage)
        lag = await lags.under_way(stage)
        os.kill(processor.pid, signal.SIGKILL)
        killed.append(Kill(stage, lag))
    return killed


def report(outcome: Outcome) -> bool:
    """Print the account; true when every promise was kept."""
    found = outcome.account
    for kill in outcome.killed:
        print(f"killed {kill.stage:9} with {kill.lag} records not committed")
    print(f"{outcome.seconds:.0f} s from first publish to last end")
    print(f"published {len(found.published)}, indexed {len(found.indexed)}, dead letters {len(found.dead_letters)}")
    print(f"ends repeated by redelivery: {found.repeated}")
    faults = {**found.faults(), **({"poison told wrongly": outcome.wrong} if outcome.wrong else {})}
    for name, ids in faults.items():
        print(f"FAILED: {len(ids)} {name}, for example {', '.join(ids[:5])}")
    if not faults:
        print("every id ended in exactly one of index and dead letters")
    return not faults


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=7)
    options = arguments.parse_args()
    print(f"seed {options.seed}, {options.documents} documents", flush=True)
    with (
        TemporaryDirectory(prefix="broadsheet-faults-") as folder,
        running_kafka() as kafka,
        running_opensearch() as index,
    ):
        outcome = asyncio.run(_on_a_road(kafka, index, Path(folder), options.documents, options.seed))
    sys.exit(0 if report(outcome) else 1)


async def _on_a_road(kafka: Kafka, index: OpenSearch, folder: Path, documents: int, seed: int) -> Outcome:
    async with running_road(kafka, index, folder, "faults.") as road:
        return await run(road, documents, seed)


if __name__ == "__main__":
    main()
