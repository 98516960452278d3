import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import NewTopic
from aiokafka.errors import UnknownTopicOrPartitionError

from broadsheet.local.kafka import Kafka
from broadsheet.runtime.kafka import connection, new_admin, new_consumer, new_producer
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.topics import MAX_DEAD_LETTER_BYTES, MEBIBYTE
from servers import running_kafka

pytestmark = pytest.mark.integration


def client_settings(server: Kafka) -> KafkaSettings:
    return KafkaSettings(bootstrap_servers=server.bootstrap_servers)


async def create(settings: KafkaSettings, topic: str) -> None:
    admin = new_admin(settings, "test")
    await admin.start()
    try:
        limit = {"max.message.bytes": str(MAX_DEAD_LETTER_BYTES)}
        await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1, topic_configs=limit)])
    finally:
        await admin.close()


async def produce(settings: KafkaSettings, topic: str, value: bytes) -> None:
    async with new_producer(settings, "test") as producer:
        await producer.send_and_wait(topic, value)


async def first_value(settings: KafkaSettings, topic: str) -> bytes | None:
    consumer = new_consumer(settings, "test")
    consumer.subscribe([topic])
    async with consumer:
        record = await consumer.getone()
    return record.value  # type: ignore[no-any-return]  # aiokafka is untyped


async def test_a_record_of_32_mib_comes_back_as_it_was_sent(kafka_settings: KafkaSettings, topic_prefix: str) -> None:
    topic = f"{topic_prefix}large"
    value = bytes(range(256)) * (32 * MEBIBYTE // 256)
    await create(kafka_settings, topic)
    await produce(kafka_settings, topic, value)
    assert await first_value(kafka_settings, topic) == value


async def test_a_topic_is_not_made_by_writing_to_it(kafka_settings: KafkaSettings, topic_prefix: str) -> None:
    async with AIOKafkaProducer(**connection(kafka_settings), request_timeout_ms=1000) as producer:
        with pytest.raises(UnknownTopicOrPartitionError):
            await producer.partitions_for(f"{topic_prefix}unmade")


async def test_a_restart_on_the_same_folder_keeps_the_records_even_after_sigkill() -> None:
    with running_kafka() as server:
        settings = client_settings(server)
        await create(settings, "kept")
        await produce(settings, "kept", b"a page")
        server.child.kill()
        assert server.child.wait(10) == 137
        server.start()
        assert await first_value(settings, "kept") == b"a page"
