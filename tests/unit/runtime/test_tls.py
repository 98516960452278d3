import ssl
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.tls import client_context, explain, handshake_failure, load_identity

PASSWORD = "sesame"  # noqa: S105 - of a key made here


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority, a certificate, its key, and the key encrypted."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    certificate = authority.issue_cert("client@example")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    key = load_pem_private_key(certificate.private_key_pem.bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSWORD.encode()))
    (folder / "locked.pem").write_bytes(locked)
    (folder / "empty.pem").touch()
    return folder


def test_a_context_checks_certificate_and_name_unless_told_otherwise(files: Path) -> None:
    strict, lax = client_context(files / "ca.pem"), client_context(None, verify=False)
    assert (strict.verify_mode, strict.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert strict.cert_store_stats()["x509_ca"] == 1, "the system's authorities are not trusted beside the given ones"
    assert (lax.verify_mode, lax.check_hostname) == (ssl.CERT_NONE, False)


@pytest.mark.parametrize("name", ["missing.pem", "empty.pem"])
def test_authorities_that_cannot_be_used_are_named(files: Path, name: str) -> None:
    with pytest.raises(OperatorError, match=f"{files / name} ") as caught:
        client_context(files / name)
    assert caught.value.code == "configuration"


@pytest.mark.parametrize(("key", "password"), [("key.pem", None), ("key.pem", "unneeded"), ("locked.pem", PASSWORD)])
def test_an_identity_is_loaded(files: Path, key: str, password: str | None) -> None:
    load_identity(client_context(files / "ca.pem"), files / "cert.pem", files / key, password)


@pytest.mark.parametrize(
    ("cert", "key", "password"),
    [
        ("cert.pem", "missing.pem", None),
        ("empty.pem", "key.pem", None),
        ("cert.pem", "locked.pem", "wrong"),
        ("cert.pem", "locked.pem", None),
    ],
)
def test_an_identity_that_cannot_be_used_is_named(files: Path, cert: str, key: str, password: str | None) -> None:
    with pytest.raises(OperatorError, match=f"{files / key} ") as caught:
        load_identity(client_context(files / "ca.pem"), files / cert, files / key, password)
    assert caught.value.code == "configuration"
    assert "wrong" not in caught.value.message


def test_the_settings_of_kafka_give_such_a_context(files: Path) -> None:
    context = KafkaSettings.model_validate(
        {
            "security_protocol": "SSL",
            "ssl_ca_file": files / "ca.pem",
            "ssl_cert_file": files / "cert.pem",
            "ssl_key_file": files / "locked.pem",
            "ssl_key_password": PASSWORD,
        }
    ).ssl_context()
    assert context is not None
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_a_failed_handshake_is_found_among_the_causes_of_an_error() -> None:
    outer = RuntimeError("request failed")
    outer.__cause__ = ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required")
    assert handshake_failure(outer) is outer.__cause__


def test_the_innermost_of_several_is_the_reason() -> None:
    outer = ssl.SSLCertVerificationError(1, "cannot connect to host")
    outer.__cause__ = ssl.SSLCertVerificationError(1, "certificate has expired")
    assert handshake_failure(outer) is outer.__cause__


@pytest.mark.parametrize("error", [None, OSError("reset"), ssl.SSLEOFError(8, "EOF"), ssl.SSLZeroReturnError(6, "")])
def test_a_connection_that_is_cut_off_says_nothing_of_certificates(error: Exception | None) -> None:
    assert handshake_failure(error) is None


def test_who_does_not_accept_whom_is_said() -> None:
    assert explain(ssl.SSLCertVerificationError(1, "x")).startswith(
        "this client does not accept the server's certificate: "
    )
    alert = ssl.SSLError(1, "tlsv1 alert unknown ca")
    assert explain(alert) == "the server does not accept this client's certificate or TLS: tlsv1 alert unknown ca"
    assert explain(ssl.SSLError(1, "wrong version number")).startswith("no TLS connection: ")
