"""Generated pages through the whole road while each processor is killed once by SIGKILL: where does every page end?

    python tests/faults/kill_each_once.py [--documents 20000] [--seed 7]

Exit status 0 only if every published id ended in exactly one of index and dead letters, and every poison page, and no
other, is a dead letter.
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

from broadsheet.cli.reading import read_topic
from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processors import Processors
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS, KafkaSettings
from broadsheet_schemas.headers import CONTENT_TYPE, DOCUMENT_ID
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED, RAW, Topic
from faults.accounting import Account, account
from faults.generated_pages import Page, pages
from roads import Road, running_road
from servers import running_kafka, running_opensearch

STAGES = tuple(DEFAULT_HTTP_PORTS)
PATIENCE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run showed.

    Attributes:
        account: where every id ended.
        killed: stages in the order of their deaths.
        wrong: ids that should have been dead letters and are not, or the other way round.
        seconds: from the first publish to the last end.
    """

    account: Account
    killed: Sequence[str]
    wrong: Sequence[str]
    seconds: float


async def run(road: Road, documents: int, seed: int) -> Outcome:
    """Send generated pages down a road and kill its processors meanwhile."""
    made = list(pages(documents, seed))
    started = time.monotonic()
    ended = Ended(road.kafka)
    async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as tasks:
        tasks.create_task(publish(road.kafka, made))
        following = [tasks.create_task(ended.follow(topic)) for topic in (INDEXED, DEAD_LETTER)]
        killed = await kill_each(road.processors, ended, documents)
        await ended.reach(documents)
        for task in following:
            task.cancel()
    seconds = time.monotonic() - started
    found = await account(road.kafka, road.opensearch)
    poison = {page.document_id for page in made if page.poison}
    return Outcome(found, killed, sorted(poison ^ set(found.dead_letters)), seconds)


class Ended:
    """Counts the different ids that have ended so far."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._ids: set[bytes | None] = set()
        self._more = asyncio.Condition()

    async def follow(self, topic: Topic) -> None:
        """Read a topic of ends until cancelled; poison has its id as key, as all published pages have."""
        name = topic.prefixed(self._settings.topic_prefix)
        async for record in read_topic(self._settings, name, follow=True):
            async with self._more:
                self._ids.add(record.key)
                self._more.notify_all()

    async def reach(self, count: int) -> None:
        """Wait until `count` ids have ended."""
        async with self._more:
            await self._more.wait_for(lambda: len(self._ids) >= count)


async def publish(settings: KafkaSettings, made: Sequence[Page]) -> None:
    """Publish pages as bare bytes with their ids, as fast as the broker takes them."""
    topic = RAW.prefixed(settings.topic_prefix)
    async with opened(new_producer(settings, "faults")) as producer:
        for page in made:
            headers = [(DOCUMENT_ID, page.document_id.encode()), (CONTENT_TYPE, b"text/plain")]
            await producer.send(topic, page.content, key=page.document_id.encode(), headers=headers)


async def kill_each(processors: Processors, ended: Ended, documents: int) -> list[str]:
    """Kill one processor after the other while documents are under way, in equal parts of the work."""
    killed = []
    for number, stage in enumerate(STAGES, 1):
        await ended.reach(documents * number // (len(STAGES) + 2))
        (processor,) = processors.of(stage)
        os.kill(processor.pid, signal.SIGKILL)
        killed.append(stage)
    return killed


def report(outcome: Outcome) -> bool:
    """Print the account; true when every promise was kept."""
    found = outcome.account
    print(f"killed: {', '.join(outcome.killed)}; {outcome.seconds:.0f} s from first publish to last end")
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
