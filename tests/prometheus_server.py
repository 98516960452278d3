"""A real Prometheus with the rules of deploy/, on free ports, for tests and for pictures."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import yaml

from broadsheet.local.child import Child
from broadsheet.local.ports import HOST, free_port
from broadsheet.local.server import Server
from programs import needed

DEPLOYED = Path(__file__).parents[1] / "deploy/prometheus"

START_SECONDS = 60.0
"""Ready after a second on an idle machine."""


class PrometheusServer(Server):
    """The server; use it as a context manager. It scrapes and evaluates every second, or as it is told."""

    stop_seconds = 10.0

    def __init__(self, folder: Path, urls: Sequence[str], *, seconds: int = 1) -> None:
        """Describe the server.

        Args:
            folder: of its configuration, data and log.
            urls: base URLs of the processors to scrape.
            seconds: between two scrapes, and between two evaluations of the rules.
        """
        self.port = free_port()
        self._folder = folder
        self._configuration = configuration(urls, seconds)
        self.child = Child("Prometheus", self._command(), log=folder / "prometheus.log")

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers questions.

        Raises:
            OperatorError: it does not come up (`stack`).
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "prometheus.yml").write_text(yaml.safe_dump(self._configuration), "utf-8")
        self.child.start()
        self.child.wait_until(self._ready, START_SECONDS)

    def _ready(self) -> bool:
        connection = HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/-/ready")
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def _command(self) -> list[str]:
        return [
            needed("prometheus"),
            f"--config.file={self._folder / 'prometheus.yml'}",
            f"--storage.tsdb.path={self._folder / 'data'}",
            f"--web.listen-address={HOST}:{self.port}",
        ]


def configuration(urls: Sequence[str], seconds: int) -> dict[str, Any]:
    """Give the configuration of deploy/, with these processors as its targets and these seconds as its intervals."""
    made: dict[str, Any] = yaml.safe_load((DEPLOYED / "prometheus.yml").read_text("utf-8"))
    interval = f"{seconds}s"
    made["global"] = {"scrape_interval": interval, "scrape_timeout": interval, "evaluation_interval": interval}
    made["rule_files"] = [str(DEPLOYED / pattern) for pattern in made["rule_files"]]
    (job,) = made["scrape_configs"]
    job["static_configs"] = [{"targets": [urlsplit(url).netloc for url in urls]}]
    return made


async def ask(session: aiohttp.ClientSession, url: str, **parameters: str) -> Any:
    """Ask Prometheus' HTTP API and give the data of its answer; a query that it cannot evaluate is an AssertionError."""
    async with session.get(url, params=parameters) as answer:
        body: Mapping[str, Any] = await answer.json()
        if answer.status != HTTPStatus.OK or body["status"] != "success":
            raise AssertionError(f"{parameters}: {body}")
        return body["data"]
