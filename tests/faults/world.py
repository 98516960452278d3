"""What faults are done to: the real road, on servers of its own that may be killed, with a proxy before the index."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processors import Processors
from faults.proxy import Proxy, proxy_before
from roads import Road, running_road
from servers import running_kafka, running_opensearch

SESSION_SECONDS = 6.0
"""Session timeout of the processors: the shortest that the broker takes, so that faults need not last long."""


@dataclass(frozen=True, slots=True)
class World:
    """A road and its servers.

    Attributes:
        road: the four real processors, started again when they die.
        broker: their broker.
        index: their OpenSearch.
        proxy: by which the indexer reaches it.
    """

    road: Road
    broker: Kafka
    index: OpenSearch
    proxy: Proxy

    @property
    def processors(self) -> Processors:
        """The processes of all stages."""
        return self.road.processors


@asynccontextmanager
async def running_world(folder: Path) -> AsyncIterator[World]:
    """Run everything until the end of the block; logs of the processors go to `folder`."""
    with running_kafka() as broker, running_opensearch() as index:
        settings = {"session_timeout_seconds": f"{SESSION_SECONDS:g}", "retry_max_wait_seconds": "1"}
        async with (
            proxy_before(index.url) as proxy,
            running_road(broker, index, folder, "faults.", opensearch_url=proxy.url, **settings) as road,
        ):
            yield World(road, broker, index, proxy)
