"""Fresh topics, and toy processors on them."""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from toy_road import PARTITIONS, Road


@pytest.fixture
async def road(kafka_settings: KafkaSettings, tmp_path: Path) -> AsyncIterator[Road]:
    """Fresh topics and a way to start processors on them."""
    await create_topics(kafka_settings, partitions=PARTITIONS, replication=1)
    with ExitStack() as stack:
        yield Road(kafka_settings, tmp_path, stack)
