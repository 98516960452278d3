"""OpenSearch on this machine: one real node, with its data in one folder."""

from collections.abc import Mapping
from pathlib import Path

from opensearchpy import OpenSearch as Client
from opensearchpy.exceptions import OpenSearchException

from broadsheet.local.child import Child
from broadsheet.local.java import java_command
from broadsheet.local.locked_jars import class_path
from broadsheet.local.ports import HOST, free_port, listening, require_free
from broadsheet.local.server import Server

HEAP = "768m"
"""The process takes 350 MB when idle."""

LOCALES = "-Djava.locale.providers=CLDR,SPI"
"""Java's own locale data first, then ICU's for what it lacks: see `jar_lock.py`."""

PORTS = range(9201, 9300)
"""Where the runner can listen: it takes the first free port above a base, up to 9299."""

START_SECONDS = 180.0
"""Ready after 4 s on an idle machine of two cores, 60 s beside five times as many busy processes as cores."""

STOP_SECONDS = 20.0

# Without the disk threshold, OpenSearch makes every index read-only once the disk is 95 % full: on a developer's machine
# that is an ordinary day and has nothing to do with the few megabytes here.
CONFIGURATION = f"""\
network.host: {HOST}
cluster.routing.allocation.disk.threshold_enabled: false
"""

LOG4J = """\
status=error
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=[%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level=info
rootLogger.appenderRef.console.ref=console
"""


class OpenSearch(Server):
    """The node; use it as a context manager, or call `start` and `stop`. Synchronous: it waits where it is called.

    A second start on the same folder goes on with the indices that lie there.
    """

    stop_seconds = STOP_SECONDS

    def __init__(
        self,
        data: Path,
        port: int | None = None,
        remove: Path | None = None,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Describe the node; `start` runs it.

        Args:
            data: folder of its data, configuration and log; made when missing.
            port: where clients are to reach it, of `PORTS`; a free one when None.
            remove: folder that is removed should this process die; None keeps everything.
            settings: further lines of `opensearch.yml`.
        """
        self._settings = settings or {}
        self.port = port or free_port(PORTS)
        self._data = data
        self.child = Child(
            "OpenSearch",
            self._command(),
            log=data / "opensearch.log",
            environment={"CLASSPATH": class_path("opensearch")},
            remove=remove,
        )

    @property
    def url(self) -> str:
        """Its address, as `BROADSHEET_OPENSEARCH_URL` takes it."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Start the node and wait until its cluster's health is yellow or green.

        Raises:
            OperatorError: the port is in use, a jar is missing, or the node does not come up (`stack`).
        """
        require_free(self.port, "OpenSearch")
        self._write_configuration()
        self.child.start()
        with Client(self.url, timeout=10, max_retries=0) as client:
            self.child.wait_until(lambda: self._healthy(client), START_SECONDS)

    def _write_configuration(self) -> None:
        folder = self._data / "config"
        folder.mkdir(parents=True, exist_ok=True)
        more = "".join(f"{name}: {value}\n" for name, value in self._settings.items())
        (folder / "opensearch.yml").write_text(CONFIGURATION + more, "utf-8")
        (folder / "log4j2.properties").write_text(LOG4J, "utf-8")

    def _command(self) -> list[str]:
        runner = [
            "org.codelibs.opensearch.runner.OpenSearchRunner",
            *("-numOfNode", "1"),
            *("-basePath", str(self._data)),
            *("-confPath", str(self._data / "config")),
            *("-clusterName", "broadsheet-local"),
            *("-baseHttpPort", str(self.port - 1)),
        ]
        return java_command(HEAP, [LOCALES, *runner])

    def _healthy(self, client: Client) -> bool:
        """Tell whether our node, not another that took the port, answers and can be written to."""
        if not listening(self.port):
            return False
        try:
            if client.cluster.health()["status"] == "red":
                return False
            nodes = client.nodes.info(node_id="_local", metric="process")["nodes"].values()
            return any(node["process"]["id"] == self.child.pid for node in nodes)
        except OpenSearchException:
            return False
