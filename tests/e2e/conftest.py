"""One road for all end-to-end tests; each test uses document ids of its own."""

from collections.abc import AsyncIterator

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from roads import Road, running_road


@pytest.fixture(scope="session")
async def road(kafka: Kafka, opensearch: OpenSearch, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Road]:
    """The four processors, ready, without a topic prefix, so that the pages' own examples fit it."""
    async with running_road(kafka, opensearch, tmp_path_factory.mktemp("road"), "", dead_letter_ratio="1") as running:
        yield running
