"""A toy road for faults that are the runtime's alone: plain quick pages, real processes, a real broker."""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from toy_road import PARTITIONS, Road


@pytest.fixture
async def toys(kafka_settings: KafkaSettings, tmp_path: Path) -> AsyncIterator[Road]:
    """Fresh topics of two partitions and a way to start toy processors on them."""
    await create_topics(kafka_settings, partitions=PARTITIONS, replication=1)
    with ExitStack() as stack:
        yield Road(kafka_settings, tmp_path, stack)
