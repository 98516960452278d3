import ssl

import pytest
from opensearchpy.exceptions import AuthenticationException, AuthorizationException, TransportError
from opensearchpy.exceptions import ConnectionError as NoConnection

from broadsheet.indexer.refusals import refusal_of
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


def no_connection(cause: Exception) -> TransportError:
    """What the client raises when aiohttp could not connect."""
    failed = OSError("Cannot connect to host")
    failed.__cause__ = cause
    return NoConnection("N/A", str(failed), failed)


def refused(error: TransportError) -> OperatorError:
    refusal = refusal_of(error, "OpenSearch at https://index.example")
    assert refusal is not None
    assert refusal.message.startswith("OpenSearch at https://index.example")
    return refusal


def test_credentials_that_are_not_accepted_name_their_settings() -> None:
    refusal = refused(AuthenticationException(401, "Unauthorized", None))
    assert refusal.code is ErrorCode.CREDENTIALS_REFUSED
    assert "BROADSHEET_OPENSEARCH_PASSWORD" in refusal.message
    assert "BROADSHEET_OPENSEARCH_API_KEY" in refusal.message


def test_rights_that_are_missing_come_in_the_servers_words() -> None:
    body = {"error": {"type": "security_exception", "reason": "no permissions for [indices:data/write/bulk]"}}
    refusal = refused(AuthorizationException(403, "security_exception", body))
    assert refusal.code is ErrorCode.ACCESS_DENIED
    assert "no permissions for [indices:data/write/bulk]" in refusal.message


def test_a_certificate_that_is_not_accepted_says_whose() -> None:
    refusal = refused(no_connection(ssl.SSLCertVerificationError(1, "certificate has expired")))
    assert refusal.code is ErrorCode.TLS_FAILED
    assert "this client does not accept the server's certificate" in refusal.message
    assert "BROADSHEET_OPENSEARCH_CA_FILE" in refusal.message


@pytest.mark.parametrize(
    "error",
    [
        no_connection(ConnectionResetError()),
        TransportError(503, "busy", None),
        AuthorizationException(403, "cluster_block_exception", {"error": {"type": "cluster_block_exception"}}),
    ],
)
def test_a_server_that_is_away_busy_or_full_refuses_nobody(error: TransportError) -> None:
    assert refusal_of(error, "OpenSearch") is None
