"""A processor and a broker that refuses it, or goes away under it: brokers of the tests' own."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.ports import free_port
from broadsheet.runtime.kafka import new_admin
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
    port, guarded, controller = free_port(), free_port(), free_port()
    listeners = f"PLAINTEXT://127.0.0.1:{port},SASL_PLAINTEXT://127.0.0.1:{guarded}"
    properties = {
        "listeners": f"{listeners},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": listeners,
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller}",
        "sasl.enabled.mechanisms": "PLAIN",
        "listener.name.sasl_plaintext.plain.sasl.jaas.config": JAAS,
    }
    with vanishing_folder() as folder, Kafka(folder, port, properties=properties, remove=folder) as kafka:
        yield kafka, f"127.0.0.1:{guarded}"


async def test_the_right_password_lets_a_processor_in(guarded: tuple[Kafka, str], tmp_path: Path) -> None:
    kafka, address = guarded
    settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers)
    await create_topics(settings, partitions=PARTITIONS, replication=1)
    with ExitStack() as stack:
        road = Road(settings, tmp_path, stack)
        await road.publish(["a page"])
        processor = road.start(bootstrap_servers=address, **password("right-pw"))
        assert [record.value for record in await road.outputs(1)] == [b"A PAGE"]
        await processor.until("health/ready", 200)


async def test_a_wrong_password_ends_a_processor_at_once(guarded: tuple[Kafka, str], tmp_path: Path) -> None:
    kafka, address = guarded
    with ExitStack() as stack:
        road = Road(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers), tmp_path, stack)
        processor = road.start(bootstrap_servers=address, **password("wrong-pw"))
        assert await asyncio.to_thread(processor.process.wait, 60) == 1
    log = processor.log.read_text()
    assert "error[broker_unavailable]: Kafka at" in log
    assert "refuses this client" in log
    assert "wrong-pw" not in log


def password(secret: str) -> dict[str, str]:
    return {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "PLAIN",
        "sasl_username": "intake",
        "sasl_password": secret,
    }


async def test_a_processor_waits_for_a_broker_and_stops_in_time_without_one(tmp_path: Path) -> None:
    with vanishing_folder() as folder, ExitStack() as stack:
        kafka = Kafka(folder, remove=folder)
        settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers)
        road = Road(settings, tmp_path, stack)
        processor = road.start(shutdown_timeout_seconds="6", retry_max_wait_seconds="0.5")
        reason = await processor.until("health/ready", 503)
        assert "starting" in reason

        with kafka:
            async with asyncio.timeout(30):
                admin = new_admin(settings, "test")
                await admin.start()
                await admin.close()
            # Topics that are missing would end it: they are made before the broker's address is first answered to it.
            await create_topics(settings, partitions=PARTITIONS, replication=1)
            if processor.process.poll() is not None:
                processor = road.start(shutdown_timeout_seconds="6")
            await road.publish(["a page"])
            assert len(await road.outputs(1)) == 1
            await processor.until("health/ready", 200)

        assert "Kafka does not answer" in await processor.until("health/ready", 503)
        processor.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(processor.process.wait, 60) == 0, processor.log.read_text()
