import logging

import pytest
from opensearchpy.exceptions import AuthenticationException, RequestError, TransportError
from opensearchpy.exceptions import ConnectionError as NoConnection

from broadsheet.indexer import schema
from broadsheet.indexer.client import connect, explain
from broadsheet.indexer.settings import IndexerSettings, OpenSearchSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet_schemas.errors import ErrorCode

REFUSAL = AuthenticationException(401, "Unauthorized", None)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NoConnection("N/A", "refused", OSError("Connection refused")), "OSError: Connection refused"),
        (NoConnection("TIMEOUT", "", TimeoutError()), "TimeoutError"),
        (RequestError(400, "x", {"error": {"type": "x", "reason": "why"}}), "status 400: x: why"),
        (TransportError(503, "<html>\n away</html>", None), "status 503: <html> away</html>"),
        (TransportError(503, "x" * 1000, None), f"status 503: {'x' * 299}…"),
    ],
)
def test_an_error_is_explained_in_one_line(error: TransportError, text: str) -> None:
    assert explain(error) == text


async def test_credentials_that_are_refused_at_the_start_stop_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "create", refuse)
    effect = IndexEffect(IndexerSettings())
    with pytest.raises(OperatorError) as caught:
        await effect.start()
    assert caught.value.code is ErrorCode.CREDENTIALS_REFUSED
    assert "BROADSHEET_OPENSEARCH_PASSWORD" in caught.value.message
    await effect.stop()


async def test_a_server_that_is_busy_at_the_start_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "create", be_busy)
    effect = IndexEffect(IndexerSettings())
    with pytest.raises(UnavailableError):
        await effect.start()
    await effect.stop()


async def refuse(*_: object) -> None:
    raise REFUSAL


async def be_busy(*_: object) -> None:
    raise TransportError(503, "busy", None)


async def test_the_clients_own_log_never_holds_pages() -> None:
    async with connect(OpenSearchSettings()):
        assert not logging.getLogger("opensearch").isEnabledFor(logging.DEBUG)


def test_authorities_that_are_not_there_are_named() -> None:
    given = {"opensearch_url": "https://index.example", "opensearch_ca_file": "/nowhere/ca.pem"}
    settings = OpenSearchSettings.model_validate(given)
    with pytest.raises(OperatorError, match=r"/nowhere/ca\.pem"):
        connect(settings)
