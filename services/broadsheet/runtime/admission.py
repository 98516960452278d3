"""Being let in by Kafka: asked at the start of a processor or command, and watched while a processor runs."""

import asyncio
from collections.abc import Sequence

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaConnectionError, KafkaError

from broadsheet.runtime.access import denied, look
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.kafka import REQUEST_TIMEOUT_MS, connection
from broadsheet.runtime.permissions import Permission
from broadsheet.runtime.refusals import refusal
from broadsheet.runtime.retries import while_broker_starts
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.errors import ErrorCode

WATCH_SECONDS = 10.0
"""How often a running processor asks. What is taken from it stops it within this time, whether it has work or not."""


async def admit(
    settings: KafkaSettings, client_id: str, needs: Sequence[Permission], *, topics_may_be_missing: bool = False
) -> None:
    """Go on only if the brokers take this client, allow it all that it needs, and have the topics.

    Args:
        settings: which cluster, and who comes.
        client_id: what the brokers' logs call it.
        needs: see `permissions`.
        topics_may_be_missing: whether it goes on without a topic, too.

    Raises:
        OperatorError: a person must act: `tls_failed`, `credentials_refused`, `access_denied`, `topic_missing`, or
            `configuration` where a setting does not fit what the brokers speak.
        UnavailableError: no broker can be reached, or none is ready to answer (`broker_unavailable`).
    """
    client = AIOKafkaClient(**connection(settings), client_id=client_id, request_timeout_ms=REQUEST_TIMEOUT_MS)
    try:
        await client.bootstrap()
        access = await while_broker_starts(look)(client, needs)
    except KafkaError as error:
        raise await refusal(settings) or _away(error, settings.bootstrap_servers) from error
    finally:
        await client.close()
    if access.denied:
        raise denied(access.denied, settings.bootstrap_servers)
    if access.absent and not topics_may_be_missing:
        names = ", ".join(access.absent)
        raise OperatorError(ErrorCode.TOPIC_MISSING, f"there is no topic {names} on {settings.bootstrap_servers}")


def _away(error: KafkaError, servers: str) -> UnavailableError:
    if isinstance(error, KafkaConnectionError):
        return UnavailableError(ErrorCode.BROKER_UNAVAILABLE, f"no Kafka broker can be reached at {servers}")
    return UnavailableError(ErrorCode.BROKER_UNAVAILABLE, f"Kafka at {servers} is not ready: {error}")


async def watch_access(client: AIOKafkaClient, needs: Sequence[Permission], settings: KafkaSettings) -> None:
    """Look again and again while a processor runs; returns never.

    Raises:
        OperatorError: something is not allowed any more (`access_denied`), or the brokers do not take the client any more.
    """
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        try:
            access = await look(client, needs)
        except (KafkaError, TimeoutError, OSError) as error:
            refused = await refusal(settings)
            if refused is not None:
                raise refused from error
            continue
        if access.denied:
            raise denied(access.denied, settings.bootstrap_servers)
