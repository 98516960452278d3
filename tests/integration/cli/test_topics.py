"""`topics create` and `topics check` on a real broker."""

import asyncio

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from broadsheet.runtime import topics
from broadsheet.runtime.broker_limits import BROKER_FLOORS, broker_settings
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_admin
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import Difference, check_topics, compare_brokers, create_topics
from broadsheet_schemas.topics import MAX_RECORD_BYTES, RAW, TOPICS
from integration.cli.conftest import Command

pytestmark = pytest.mark.integration


async def alter(settings: KafkaSettings, **changes: str) -> None:
    """Set Kafka settings of documents.raw, beside those it was made with."""
    configs = RAW.settings() | {name.replace("_", "."): value for name, value in changes.items()}
    resource = ConfigResource(ConfigResourceType.TOPIC, RAW.prefixed(settings.topic_prefix), configs)
    async with opened(new_admin(settings, "test")) as admin:
        await admin.alter_configs([resource])


async def test_topics_are_made_once_and_are_as_designed(kafka_settings: KafkaSettings) -> None:
    names = [topic.prefixed(kafka_settings.topic_prefix) for topic in TOPICS]
    assert await create_topics(kafka_settings, partitions=None) == [(name, "created") for name in names]
    assert await check_topics(kafka_settings) == []
    assert await create_topics(kafka_settings, partitions=3) == [(name, "exists") for name in names]


async def checked(settings: KafkaSettings, setting: str) -> list[Difference]:
    """Check until a change of `setting` has gone from the controller to the broker, at most 10 s."""
    found: list[Difference] = []
    for _ in range(200):
        found = await check_topics(settings)
        if setting in {difference.setting for difference in found}:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"{setting} is no difference: {found}")


async def test_a_setting_that_differs_is_named_and_a_larger_one_is_none(kafka_settings: KafkaSettings) -> None:
    await create_topics(kafka_settings)
    name = RAW.prefixed(kafka_settings.topic_prefix)
    await alter(kafka_settings, retention_ms="1000", max_message_bytes=str(MAX_RECORD_BYTES + 1))
    retention = Difference(name, "retention.ms", str(RAW.retention_ms), "1000")
    assert await checked(kafka_settings, "retention.ms") == [retention]
    await alter(kafka_settings, max_message_bytes="1000")
    size = Difference(name, "max.message.bytes", str(MAX_RECORD_BYTES), "1000")
    assert await checked(kafka_settings, "max.message.bytes") == [size]


async def test_brokers_show_what_they_let_through_and_too_little_is_a_difference(kafka_settings: KafkaSettings) -> None:
    async with opened(new_admin(kafka_settings, "test")) as admin:
        found = await broker_settings(admin)
    assert list(found) == [1]
    assert list(found[1]) == list(BROKER_FLOORS)
    assert compare_brokers(found) == []
    small = {name: str(int(size) - 1) for name, size in BROKER_FLOORS.items()}
    assert compare_brokers({1: small}) == [
        Difference("broker 1", name, size, small[name]) for name, size in BROKER_FLOORS.items()
    ]


async def test_a_broker_that_lets_too_little_through_is_named_beside_the_topics(
    kafka_settings: KafkaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await create_topics(kafka_settings)
    async with opened(new_admin(kafka_settings, "test")) as admin:
        found = await broker_settings(admin)
    monkeypatch.setattr(topics, "BROKER_FLOORS", dict.fromkeys(BROKER_FLOORS, "999999999999"))
    assert await check_topics(kafka_settings) == [
        Difference("broker 1", name, "999999999999", found[1][name]) for name in BROKER_FLOORS
    ]


def test_check_lists_what_is_missing_and_fails(command: Command) -> None:
    shown = command("topics", "check")
    assert shown.status == 1
    assert [line["setting"] for line in shown.lines] == ["topic"] * len(TOPICS)
    assert shown.err.startswith("error[topic_missing]: ")


def test_fewer_partitions_than_wanted_are_a_difference_and_more_are_none(command: Command) -> None:
    assert command("topics", "create", "--partitions", "2").status == 0
    assert command("topics", "check", "--partitions", "1").status == 0
    shown = command("topics", "check", "--partitions", "3")
    assert shown.status == 1
    assert {(line["setting"], line["wanted"], line["found"]) for line in shown.lines} == {("partitions", "3", "2")}
    assert shown.err.startswith("error[topic_differs]: ")


def test_more_replicas_than_brokers_are_refused_in_words(command: Command) -> None:
    shown = command("topics", "create", "--replication-factor", "3")
    assert shown.status == 1
    assert shown.err.startswith("error[usage]: Kafka does not make the topic ")
    assert "1 broker" in shown.err
