"""CPU a record of one hop through the runtime, beside a bare aiokafka loop that awaits the same acknowledgements.

Both read the same records from a real broker and write as many: the runtime with its worker process, batches, metrics,
CloudEvents headers and committed offsets; the bare loop with `getmany`, an idempotent producer and `commit`. They take
turns on one broker in one run. What is counted is user and system time of the process and its children, from ready to
the last acknowledged record, so start-up is left out and a busy machine matters less than with wall time.

    python tests/benchmarks/hop.py [--records 20000] [--bytes 8000] [--rounds 3]
"""

import argparse
import asyncio
import os
import statistics
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from broadsheet.local.child import Child
from broadsheet.local.ports import free_port
from broadsheet.runtime.kafka import new_consumer, new_producer
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from broadsheet_schemas.topics import ACCEPTED, SEGMENTED
from servers import running_kafka

TESTS = Path(__file__).parents[1]
STOP_SECONDS = 30.0
PROGRAMS = {"runtime": TESTS / "toy_processor.py", "bare loop": TESTS / "benchmarks" / "bare_loop.py"}


def main() -> None:
    """Run the rounds and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--records", type=int, default=20_000)
    arguments.add_argument("--bytes", type=int, default=8_000)
    arguments.add_argument("--rounds", type=int, default=3)
    options = arguments.parse_args()
    with running_kafka() as kafka:
        spent: dict[str, list[float]] = {name: [] for name in PROGRAMS}
        for number in range(options.rounds):
            for name, program in PROGRAMS.items():
                settings = KafkaSettings(
                    bootstrap_servers=kafka.bootstrap_servers, topic_prefix=f"bench-{uuid.uuid4().hex[:8]}."
                )
                seconds = asyncio.run(measure(program, settings, options.records, options.bytes))
                spent[name].append(seconds / options.records * 1000)
                print(f"round {number + 1}  {name:10}  {spent[name][-1]:.3f} ms of CPU a record", flush=True)
    report(spent)


def report(spent: dict[str, list[float]]) -> None:
    """Print medians and the ratio of each round."""
    for name, values in spent.items():
        print(f"{name:10}  median {statistics.median(values):.3f} ms  (min {min(values):.3f}, max {max(values):.3f})")
    ratios = [runtime / bare for runtime, bare in zip(*spent.values(), strict=True)]
    print(f"ratio       median {statistics.median(ratios):.2f}     (min {min(ratios):.2f}, max {max(ratios):.2f})")


async def measure(program: Path, settings: KafkaSettings, records: int, size: int) -> float:
    """Give the CPU seconds that a program and its children take for `records` records of `size` bytes."""
    await create_topics(settings, partitions=4, replication=1)
    with running(program, settings) as (process, port):
        await until_ready(port)
        before = cpu_seconds(process)
        await publish(settings, records, size)
        await until_written(settings, records)
        return cpu_seconds(process) - before


@contextmanager
def running(program: Path, settings: KafkaSettings) -> Iterator[tuple[psutil.Process, int]]:
    """Run a program with the settings in its environment, under a guard, so that it ends when this one does."""
    port = free_port()
    environment = {
        "BROADSHEET_BOOTSTRAP_SERVERS": settings.bootstrap_servers,
        "BROADSHEET_TOPIC_PREFIX": settings.topic_prefix,
        "BROADSHEET_HTTP_PORT": str(port),
        "BROADSHEET_LOG_LEVEL": "error",
    }
    with TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        child = Child(program.stem, [sys.executable, str(program)], log=Path(folder, "log"), environment=environment)
        child.start()
        try:
            yield psutil.Process(child.pid), port
        finally:
            child.stop(STOP_SECONDS)
            sys.stderr.writelines(f"{line}\n" for line in child.tail())


def cpu_seconds(process: psutil.Process) -> float:
    """Sum user and system time over a process and its living descendants."""
    times = [member.cpu_times() for member in (process, *process.children(recursive=True))]
    return sum(time.user + time.system for time in times)


async def until_ready(port: int) -> None:
    """Wait until the program answers that it can take records."""
    async with aiohttp.ClientSession() as client, asyncio.timeout(60):
        while True:
            try:
                async with client.get(f"http://127.0.0.1:{port}/health/ready") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass  # not listening yet
            await asyncio.sleep(0.1)


async def publish(settings: KafkaSettings, records: int, size: int) -> None:
    """Write the input, each record different."""
    producer = new_producer(settings, "bench")
    await producer.start()
    try:
        topic = ACCEPTED.prefixed(settings.topic_prefix)
        for number in range(records):
            await producer.send(
                topic, f"{number:08} ".encode() + os.urandom(size // 2).hex().encode(), key=b"%d" % number
            )
    finally:
        await producer.stop()


async def until_written(settings: KafkaSettings, records: int) -> None:
    """Wait until the output topic holds every record."""
    consumer = new_consumer(settings, "bench")
    topic = SEGMENTED.prefixed(settings.topic_prefix)
    consumer.subscribe([topic])
    await consumer.start()
    try:
        async with asyncio.timeout(600):
            async for _ in consumer:
                records -= 1
                if records == 0:
                    return
    finally:
        await consumer.stop()


if __name__ == "__main__":
    main()
