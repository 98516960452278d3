"""One fault after the other on the real road, while pages are under way: each page must end once, and count once."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator

import pytest

from faults.accounting import account
from faults.faults import (
    Fault,
    Frozen,
    IndexBusy,
    IndexSlow,
    Killed,
    KilledForLong,
    ServerKilled,
    Stopped,
    during,
)
from faults.generated_pages import Page, pages, revisions
from faults.schedule import STAGES
from faults.traffic import POLL_SECONDS, drained, publish, publishing, under_way
from faults.world import World
from roads import READY_SECONDS, unready

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PAGES = 60
"""Published before each fault, and after the last."""

BROKER_AWAY_SECONDS = 15.0
"""In short; `make soak` keeps it away for a minute."""

SEED = int(os.environ.get("BROADSHEET_FAULTS_SEED", "7"))


@pytest.fixture
async def ready(world: World, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The world, ready; when the test is over it must be so again, and every page so far must have ended once."""
    print(f"BROADSHEET_FAULTS_SEED={SEED} {request.node.name}")
    await world.processors.wait_until_ready(READY_SECONDS)
    yield world
    await world.processors.wait_until_ready(READY_SECONDS)
    await drained(world.road.kafka)
    found = await account(world.road.kafka, world.road.opensearch)
    assert found.faults() == {}


async def endure(world: World, name: str, *faults: Fault) -> int:
    """Let faults happen one after the other, each while pages are under way, and wait until every page has ended.

    Gives how often ends were repeated.
    """
    made: list[Page] = []
    for number, fault in enumerate(faults):
        made += await send(world, f"{name}-{number}")
        assert await under_way(world.road.kafka, fault.stage)
        async with during(fault, world):
            pass
    made += await send(world, f"{name}-last")
    await drained(world.road.kafka)
    found = await account(world.road.kafka, world.road.opensearch)
    ends = {page.document_id: found.ends[page.document_id] for page in made}
    assert ends == {
        page.document_id: ("dead letters",) if page.poison else ("index", "documents.indexed") for page in made
    }
    return sum(found.repeated[id_] for id_ in ends)


async def send(world: World, name: str) -> list[Page]:
    """Publish pages of a name that is a test's own, and some of them again with other words; seed and name make them."""
    random_ = random.Random(f"{SEED}-{name}")
    made = list(pages(PAGES, random_.getrandbits(32), name))
    async with publishing(world.road.kafka) as to_road:
        await to_road(made)
        await to_road(revisions(made, random_))
    return made


async def test_each_processor_is_killed_and_replaced_at_once(ready: World) -> None:
    await endure(ready, "killed", *map(Killed, STAGES))


async def test_a_killed_processor_is_replaced_late(ready: World) -> None:
    stage = random.Random(SEED).choice(STAGES)
    await endure(ready, "killed-late", KilledForLong(stage))


async def test_each_processor_is_stopped_and_started_without_repeating(ready: World) -> None:
    assert await endure(ready, "stopped", *map(Stopped, STAGES)) == 0


async def test_the_broker_is_killed_and_restarted(ready: World) -> None:
    await endure(ready, "broker-killed", ServerKilled("broker"))


async def test_the_broker_is_away(ready: World) -> None:
    class Away(ServerKilled):
        async def apply(self, world: World) -> None:
            await super().apply(world)
            for stage in STAGES:
                await unready(world.processors.of(stage)[0], "Kafka")

    await endure(ready, "broker-away", Away("broker", BROKER_AWAY_SECONDS))


async def test_the_index_is_killed_and_restarted(ready: World) -> None:
    class Away(ServerKilled):
        async def apply(self, world: World) -> None:
            await super().apply(world)
            await send(world, "index-away")
            assert world.proxy.url in await unready(world.processors.of("indexer")[0], "index_unavailable")

    await endure(ready, "index-killed", Away("index"))


async def test_the_index_is_slow(ready: World) -> None:
    before = ready.proxy.delayed
    await endure(ready, "index-slow", IndexSlow())
    assert ready.proxy.delayed > before


@pytest.mark.parametrize("what", ["requests", "items"])
async def test_the_index_is_busy(ready: World, what: str) -> None:
    before = ready.proxy.refused
    await endure(ready, f"busy-{what}", IndexBusy("requests" if what == "requests" else "items"))
    assert ready.proxy.refused > before


async def test_a_frozen_processor_ends_and_is_replaced(ready: World) -> None:
    tagger = ready.processors.of("tagger")[0]
    deaths = tagger.deaths
    await endure(ready, "frozen", Frozen("tagger"))
    assert tagger.deaths == deaths + 1


async def test_a_zombie_overwrites_nothing_newer(ready: World) -> None:
    """An indexer's write is under way when it is frozen; it reaches the index after another has written what is newer."""
    made = [Page(f"zombie-{number}", b"Ada Field of Norway spoke on day %d." % number) for number in range(20)]
    zombie = ready.processors.of("indexer")[0]
    deaths = zombie.deaths
    with ready.proxy.holding() as release:
        await publish(ready.road.kafka, made)
        await until_held(ready, at_least=1)
        os.kill(zombie.pid, signal.SIGSTOP)
    try:
        second = ready.processors.add("indexer")
        await second.start()
        await publish(ready.road.kafka, [page.revised() for page in made])
        await drained(ready.road.kafka)
    finally:
        os.kill(zombie.pid, signal.SIGCONT)
    release.set()
    await until_held(ready, at_most=0)
    found = await account(ready.road.kafka, ready.road.opensearch)
    assert {found.indexed[page.document_id] for page in made} == {found.newest[page.document_id] for page in made}
    await ready.processors.wait_until_ready(READY_SECONDS)
    assert zombie.deaths == deaths + 1
    await second.stop()
    ready.processors.all.remove(second)


async def until_held(world: World, *, at_least: int = 0, at_most: int = 100) -> None:
    """Wait until the proxy keeps back so many writes."""
    while not at_least <= world.proxy.held <= at_most:  # noqa: ASYNC110 - a plain number tells it
        await asyncio.sleep(POLL_SECONDS)
