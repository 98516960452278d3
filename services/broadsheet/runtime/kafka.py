"""Kafka clients, made the same way everywhere: from the settings, idempotent, with limits that fit the topics'."""

from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.topics import MAX_DEAD_LETTER_BYTES

REQUEST_TIMEOUT_MS = 30_000
"""How long a request to a broker may take before the client tries again, milliseconds."""

BATCH_BYTES = 1024 * 1024
"""Most bytes that one request carries for a partition, before compression; aiokafka's 16 KiB are two pages of 8 KB."""


def connection(settings: KafkaSettings) -> dict[str, Any]:
    """Give the keyword arguments that every aiokafka client takes to reach and authenticate to the brokers.

    Raises:
        OperatorError: TLS files cannot be used (`configuration`).
    """
    arguments: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap_servers.split(","),
        "security_protocol": settings.security_protocol,
        "ssl_context": settings.ssl_context(),
    }
    if settings.security_protocol.startswith("SASL"):
        arguments |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.sasl_password.get_secret_value() if settings.sasl_password else None,
        }
    return arguments


def new_producer(
    settings: KafkaSettings,
    client_id: str,
    *,
    transactional_id: str | None = None,
    transaction_timeout_ms: int = 60_000,
) -> AIOKafkaProducer:
    """Make a producer that loses nothing: idempotent, acknowledged by all replicas, records up to the topics' limit.

    Args:
        settings: which cluster.
        client_id: what the brokers' logs call it.
        transactional_id: makes a producer that writes in transactions alone; of those with the same id, the brokers take
            records of the one that was started last.
        transaction_timeout_ms: when the brokers give up a transaction whose producer has gone, milliseconds.
    """
    return AIOKafkaProducer(
        **connection(settings),
        client_id=client_id,
        acks="all",
        enable_idempotence=True,
        compression_type="lz4",
        max_batch_size=BATCH_BYTES,
        max_request_size=MAX_DEAD_LETTER_BYTES,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
        transactional_id=transactional_id,
        transaction_timeout_ms=transaction_timeout_ms,
    )


def new_consumer(settings: KafkaSettings, client_id: str) -> AIOKafkaConsumer:
    """Make a consumer without a group, for commands that read a topic; it commits nothing.

    It passes over what a replay of dead letters wrote and did not commit, as the processors do.
    """
    return AIOKafkaConsumer(
        **connection(settings),
        client_id=client_id,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        request_timeout_ms=REQUEST_TIMEOUT_MS,
    )


def new_admin(settings: KafkaSettings, client_id: str) -> AIOKafkaAdminClient:
    """Make an admin client, for topics and consumer groups."""
    return AIOKafkaAdminClient(**connection(settings), client_id=client_id, request_timeout_ms=REQUEST_TIMEOUT_MS)
