"""`status` on a real broker."""

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition

from broadsheet.cli.letters import LetterCounts, count_letters
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import connection
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from integration.cli.conftest import Command, send
from integration.cli.test_dead_letters import failed, letter

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("topics")]

IDLE = {
    "group": "Dead",
    "processors": 0,
    "lag": 0,
    "records_per_second": 0.0,
    "oldest_unprocessed_seconds": None,
    "dead_letters": 0,
}


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
    letters = [letter(failed(settings, "one")), letter(failed(settings, "two", stage="tagger"), stage="tagger")]
    await send(settings, [*letters, OutputRecord("documents.dead-letter", None, b"somebody else's", ())])


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
    assert found["indexer"] == {"topic": f"{prefix}documents.enriched"} | IDLE
    assert {name: found[name]["dead_letters"] for name in ("intake", "tagger")} == {"intake": 1, "tagger": 1}
    assert found["dead letters"] == {"dead_letters": 2, "all_counted": True}
    assert found["intake"]["lag"] == 5
    assert 0 <= found["intake"]["oldest_unprocessed_seconds"] < 300

    (first, *_) = command("consume", "raw").lines
    asyncio.run(process(kafka_settings, first["partition"], 3))
    behind = stages(command)["intake"]
    assert (behind["lag"], behind["group"]) == (2, "Empty")
    asyncio.run(process(kafka_settings, first["partition"], 5))
    done = stages(command)["intake"]
    assert (done["lag"], done["oldest_unprocessed_seconds"]) == (0, None)


def test_a_replay_adds_no_dead_letters(command: Command, kafka_settings: KafkaSettings) -> None:
    """It marks them in their own topic, and a marker is none."""
    asyncio.run(send(kafka_settings, [letter(failed(kafka_settings, key)) for key in ("one", "two")]))
    assert command("dead-letters", "replay", "--yes").status == 0
    assert stages(command)["dead letters"] == {"dead_letters": 2, "all_counted": True}


async def test_counting_ends_in_time_and_says_so(kafka_settings: KafkaSettings) -> None:
    await send(kafka_settings, [letter(failed(kafka_settings, "one")) for _ in range(3)])
    assert await count_letters(kafka_settings, 60) == LetterCounts({"intake": 3}, complete=True)
    assert await count_letters(kafka_settings, 0) == LetterCounts({"intake": 1}, complete=False)


def test_missing_topics_are_named(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_TOPIC_PREFIX", "none-here.")
    shown = command("status")
    assert shown.status == 1
    assert shown.err.startswith("error[topic_missing]: ")
    assert "none-here.documents.raw" in shown.err


def test_where_a_replay_ended_nothing_waits(command: Command, kafka_settings: KafkaSettings) -> None:
    """The transaction of a replay takes offsets that hold no record."""
    asyncio.run(send(kafka_settings, [letter(failed(kafka_settings, "one"))]))
    assert command("dead-letters", "replay", "--yes").status == 0
    (record,) = command("consume", "raw").lines
    assert stages(command)["intake"]["lag"] > 0
    asyncio.run(process(kafka_settings, record["partition"], record["offset"] + 1))
    found = stages(command)["intake"]
    assert (found["lag"], found["oldest_unprocessed_seconds"]) == (0, None)
