import pytest
from pydantic_settings import BaseSettings

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import KafkaSettings, ProcessorSettings, load


def test_nothing_needs_to_be_set() -> None:
    settings = load(ProcessorSettings)
    assert settings.bootstrap_servers == "127.0.0.1:9092"
    assert settings.ssl_context() is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOOTSTRAP_SERVERS", "127.0.0.1:abc"),
        ("BOOTSTRAP_SERVERS", "127.0.0.1:99999"),
        ("BOOTSTRAP_SERVERS", "nohost"),
        ("BATCH_MAX_RECORDS", "many"),
        ("TOPIC_PREFIX", "a b"),
        ("HTTP_PORT", "70000"),
        ("SECURITY_PROTOCOL", "TLS"),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"BROADSHEET_{name}", value)
    with pytest.raises(OperatorError, match=f"BROADSHEET_{name}: ") as caught:
        load(ProcessorSettings)
    assert value not in caught.value.message.replace(name, "")
    assert caught.value.code == "configuration"


def test_sasl_without_a_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_SECURITY_PROTOCOL", "SASL_SSL")
    monkeypatch.setenv("BROADSHEET_SASL_USERNAME", "intake")
    with pytest.raises(OperatorError, match="BROADSHEET_SASL_PASSWORD"):
        load(KafkaSettings)


def test_a_missing_certificate_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_SECURITY_PROTOCOL", "SSL")
    monkeypatch.setenv("BROADSHEET_SSL_CA_FILE", "missing.pem")
    with pytest.raises(OperatorError, match=r"missing\.pem"):
        load(KafkaSettings).ssl_context()


@pytest.mark.parametrize("settings", [KafkaSettings, ProcessorSettings])
def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch, settings: type[BaseSettings]) -> None:
    monkeypatch.setenv("BROADSHEET_SASL_PASSWORD", "hunter2")
    assert "hunter2" not in repr(load(settings))


@pytest.mark.parametrize("servers", ["kafka:9092", "a:1,b:2", "[::1]:9092"])
def test_brokers_are_hosts_with_ports(monkeypatch: pytest.MonkeyPatch, servers: str) -> None:
    monkeypatch.setenv("BROADSHEET_BOOTSTRAP_SERVERS", servers)
    assert load(KafkaSettings).bootstrap_servers == servers
