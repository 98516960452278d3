"""Settings of commands alone."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS, ENV_PREFIX

DEFAULT_PROCESSORS = ",".join(f"{stage}=http://127.0.0.1:{port}" for stage, port in DEFAULT_HTTP_PORTS.items())
"""Where `broadsheet up` and docker-compose.yml serve them."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where one processor serves its metrics.

    Attributes:
        stage: its stage.
        url: its base URL, without a slash at the end.
    """

    stage: str
    url: str


class WatchingSettings(BaseSettings):
    """Which processors `broadsheet top` asks."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="ignore", frozen=True)

    processors: str = Field(
        default=DEFAULT_PROCESSORS,
        description="Processors to watch, `stage=URL`, comma-separated; a stage with several processors stands there as often.",
    )

    @field_validator("processors")
    @classmethod
    def _stages_with_urls(cls, processors: str) -> str:
        for part in processors.split(","):
            stage, _, url = part.partition("=")
            if (
                stage not in DEFAULT_HTTP_PORTS
                or urlsplit(url).scheme not in {"http", "https"}
                or not urlsplit(url).netloc
            ):
                stages = ", ".join(DEFAULT_HTTP_PORTS)
                raise ValueError(
                    f"each processor is stage=http://host:port with a stage of {stages}; commas between them"
                )
        return processors

    @property
    def endpoints(self) -> list[Endpoint]:
        """Each processor, in the order of the road."""
        found = [
            Endpoint(stage, url.rstrip("/"))
            for stage, _, url in (part.partition("=") for part in self.processors.split(","))
        ]
        return sorted(found, key=lambda endpoint: list(DEFAULT_HTTP_PORTS).index(endpoint.stage))
