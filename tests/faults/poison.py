"""Hostile pages through the whole road: where does each end, how long does the road take, how much memory do the processes take?

    python tests/faults/poison.py [--pages 1000] [--seed 7] [--page-timeout 30]

Exit status 0 only if every record ended in exactly one of index and dead letters, no processor died, no page met a bug
(`bug`) or killed its worker (`worker_died`), and no process took more than `MOST_BYTES`.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[0] = str(Path(__file__).parents[1])  # in place of this folder, where faults.py would hide the package

from broadsheet.cli.reading import read_topic
from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.settings import WORKER_MAX_MEMORY_BYTES, KafkaSettings
from broadsheet_schemas.headers import DOCUMENT_ID, ERROR_CODE, ERROR_STAGE
from broadsheet_schemas.topics import DEAD_LETTER, RAW
from faults.accounting import Account, account
from faults.peaks import Peaks
from faults.poison_pages import Poison, poison
from faults.traffic import CLIENT_ID, counting
from roads import Road, running_road
from servers import running_kafka, running_opensearch

PATIENCE_SECONDS = 3600.0
LOOK_SECONDS = 1.0
MOST_BYTES = WORKER_MAX_MEMORY_BYTES + 256 * 1024 * 1024
"""Most resident memory of any process: the limit of a worker's data, and the libraries that it maps."""

NEVER = ("bug", "worker_died")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run showed.

    Attributes:
        account: where every id ended.
        ends: how each record ended, by its id: `indexed`, or the stage and code of its dead letter.
        kinds: the kind of each record, by its id.
        peaks: most resident bytes, by what the process is.
        deaths: how often a processor died.
        seconds: from the first publish to the last end.
    """

    account: Account
    ends: dict[str, str]
    kinds: dict[str, str]
    peaks: dict[str, int]
    deaths: int
    seconds: float

    def faults(self) -> dict[str, Sequence[str]]:
        """Give every broken promise, by what it is; empty when all was kept."""
        found = dict(self.account.faults())
        met = [f"{name} ({self.kinds.get(name)})" for name, end in self.ends.items() if end.endswith(NEVER)]
        if met:
            found["met a bug or killed a worker"] = met
        if swollen := [name for name, size in self.peaks.items() if size > MOST_BYTES]:
            found["too much memory"] = swollen
        if self.deaths:
            found["processors died"] = [str(self.deaths)]
        return found


async def run(road: Road, made: Sequence[Poison]) -> Outcome:
    """Send hostile pages down a road and wait until each has ended."""
    started = time.monotonic()
    peaks = Peaks(road.processors, every_seconds=LOOK_SECONDS)
    async with asyncio.timeout(PATIENCE_SECONDS), counting(road.kafka) as ended:
        looking = asyncio.create_task(peaks.follow())
        await _publish(road.kafka, made)
        await ended.reach(len(made))
        looking.cancel()
    seconds = time.monotonic() - started
    found = await account(road.kafka, road.opensearch)
    found.newest.clear()  # each is published once, and its revision is that of its text, not of these bytes
    ends = dict.fromkeys(found.indexed, "indexed") | await _dead(road.kafka)
    deaths = sum(processor.deaths for processor in road.processors.all)
    return Outcome(found, ends, {page.document_id: page.kind for page in made}, peaks.bytes, deaths, seconds)


async def _publish(settings: KafkaSettings, made: Sequence[Poison]) -> None:
    topic = RAW.prefixed(settings.topic_prefix)
    async with opened(new_producer(settings, CLIENT_ID)) as producer:
        for page in made:
            await producer.send_and_wait(topic, page.value, key=page.key, headers=list(page.headers))


async def _dead(settings: KafkaSettings) -> dict[str, str]:
    """Give stage and code of each dead letter, by its id."""
    found = {}
    async for record in read_topic(settings, DEAD_LETTER.prefixed(settings.topic_prefix)):
        name = record.header(DOCUMENT_ID) or (record.key or b"").decode()
        found[name] = f"{record.header(ERROR_STAGE)}: {record.header(ERROR_CODE)}"
    return found


def report(outcome: Outcome) -> bool:
    """Print how each kind ended and what the processes took; true when every promise was kept."""
    for kind in sorted(set(outcome.kinds.values())):
        ends = Counter(outcome.ends.get(name, "LOST") for name, its in outcome.kinds.items() if its == kind)
        told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
        print(f"{kind:20} {told}")
    for name, size in sorted(outcome.peaks.items()):
        print(f"{name:24} at most {size / 2**20:.0f} MiB resident")
    print(f"{len(outcome.kinds)} records, {outcome.seconds:.0f} s from first publish to last end")
    faults = outcome.faults()
    for name, ids in faults.items():
        print(f"FAILED: {len(ids)} {name}, for example {', '.join(ids[:5])}")
    if not faults:
        print("every record ended in exactly one of index and dead letters")
    return not faults


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--page-timeout", default="30", metavar="SECONDS")
    options = arguments.parse_args()
    print(f"seed {options.seed}, {options.pages} pages", flush=True)
    with (
        TemporaryDirectory(prefix="broadsheet-poison-") as folder,
        running_kafka() as kafka,
        running_opensearch() as index,
    ):
        made = list(poison(options.pages, options.seed))
        outcome = asyncio.run(_on_a_road(kafka, index, Path(folder), made, options.page_timeout))
    sys.exit(0 if report(outcome) else 1)


async def _on_a_road(
    kafka: Kafka, index: OpenSearch, folder: Path, made: Sequence[Poison], page_timeout: str
) -> Outcome:
    settings = {"page_timeout_seconds": page_timeout, "dead_letter_ratio": "1"}
    async with running_road(kafka, index, folder, "poison.", **settings) as road:
        return await run(road, made)


if __name__ == "__main__":
    main()
