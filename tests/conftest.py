"""Fixtures that every test may use; each works in synchronous and asynchronous tests."""

import uuid
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.runtime.settings import KafkaSettings
from secured_kafka import SecuredKafka, secured_kafka
from servers import running_kafka, running_opensearch

# A busy machine is no failure: what an example takes is not judged by the clock.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def kafka() -> Iterator[Kafka]:
    """The session's broker (`.bootstrap_servers`), started by the first test that asks for it."""
    with running_kafka() as server:
        yield server


@pytest.fixture(scope="session")
def opensearch() -> Iterator[OpenSearch]:
    """The session's OpenSearch (`.url`), started by the first test that asks for it."""
    with running_opensearch() as server:
        yield server


@pytest.fixture(scope="session")
def secured() -> Iterator[SecuredKafka]:
    """The session's broker that lets in only whom it knows, started by the first test that asks for it."""
    with secured_kafka() as broker:
        yield broker


@pytest.fixture
def topic_prefix() -> str:
    """A prefix for topics, groups and indices that no other test has; index names must be lower case."""
    return f"test-{uuid.uuid4().hex[:12]}."


@pytest.fixture
def kafka_settings(kafka: Kafka, topic_prefix: str) -> KafkaSettings:
    """Settings of clients of the session's broker, with a prefix of the test's own."""
    return KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, topic_prefix=topic_prefix)
