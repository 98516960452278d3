"""Opening Kafka clients so that they are closed in every case, a failed start included."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

C = TypeVar("C", AIOKafkaConsumer, AIOKafkaProducer, AIOKafkaAdminClient)


@asynccontextmanager
async def opened(client: C) -> AsyncIterator[C]:
    """Start a client and stop it at the end; one whose start fails is stopped too, as aiokafka leaves it half open.

    Raises:
        KafkaError: the broker cannot be reached or refuses the client.
    """
    try:
        await client.start()
        yield client
    finally:
        await (client.close() if isinstance(client, AIOKafkaAdminClient) else client.stop())
