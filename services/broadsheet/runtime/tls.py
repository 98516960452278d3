"""TLS contexts of clients, for Kafka and OpenSearch alike, and what a failed handshake means."""

import ssl
from pathlib import Path

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


def client_context(ca_file: Path | None, *, verify: bool = True) -> ssl.SSLContext:
    """Give a context that checks the server's certificate and name.

    Args:
        ca_file: PEM file of the authorities to trust; the system's when None.
        verify: False checks neither certificate nor name.

    Raises:
        OperatorError: the file cannot be used (`configuration`).
    """
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:  # ssl.SSLError is one
        raise _unusable(f"{ca_file} (authorities to trust)", error) from error
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def load_identity(context: ssl.SSLContext, cert_file: Path, key_file: Path, password: str | None) -> None:
    """Give a context the client's own certificate and key, for mutual TLS.

    Args:
        context: from `client_context`.
        cert_file: PEM file of the certificate, and of those between it and the authority.
        key_file: PEM file of its key.
        password: of the key, where it is encrypted.

    Raises:
        OperatorError: the files cannot be used (`configuration`).
    """
    try:
        # Without any password, OpenSSL would ask for that of an encrypted key on the terminal, and wait.
        context.load_cert_chain(cert_file, key_file, password or "")
    except OSError as error:
        raise _unusable(
            f"{cert_file} and {key_file} (certificate, key, and its password where it has one)", error
        ) from error


def handshake_failure(error: BaseException | None) -> ssl.SSLError | None:
    """Find in an error and its causes why the two sides came to no TLS connection; None where they were merely cut off.

    It is the innermost that tells: aiohttp's errors of a certificate are of this kind too, and say where instead of why.
    """
    found = None
    while error is not None:
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            found = error
        error = error.__cause__
    return found


def explain(error: ssl.SSLError) -> str:
    """Say in words which side does not accept the other, and why."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = getattr(error, "verify_message", error)  # only those of OpenSSL itself have it
        return f"this client does not accept the server's certificate: {why}"
    reason = str(getattr(error, "reason", error)).lower().replace("_", " ")
    if "alert" in reason:
        return f"the server does not accept this client's certificate or TLS: {reason}"
    return f"no TLS connection: {reason}"


def _unusable(files: str, error: OSError) -> OperatorError:
    cause = error.reason if isinstance(error, ssl.SSLError) else error.strerror
    return OperatorError(ErrorCode.CONFIGURATION, f"TLS files cannot be used: {files}: {cause or error}")
