"""Settings shared by all processors and commands, read from `BROADSHEET_...` environment variables.

Each stage adds its own in `<stage>/settings.py`. The defaults are the fixed addresses that `broadsheet up` listens on,
so that on one machine nothing needs to be set. `docs/settings.md` is generated from these classes.
"""

import ssl
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.secret_files import SettingsWithSecrets
from broadsheet.runtime.tls import client_context, load_identity
from broadsheet_schemas.errors import ErrorCode

ENV_PREFIX = "BROADSHEET_"

S = TypeVar("S", bound=BaseSettings)

MAX_PORT = 65_535

DEFAULT_BOOTSTRAP_SERVERS = "127.0.0.1:9092"
DEFAULT_OPENSEARCH_URL = "http://127.0.0.1:9210"
DEFAULT_HTTP_PORTS = {"intake": 9101, "segmenter": 9102, "tagger": 9103, "indexer": 9104}
"""Where each processor serves metrics and health by default."""


WORKER_MAX_MEMORY_BYTES = 1024 * 1024 * 1024
"""Twice what the largest pages need: 8 MiB of HTML take the segmenter 500 MB, the tagger 430 MB and intake 270 MB."""


class KafkaSettings(SettingsWithSecrets):
    """How to reach Kafka, and which installation's topics are meant. Every command that talks to Kafka uses these."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True)

    bootstrap_servers: str = Field(
        default=DEFAULT_BOOTSTRAP_SERVERS,
        description="Kafka brokers to start from, `host:port`, comma-separated.",
    )
    topic_prefix: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9._-]{0,100}$",
        description="Put before every topic and consumer group, so that several installations share a cluster.",
    )
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="How clients speak to the brokers."
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="SASL mechanism, with SASL_PLAINTEXT and SASL_SSL."
    )
    sasl_username: str | None = Field(default=None, description="SASL user.")
    sasl_password: SecretStr | None = Field(default=None, description="SASL password.")
    sasl_password_file: Path | None = Field(default=None, description="File that holds the SASL password.")
    ssl_ca_file: Path | None = Field(
        default=None, description="PEM file of the authorities to trust; the system's when unset."
    )
    ssl_cert_file: Path | None = Field(
        default=None, description="PEM file of the client's certificate, for mutual TLS."
    )
    ssl_key_file: Path | None = Field(default=None, description="PEM file of the client's key, for mutual TLS.")
    ssl_key_password: SecretStr | None = Field(
        default=None, description="Password of the client's key, where it has one."
    )
    ssl_key_password_file: Path | None = Field(
        default=None, description="File that holds the password of the client's key."
    )

    tracing: str = Field(
        default="off",
        pattern=r"^(off|otlp|https?://\S+)$",
        description="Traces of documents (docs/traces.md): `off`, the URL of a collector that takes OTLP over HTTP, or `otlp` "
        "where OpenTelemetry's own variables name it.",
    )

    @field_validator("bootstrap_servers")
    @classmethod
    def _hosts_with_ports(cls, servers: str) -> str:
        for server in servers.split(","):
            host, _, port = server.rpartition(":")
            if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) <= MAX_PORT:
                msg = "each broker is host:port with a port of 1 to 65535; several are separated by commas, without spaces"
                raise ValueError(msg)
        return servers

    @model_validator(mode="after")
    def _credentials_complete(self) -> Self:
        if self.security_protocol.startswith("SASL") and (self.sasl_username is None or self.sasl_password is None):
            msg = f"{self.security_protocol} needs BROADSHEET_SASL_USERNAME and BROADSHEET_SASL_PASSWORD (or ..._FILE)"
            raise ValueError(msg)
        if (self.ssl_cert_file is None) != (self.ssl_key_file is None):
            msg = "mutual TLS needs both BROADSHEET_SSL_CERT_FILE and BROADSHEET_SSL_KEY_FILE"
            raise ValueError(msg)
        return self

    def ssl_context(self) -> ssl.SSLContext | None:
        """Give the TLS context for clients, or None where the protocol is not encrypted.

        Raises:
            OperatorError: a file of the context cannot be read (`configuration`).
        """
        if not self.security_protocol.endswith("SSL"):
            return None
        context = client_context(self.ssl_ca_file)
        if self.ssl_cert_file and self.ssl_key_file:
            password = self.ssl_key_password.get_secret_value() if self.ssl_key_password else None
            load_identity(context, self.ssl_cert_file, self.ssl_key_file, password)
        return context


class ProcessorSettings(KafkaSettings):
    """What every processor can be told; each stage's own settings class extends it."""

    instance: str = Field(
        default="0",
        pattern=r"^[A-Za-z0-9._-]{1,100}$",
        description="Name of this process within its stage, unique and stable over restarts (static membership).",
    )
    http_host: str = Field(default="127.0.0.1", description="Address that metrics and health listen on.")
    http_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port of metrics and health; 9101 to 9104 by stage when unset, 0 for any.",
    )
    worker_processes: int = Field(
        default=1, ge=1, le=256, description="Worker processes that run the stage's function."
    )
    worker_max_memory_bytes: int = Field(
        default=WORKER_MAX_MEMORY_BYTES,
        ge=256 * 1024 * 1024,
        description="Most memory of one worker process; a page that needs more becomes a dead letter (Linux).",
    )
    batch_max_records: int = Field(default=64, ge=1, le=10_000, description="Most records in a batch.")
    batch_max_bytes: int = Field(
        default=16 * 1024 * 1024,
        ge=1024,
        description="Most bytes in a batch; a single larger record is a batch of its own.",
    )
    batch_max_wait_seconds: float = Field(default=0.02, ge=0, le=60, description="Longest wait for a batch to fill.")
    page_timeout_seconds: float = Field(default=30.0, gt=0, le=3600, description="Time limit of one page in a worker.")
    shutdown_timeout_seconds: float = Field(
        default=20.0,
        gt=0,
        le=3600,
        description="Longest time from SIGTERM to the end; a batch that is not done in 70 % of it is handed back.",
    )
    session_timeout_seconds: float = Field(
        default=10.0, ge=6, le=300, description="A processor silent for longer loses its partitions to others."
    )
    commit_interval_seconds: float = Field(default=1.0, gt=0, le=60, description="How often offsets are committed.")
    retry_max_wait_seconds: float = Field(default=30.0, gt=0, le=600, description="Longest wait between two retries.")
    dead_letter_ratio: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="Share of dead letters in the window above which the processor stops; 1 never stops it.",
    )
    dead_letter_window: int = Field(
        default=200,
        ge=10,
        le=1_000_000,
        description="Records in the window of the dead-letter ratio; none is judged before it is full.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least severe level logged."
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="`auto` writes JSON lines unless stderr is a terminal."
    )


def load(settings: type[S]) -> S:
    """Read a settings class from the environment.

    Raises:
        OperatorError: a variable has a value that cannot be used (`configuration`); the message names it.
    """
    try:
        return settings()
    except ValidationError as error:
        raise OperatorError(ErrorCode.CONFIGURATION, _explain(error)) from None


def _explain(error: ValidationError) -> str:
    """Name each variable and what is wrong with it; never its value, which may be a secret."""
    lines = []
    for detail in error.errors(include_input=False, include_url=False):
        name = ENV_PREFIX + "_".join(str(part) for part in detail["loc"]).upper() if detail["loc"] else "settings"
        lines.append(f"{name}: {detail['msg']}")
    return "; ".join(lines)
