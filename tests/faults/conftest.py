"""A toy road for faults that are the runtime's alone, and the real road on servers that may be killed."""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from faults.world import World, running_world
from toy_road import PARTITIONS, Road


@pytest.fixture
async def toys(kafka_settings: KafkaSettings, tmp_path: Path) -> AsyncIterator[Road]:
    """Fresh topics of two partitions and a way to start toy processors on them."""
    await create_topics(kafka_settings, partitions=PARTITIONS, replication=1)
    with ExitStack() as stack:
        yield Road(kafka_settings, tmp_path, stack)


@pytest.fixture(scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The real road, for one fault after the other."""
    async with running_world(tmp_path_factory.mktemp("world")) as running:
        yield running
