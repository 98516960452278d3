"""A processor and a broker that refuses it, or goes away under it: brokers of the tests' own."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.listeners import Listener
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from servers import vanishing_folder
from toy_road import PARTITIONS, Road

pytestmark = pytest.mark.integration

JAAS = (
    "org.apache.kafka.common.security.plain.PlainLoginModule required "
    'username="admin" password="admin-pw" user_admin="admin-pw" user_intake="right-pw";'
)


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Kafka, str]]:
    """A broker with a second listener that asks for name and password, and that listener's address."""
    properties = {"sasl.enabled.mechanisms": "PLAIN", "plain.sasl.jaas.config": JAAS}
    guarded = Listener("GUARDED", "SASL_PLAINTEXT", properties)
    with vanishing_folder() as folder, Kafka(folder, remove=folder, listeners=[guarded]) as kafka:
        yield kafka, guarded.address


async def test_the_right_password_lets_a_processor_in(guarded: tuple[Kafka, str], tmp_path: Path) -> None:
    kafka, address = guarded
    settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers)
    await create_topics(settings, partitions=PARTITIONS, replication=1)
    with ExitStack() as stack:
        road = Road(settings, tmp_path, stack)
        await road.publish(["a page"])
        processor = road.start(variables=password(address, "right-pw"))
        assert [record.value for record in await road.outputs(1)] == [b"A PAGE"]
        await processor.until("health/ready", 200)


async def test_a_wrong_password_ends_a_processor_at_once(guarded: tuple[Kafka, str], tmp_path: Path) -> None:
    kafka, address = guarded
    with ExitStack() as stack:
        road = Road(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers), tmp_path, stack)
        processor = road.start(variables=password(address, "wrong-pw"))
        assert await asyncio.to_thread(processor.process.wait, 60) == 1
    log = processor.log.read_text()
    assert "error[credentials_refused]: Kafka at" in log
    assert "BROADSHEET_SASL_PASSWORD" in log
    assert "wrong-pw" not in log


def password(address: str, secret: str) -> dict[str, str]:
    return {
        "BROADSHEET_BOOTSTRAP_SERVERS": address,
        "BROADSHEET_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "BROADSHEET_SASL_MECHANISM": "PLAIN",
        "BROADSHEET_SASL_USERNAME": "intake",
        "BROADSHEET_SASL_PASSWORD": secret,
    }


async def test_a_processor_waits_for_its_broker_and_stops_in_time_without_one(tmp_path: Path) -> None:
    with vanishing_folder() as folder, ExitStack() as stack:
        kafka = Kafka(folder, remove=folder)
        road = Road(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers), tmp_path, stack)
        with kafka:
            await create_topics(road.settings, partitions=PARTITIONS, replication=1)
            await road.publish(["a page"])
        processor = road.start(shutdown_timeout_seconds="6", retry_max_wait_seconds="0.5")
        assert "broker_unavailable" in await processor.until("health/ready", 503)

        with kafka:
            assert len(await road.outputs(1)) == 1
            await processor.until("health/ready", 200)
        assert "Kafka does not answer" in await processor.until("health/ready", 503)
        assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()
