"""`status` on a real broker."""

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import connection
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from integration.cli.conftest import Command, send

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("topics")]

IDLE = {"group": "Dead", "processors": 0, "lag": 0, "records_per_second": 0.0, "oldest_unprocessed_seconds": None}


async def process(settings: KafkaSettings, partition: int, records: int) -> None:
    """Commit as an intake does that has processed so many records of a partition."""
    consumer = AIOKafkaConsumer(
        **connection(settings), group_id=f"{settings.topic_prefix}broadsheet-intake", enable_auto_commit=False
    )
    async with opened(consumer):
        place = TopicPartition(f"{settings.topic_prefix}documents.raw", partition)
        consumer.assign([place])
        await consumer.commit({place: records})


async def prepare(settings: KafkaSettings) -> None:
    await send(settings, [OutputRecord("documents.raw", b"same", b"x", ()) for _ in range(5)])
    await send(settings, [OutputRecord("documents.dead-letter", None, b"x", ())])


def stages(command: Command) -> dict[str, dict[str, Any]]:
    shown = command("status", "--interval", "0.1")
    assert shown.status == 0
    *rows, last = shown.lines
    assert [row["stage"] for row in rows] == ["intake", "segmenter", "tagger", "indexer"]
    return {row.pop("stage"): row for row in rows} | {"dead letters": last}


def test_each_stage_is_told_apart(command: Command, kafka_settings: KafkaSettings) -> None:
    asyncio.run(prepare(kafka_settings))
    found = stages(command)
    prefix = kafka_settings.topic_prefix
    assert found["tagger"] == {"topic": f"{prefix}documents.segmented"} | IDLE
    assert found["dead letters"] == {"dead_letter_records": 1}
    assert found["intake"]["lag"] == 5
    assert 0 <= found["intake"]["oldest_unprocessed_seconds"] < 300

    (first, *_) = command("consume", "raw").lines
    asyncio.run(process(kafka_settings, first["partition"], 3))
    behind = stages(command)["intake"]
    assert (behind["lag"], behind["group"]) == (2, "Empty")
    asyncio.run(process(kafka_settings, first["partition"], 5))
    done = stages(command)["intake"]
    assert (done["lag"], done["oldest_unprocessed_seconds"]) == (0, None)


def test_missing_topics_are_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_TOPIC_PREFIX", "none-here.")
    shown = command("status")
    assert shown.status == 1
    assert shown.err.startswith("error[topic_missing]: ")
    assert "none-here.documents.raw" in shown.err
