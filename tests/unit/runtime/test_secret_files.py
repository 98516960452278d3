import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from pydantic_settings import BaseSettings

import settings_page
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.secret_files import MAX_BYTES, check_secret, read_secret, secret_fields
from broadsheet.runtime.settings import KafkaSettings, load

SECRETS = ("sasl_password", "ssl_key_password", "opensearch_password", "opensearch_api_key")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_USERNAME", "ali")
    return tmp_path


def test_every_secret_of_the_product_may_lie_in_a_file() -> None:
    found = {(settings, name) for settings in settings_page.settings_classes() for name in secret_fields(settings)}
    assert {name for _, name in found} == set(SECRETS)
    assert all(f"{name}_file" in settings.model_fields for settings, name in found)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_secret_is_read_from_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    (folder / "secret").write_bytes(f"open sésame {end}".encode())
    monkeypatch.setenv("BROADSHEET_SASL_PASSWORD_FILE", str(folder / "secret"))
    found = load(KafkaSettings).sasl_password
    assert found is not None
    assert found.get_secret_value() == "open sésame "
    assert "sésame" not in repr(load(KafkaSettings))


@pytest.mark.parametrize("name", ["opensearch_password", "opensearch_api_key"])
def test_one_mechanism_serves_every_class(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "opensearch_api_key":
        monkeypatch.delenv("BROADSHEET_OPENSEARCH_USERNAME")
    (folder / "secret").write_text("sesame\n")
    monkeypatch.setenv(f"BROADSHEET_{name}_file".upper(), str(folder / "secret"))
    found: SecretStr = getattr(load(IndexerSettings), name)
    assert found.get_secret_value() == "sesame"


@pytest.mark.parametrize("settings", [KafkaSettings, IndexerSettings])
def test_a_secret_given_twice_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, settings: type[BaseSettings]
) -> None:
    (folder / "secret").write_text("sesame")
    monkeypatch.setenv("BROADSHEET_SASL_PASSWORD", "sesame")
    monkeypatch.setenv("BROADSHEET_SASL_PASSWORD_FILE", str(folder / "secret"))
    with pytest.raises(
        OperatorError, match="BROADSHEET_SASL_PASSWORD and BROADSHEET_SASL_PASSWORD_FILE are both set"
    ) as caught:
        load(settings)
    assert caught.value.code == "configuration"
    assert "sesame" not in caught.value.message


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"sesame\nsesame\n", "more than one line"),
        (b"sesame\x00", "control characters"),
        (b"sesame\xff", "not UTF-8"),
        (b"sesame" * MAX_BYTES, "too many for a secret"),
    ],
)
def test_a_file_that_holds_no_secret_is_named_and_not_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, cause: str
) -> None:
    path = folder / "secret"
    path.write_bytes(content)
    monkeypatch.setenv("BROADSHEET_SASL_PASSWORD_FILE", str(path))
    with pytest.raises(OperatorError, match=cause) as caught:
        load(KafkaSettings)
    assert f"BROADSHEET_SASL_PASSWORD_FILE: {path}" in caught.value.message
    assert "sesame" not in caught.value.message


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    for path in (folder / "missing", folder):
        with pytest.raises(ValueError, match=f"X_FILE: {path} cannot be read"):
            read_secret(path, "X_FILE")


def test_a_pipe_serves_as_a_file() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"sesame\n")
    os.close(writing)
    assert read_secret(Path(f"/proc/self/fd/{reading}"), "X_FILE") == "sesame"
    os.close(reading)


@pytest.mark.parametrize("value", ["", "sesame\n"])
def test_a_variable_is_held_to_the_same_rules(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BROADSHEET_SASL_PASSWORD", value)
    with pytest.raises(OperatorError, match="BROADSHEET_SASL_PASSWORD ") as caught:
        load(KafkaSettings)
    assert "sesame" not in caught.value.message


@given(st.text())
def test_what_is_wrong_with_a_secret_is_said_without_it(text: str) -> None:
    try:
        check_secret(text, "X")
    except ValueError as error:
        assert str(error) in ("X is empty", "X holds control characters or more than one line")  # noqa: PT017
    else:
        assert not {"\r", "\n", "\0"} & set(text)
