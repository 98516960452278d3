from pathlib import Path

import pytest

from broadsheet.indexer.settings import IndexerSettings, OpenSearchSettings
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import DEFAULT_OPENSEARCH_URL, load
from broadsheet_schemas.errors import ErrorCode


def test_nothing_needs_to_be_set() -> None:
    settings = load(IndexerSettings)
    assert (settings.opensearch_url, settings.index_prefix) == (DEFAULT_OPENSEARCH_URL, "broadsheet")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENSEARCH_URL", "127.0.0.1:9200"),
        ("OPENSEARCH_URL", "https://user:sesame@index.example"),
        ("OPENSEARCH_PASSWORD", "sesame"),
        ("OPENSEARCH_USERNAME", "sesame"),
        ("INDEX_PREFIX", "Upper"),
        ("INDEX_PREFIX", "-x"),
        ("INDEX_PREFIX", "a,b"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"BROADSHEET_{name}", value)
    with pytest.raises(OperatorError) as caught:
        load(OpenSearchSettings)
    assert caught.value.code is ErrorCode.CONFIGURATION
    assert f"BROADSHEET_{name}" in caught.value.message
    assert "sesame" not in caught.value.message


def test_the_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_USERNAME", "ali")
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_PASSWORD", "sesame")
    assert "sesame" not in repr(load(OpenSearchSettings))


def test_a_user_and_an_api_key_do_not_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USERNAME", "PASSWORD", "API_KEY"):
        monkeypatch.setenv(f"BROADSHEET_OPENSEARCH_{name}", "sesame")
    with pytest.raises(OperatorError, match="BROADSHEET_OPENSEARCH_PASSWORD or BROADSHEET_OPENSEARCH_API_KEY"):
        load(OpenSearchSettings)


def test_the_ca_file_is_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_CA_FILE", "/nowhere/ca.pem")
    assert load(OpenSearchSettings).opensearch_ca_file == Path("/nowhere/ca.pem")
