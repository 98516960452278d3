"""The indexer and those who search, before an OpenSearch behind TLS and credentials."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.cli.main import run
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.writer import IndexEffect
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet.runtime.stage import Product
from secured_kafka import Authority
from secured_opensearch import API_KEY, PASSWORD, USER, Front
from unit.indexer.pages import page, product

pytestmark = pytest.mark.integration

BY_PASSWORD = {"opensearch_username": USER, "opensearch_password": PASSWORD}
BY_KEY = {"opensearch_api_key": API_KEY}


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "certificates")


@pytest.fixture
async def front(settings: IndexerSettings) -> Front:
    return Front(settings.opensearch_url)


@pytest.fixture
async def url(front: Front, authority: Authority) -> AsyncIterator[str]:
    """Where the front serves, with a certificate of our authority."""
    async with front.secured(authority.issue("front")[0]) as address:
        yield address


Given = Mapping[str, Any]
Secured = Callable[[Given], IndexerSettings]


@pytest.fixture
def secured(settings: IndexerSettings, url: str, authority: Authority) -> Secured:
    """Gives the settings of an indexer before the front."""
    fields = {"opensearch_url": url, "opensearch_ca_file": authority.ca_file, "index_prefix": settings.index_prefix}
    return lambda given: IndexerSettings.model_validate({**fields, **given})


@pytest.fixture
def indexed(client: AsyncOpenSearch, names: Names) -> Callable[[], Awaitable[int]]:
    """Counts the documents of the index."""

    async def count() -> int:
        await client.indices.refresh(index=names.read)
        return int((await client.count(index=names.read))["count"])

    return count


async def refusal(settings: IndexerSettings) -> OperatorError:
    """Give the error with which an indexer ends at its start."""
    effect = IndexEffect(settings)
    with pytest.raises(OperatorError) as caught:
        await effect.start()
    await effect.stop()
    assert "sesame" not in caught.value.message
    return caught.value


@pytest.mark.parametrize("given", [BY_PASSWORD, BY_KEY])
async def test_a_password_or_a_key_lets_the_indexer_in(
    secured: Secured, indexed: Callable[[], Awaitable[int]], given: Given
) -> None:
    effect = IndexEffect(secured(given))
    await effect.start()
    (result,) = await effect.apply([product(page("bridge"))])
    await effect.stop()
    assert isinstance(result, Product)
    assert await indexed() == 1


@pytest.mark.parametrize(
    "given",
    [
        {**BY_PASSWORD, "opensearch_password": "wrong-sesame"},
        {"opensearch_api_key": "os_wrong-sesame"},
        {},
    ],
)
async def test_credentials_that_are_wrong_end_the_indexer(secured: Secured, url: str, given: Given) -> None:
    error = await refusal(secured(given))
    assert error.code == "credentials_refused"
    assert f"OpenSearch at {url} does not accept the credentials (status 401" in error.message


async def test_rights_that_are_missing_end_the_indexer(secured: Secured, front: Front) -> None:
    front.forbids = True
    error = await refusal(secured(BY_KEY))
    assert error.code == "access_denied"
    assert "no permissions for [indices:data/write/bulk]" in error.message


async def test_a_server_of_an_unknown_authority_is_not_trusted_by_default(
    secured: Secured, client: AsyncOpenSearch, names: Names
) -> None:
    of_the_system = {**BY_KEY, "opensearch_ca_file": None}
    error = await refusal(secured(of_the_system))
    assert error.code == "tls_failed"
    assert "this client does not accept the server's certificate: unable to get local issuer" in error.message

    effect = IndexEffect(secured({**of_the_system, "opensearch_verify_certs": False}))
    await effect.start()
    await effect.stop()
    assert await client.indices.exists_alias(name=names.write)


@pytest.mark.parametrize(
    ("certificate", "cause"),
    [
        ({"host": "127.0.0.1", "expired": True}, "certificate has expired"),
        ({"host": "search.example"}, "IP address mismatch"),
    ],
)
async def test_a_certificate_that_is_not_the_servers_own_and_valid_ends_the_indexer(
    secured: Secured, front: Front, authority: Authority, certificate: dict[str, Any], cause: str
) -> None:
    async with front.secured(authority.issue("other", **certificate)[0]) as url:
        error = await refusal(secured({**BY_KEY, "opensearch_url": url}))
    assert error.code == "tls_failed"
    assert cause in error.message


async def test_an_indexer_that_is_refused_while_it_runs_waits_and_loses_nothing(
    secured: Secured, indexed: Callable[[], Awaitable[int]], front: Front
) -> None:
    effect = IndexEffect(secured(BY_KEY))
    await effect.start()
    known, front.accepts = front.accepts, set()
    with pytest.raises(UnavailableError, match="does not accept the credentials"):
        await effect.apply([product(page("bridge"))])
    assert not await effect.ready()

    front.accepts = known
    (result,) = await effect.apply([product(page("bridge"))])
    assert isinstance(result, Product)
    assert await effect.ready()
    await effect.stop()
    assert await indexed() == 1


def test_credentials_in_the_address_are_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_URL", f"https://{USER}:{PASSWORD}@search.example")
    assert run(["search", "bridge"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error[configuration]: ")
    assert PASSWORD not in shown
