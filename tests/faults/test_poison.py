from pathlib import Path

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from faults.poison import report, run
from faults.poison_kinds import HUGE
from faults.poison_pages import KINDS, poison
from roads import running_road

PAGES = 6 * KINDS
SEED = 11


@pytest.mark.faults
@pytest.mark.timeout(600)
async def test_every_hostile_page_ends_once_and_memory_stays_bounded(
    kafka: Kafka, opensearch: OpenSearch, tmp_path: Path, topic_prefix: str
) -> None:
    made = list(poison(PAGES, SEED, huge=len(HUGE)))
    settings = {"page_timeout_seconds": "5", "dead_letter_ratio": "1"}
    async with running_road(kafka, opensearch, tmp_path, topic_prefix, **settings) as road:
        outcome = await run(road, made)

    assert report(outcome)
    assert len(outcome.ends) == PAGES
    assert [outcome.ends[name] for name, kind in outcome.kinds.items() if kind == "very deep html"] == [
        "segmenter: time_limit"
    ]
    assert "indexed" in outcome.ends.values()
    assert len(set(outcome.ends.values())) > 5, "the pages met too few of the refusals"
