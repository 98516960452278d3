"""A trace of one document spans the four stages: from `broadsheet publish` to the index, as a collector receives it."""

import asyncio
import os
import sys
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import ENRICHED, INDEXED
from e2e.journeys import about, arrive
from otlp import Received, Receiver, receiving
from roads import Road, running_road

pytestmark = pytest.mark.e2e

PAGE = (
    "Bridge reopens after two years\n\nThe old bridge over the river is open to walkers again, said Mayor Ada Field.\n"
)


@pytest.fixture(scope="module")
def collector() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture(scope="module")
async def traced(
    kafka: Kafka, opensearch: OpenSearch, collector: Receiver, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Road]:
    """The four processors, with traces switched on."""
    prefix = f"traced-{uuid.uuid4().hex[:8]}."
    async with running_road(
        kafka, opensearch, tmp_path_factory.mktemp("traced"), prefix, tracing=collector.url
    ) as road:
        yield road


async def publish(road: Road, page: Path) -> None:
    """Publish a page as a person does."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "broadsheet", "publish", str(page), "--document-id", "bridge"),
        env=os.environ | road.environment,
    )
    assert await process.wait() == 0


async def test_a_trace_of_one_document_spans_the_four_stages(traced: Road, collector: Receiver, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    await publish(traced, page)
    (receipt,) = await arrive(traced, INDEXED, about("bridge"))

    def all_hops(spans: Sequence[Received]) -> bool:
        return len([span for span in spans if span.name.startswith("process ")]) == len(PROCESSORS)

    spans = await asyncio.to_thread(collector.until, all_hops)

    assert len({span.trace for span in spans}) == 1
    by_service = {(span.service.removeprefix("broadsheet-"), span.name.split(" ")[0]): span for span in spans}
    before = by_service["publish", "send"]
    assert before.parent == ""
    for processor in PROCESSORS:
        hop, sent = by_service[processor.name, "process"], by_service[processor.name, "send"]
        assert hop.parent == before.id, processor.name
        assert sent.parent == hop.id
        assert hop.attributes["messaging.system"] == "kafka"
        assert hop.attributes["messaging.destination.name"].endswith(processor.reads.name)
        assert sent.attributes["messaging.destination.name"].endswith(processor.writes.name)
        assert hop.attributes["broadsheet.document.id"] == "bridge"
        assert hop.span.start_time_unix_nano <= sent.span.start_time_unix_nano
        assert sent.span.end_time_unix_nano <= hop.span.end_time_unix_nano
        before = sent
    assert {span.name for span in spans if span.service == "broadsheet-indexer"} >= {"indexer work", "indexer effect"}
    assert receipt.header("traceparent") == f"00-{before.trace}-{before.id}-03"
    assert not any("walkers" in str(span.span) for span in spans), "no text of the page"


async def test_a_page_that_is_published_again_has_another_trace_and_the_same_event_ids(
    traced: Road, collector: Receiver, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    await publish(traced, page)
    first, second = await arrive(traced, ENRICHED, about("bridge"), 2)

    assert first.header("traceparent") != second.header("traceparent")
    assert first.header("ce_id") == second.header("ce_id")
    again = (second.header("traceparent") or "").split("-")[1]
    await asyncio.to_thread(collector.until, lambda spans: any(span.trace == again for span in spans))
