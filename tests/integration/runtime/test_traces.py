"""Traces across two real processors, as a collector receives them."""

import asyncio
import signal
from collections.abc import Iterator, Sequence

import pytest

from broadsheet.local.ports import free_port
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet_schemas.topics import ACCEPTED
from otlp import Received, Receiver, receiving
from toy_road import Road, ToyProcessor

pytestmark = pytest.mark.integration

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE_ID}-b7ad6b7169203331-01"
QUICKLY = {"OTEL_BSP_SCHEDULE_DELAY": "200"}
"""Milliseconds between two exports, 5000 by default."""


@pytest.fixture
def collector() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


async def publish(road: Road, page: str, traceparent: str) -> None:
    async with opened(new_producer(road.settings, "test")) as producer:
        topic = ACCEPTED.prefixed(road.settings.topic_prefix)
        await producer.send_and_wait(topic, page.encode(), headers=[("traceparent", traceparent.encode())])


def named(spans: Sequence[Received], start: str, service: str = "") -> Received:
    (found,) = [span for span in spans if span.name.startswith(start) and span.service.endswith(service)]
    return found


async def test_one_trace_goes_through_two_processors(road: Road, collector: Receiver) -> None:
    by_setting = road.start(tracing=collector.url, variables=QUICKLY)
    by_variable = road.start(
        tracing="otlp",
        variables=QUICKLY
        | {
            "TOY_STAGE": "tagger",
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip",
        },
    )
    await publish(road, "bridge", TRACEPARENT)

    def two_hops(spans: Sequence[Received]) -> bool:
        return len([span for span in spans if span.name.startswith("process ")]) == 2

    spans = await asyncio.to_thread(collector.until, two_hops)

    assert {span.trace for span in spans} == {TRACE_ID}
    first, second = named(spans, "process ", "-segmenter"), named(spans, "process ", "-tagger")
    between = named(spans, "send ", "-segmenter")
    assert first.parent == "b7ad6b7169203331"
    assert between.parent == first.id
    assert second.parent == between.id
    assert named(spans, "segmenter work").parent == first.id
    assert named(spans, "tagger work").parent == named(spans, "send ", "-tagger").parent == second.id
    assert between.attributes["messaging.destination.name"] == second.attributes["messaging.destination.name"]
    assert second.attributes["messaging.consumer.group.name"] == f"{road.settings.topic_prefix}broadsheet-tagger"
    assert second.attributes["messaging.kafka.offset"] == "0"
    assert await by_setting.end(signal.SIGTERM) == 0, by_setting.log.read_text()
    assert await by_variable.end(signal.SIGTERM) == 0, by_variable.log.read_text()


async def test_what_is_not_sent_yet_goes_out_at_the_end(road: Road, collector: Receiver) -> None:
    processor = road.start(tracing=collector.url, variables={"OTEL_BSP_SCHEDULE_DELAY": "3600000"})
    await publish(road, "reject secret words", TRACEPARENT)
    await road.outputs(1)
    assert collector.of(TRACE_ID) == []
    assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()

    hop = named(collector.of(TRACE_ID), "process ")
    assert hop.error == hop.attributes["error.type"] == "empty_page"
    assert all(b"secret" not in span.span.SerializeToString() for span in collector.of(TRACE_ID))


async def test_a_collector_that_is_away_costs_no_document_and_no_clean_stop(road: Road) -> None:
    processor: ToyProcessor = road.start(tracing=f"http://127.0.0.1:{free_port()}", variables=QUICKLY)
    await road.publish(["a", "b"])
    assert len(await road.outputs(2)) == 2
    assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()
