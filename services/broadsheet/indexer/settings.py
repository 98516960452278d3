"""How to reach OpenSearch, for the indexer and for the commands that search, and what the indexer itself can be told."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from broadsheet.runtime.secret_files import SettingsWithSecrets
from broadsheet.runtime.settings import DEFAULT_OPENSEARCH_URL, ENV_PREFIX, ProcessorSettings


class OpenSearchSettings(SettingsWithSecrets):
    """How to reach OpenSearch, and which installation's index is meant. Credentials are never shown or logged."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="ignore", frozen=True, hide_input_in_errors=True)

    opensearch_url: str = Field(
        default=DEFAULT_OPENSEARCH_URL,
        pattern=r"^https?://",
        description="OpenSearch, `http://host:port` or `https://host:port`, without credentials.",
    )
    opensearch_username: str | None = Field(default=None, description="OpenSearch user.")
    opensearch_password: SecretStr | None = Field(default=None, description="OpenSearch password.")
    opensearch_password_file: Path | None = Field(default=None, description="File that holds the OpenSearch password.")
    opensearch_api_key: SecretStr | None = Field(
        default=None, description="OpenSearch API key, as the server gave it, instead of user and password."
    )
    opensearch_api_key_file: Path | None = Field(default=None, description="File that holds the OpenSearch API key.")
    opensearch_ca_file: Path | None = Field(
        default=None, description="PEM file of the authorities to trust for OpenSearch; the system's when unset."
    )
    opensearch_verify_certs: bool = Field(
        default=True, description="Check the server's certificate; turn off only on a machine of your own."
    )
    opensearch_timeout_seconds: float = Field(
        default=30.0, gt=0, le=600, description="Longest wait for one answer of OpenSearch."
    )
    index_prefix: str = Field(
        default="broadsheet",
        pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$",
        description="First part of every index and alias name, so that several installations share a cluster.",
    )

    index_retention_days: float | None = Field(
        default=None,
        gt=0,
        description="What `broadsheet index prune` keeps: pages received and teasers seen in so many days; all when unset.",
    )

    @model_validator(mode="after")
    def _credentials_complete_and_apart(self) -> Self:
        if (self.opensearch_username is None) != (self.opensearch_password is None):
            msg = (
                "give both BROADSHEET_OPENSEARCH_USERNAME and BROADSHEET_OPENSEARCH_PASSWORD (or ..._FILE), or neither"
            )
            raise ValueError(msg)
        if self.opensearch_password is not None and self.opensearch_api_key is not None:
            msg = "give BROADSHEET_OPENSEARCH_PASSWORD or BROADSHEET_OPENSEARCH_API_KEY, not both"
            raise ValueError(msg)
        if "@" in urlsplit(self.opensearch_url).netloc:
            msg = (
                "BROADSHEET_OPENSEARCH_URL holds credentials; give them in BROADSHEET_OPENSEARCH_USERNAME and _PASSWORD"
            )
            raise ValueError(msg)
        return self


class IndexerSettings(OpenSearchSettings, ProcessorSettings):
    """What the indexer can be told."""

    batch_max_records: int = Field(default=500, ge=1, le=10_000, description="Most records in a batch.")
    bulk_max_bytes: int = Field(
        default=8 * 1024 * 1024,
        ge=1024,
        le=100_000_000,
        description="Most bytes in one bulk request; a single larger document is a request of its own.",
    )
    bulk_concurrency: int = Field(
        default=2, ge=1, le=16, description="Bulk requests under way at once; a batch is shared evenly among them."
    )
    bulk_max_writes: int = Field(default=5000, ge=1, le=100_000, description="Most writes in one bulk request.")
