"""Kafka is there and does not take this client, or does not allow it something: a person must act, waiting will not help.

aiokafka's clients say `KafkaConnectionError` of brokers that are away and of those that refuse a certificate or password
alike, and only the first is worth waiting for; so after a failure one connection is made by hand, which tells.
"""

import asyncio
import ssl

from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    IllegalSaslStateError,
    KafkaError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from broadsheet.runtime import tls
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.kafka import REQUEST_TIMEOUT_MS, connection
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.errors import ErrorCode

DENIALS = (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)
"""What Kafka answers to a client that it knows and that lacks a permission."""

TLS_ALERT = 0x150303
"""How a TLS server's answer to plain bytes begins: an alert, of the record version that TLS 1.2 and 1.3 share."""

SECOND_TRY_SECONDS = 0.5
"""Before a connection that was closed without a word is tried again: a broker that is stopping is gone by then."""


class _ClosedError(Exception):
    """The broker answered, and then closed the connection without a word."""


async def refusal(settings: KafkaSettings) -> OperatorError | None:
    """Ask the brokers, one after another, whether they take this client; None where one does or none can be reached.

    Raises:
        OperatorError: TLS files cannot be used (`configuration`).
    """
    for server in settings.bootstrap_servers.split(","):
        try:
            await _knock(settings, server)
        except _ClosedError:
            return await _silent(settings, server)
        except (KafkaError, OSError, TimeoutError) as error:
            told = _meaning(error, f"Kafka at {server}")
            if told is not None:
                return told
        else:
            return None
    return None


def denial(error: BaseException | None, where: str) -> OperatorError | None:
    """Say that Kafka does not allow this client what it tried; None where the error, and its causes, say other things."""
    while error is not None:
        if isinstance(error, DENIALS):
            what = type(error).__name__.removesuffix("Error").removesuffix("AuthorizationFailed").lower()
            named = ", ".join(str(part) for part in error.args) or "unnamed"
            return OperatorError(ErrorCode.ACCESS_DENIED, f"{where} denies access to {what} {named}")
        error = error.__cause__
    return None


async def _knock(settings: KafkaSettings, server: str) -> None:
    """Connect to one broker and ask it something, as any client does."""
    arguments = connection(settings) | {"request_timeout_ms": REQUEST_TIMEOUT_MS}
    del arguments["bootstrap_servers"]
    host, _, port = server.rpartition(":")
    opened = await create_conn(host.strip("[]"), int(port), **arguments)
    try:
        await opened.send(MetadataRequest([]))
    except KafkaError as error:
        if tls.handshake_failure(error) is not None:
            raise
        raise _ClosedError from error
    finally:
        opened.close()


async def _silent(settings: KafkaSettings, server: str) -> OperatorError | None:
    """Judge a broker that closed the connection: one that wants a password does so, and one that is stopping."""
    await asyncio.sleep(SECOND_TRY_SECONDS)
    try:
        await _knock(settings, server)
    except _ClosedError:
        advice = "it may want a user and password: check BROADSHEET_SECURITY_PROTOCOL"
        return OperatorError(ErrorCode.CONFIGURATION, f"Kafka at {server} closes the connection at once; {advice}")
    except (KafkaError, OSError, TimeoutError):
        return None
    return None


def _meaning(error: Exception, where: str) -> OperatorError | None:
    """Say what a failed connection means to a person; None where the broker may merely be away."""
    failed = tls.handshake_failure(error)
    if failed is not None:
        setting = "CA_FILE" if isinstance(failed, ssl.SSLCertVerificationError) else "CERT_FILE"
        return OperatorError(ErrorCode.TLS_FAILED, f"{where}: {tls.explain(failed)}; check BROADSHEET_SSL_{setting}")
    if isinstance(error, AuthenticationFailedError | SaslAuthenticationFailed):
        advice = "check BROADSHEET_SASL_USERNAME and BROADSHEET_SASL_PASSWORD"
        return OperatorError(ErrorCode.CREDENTIALS_REFUSED, f"{where} does not accept the credentials; {advice}")
    if isinstance(error, UnsupportedSaslMechanismError):
        return OperatorError(ErrorCode.CONFIGURATION, f"{where} does not offer BROADSHEET_SASL_MECHANISM")
    if isinstance(error, IllegalSaslStateError):
        return OperatorError(ErrorCode.CONFIGURATION, f"{where} takes no SASL; check BROADSHEET_SECURITY_PROTOCOL")
    cut = error.__cause__
    if isinstance(cut, asyncio.IncompleteReadError) and (cut.expected or 0) >> 8 == TLS_ALERT:
        return OperatorError(ErrorCode.CONFIGURATION, f"{where} speaks TLS; check BROADSHEET_SECURITY_PROTOCOL")
    return None
