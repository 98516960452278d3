from pathlib import Path

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from faults.kill_each_once import STAGES, report, run
from roads import running_road


@pytest.mark.faults
@pytest.mark.timeout(600)
async def test_every_page_ends_once_though_each_processor_is_killed(
    kafka: Kafka, opensearch: OpenSearch, tmp_path: Path, topic_prefix: str
) -> None:
    async with running_road(kafka, opensearch, tmp_path, topic_prefix) as road:
        outcome = await run(road, documents=1500, seed=7)

    assert report(outcome)
    assert tuple(kill.stage for kill in outcome.killed) == STAGES
    assert all(kill.lag > 0 for kill in outcome.killed)
    assert len(outcome.account.published) == 1500
    assert outcome.account.dead_letters
