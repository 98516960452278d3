"""Apache Kafka on this machine: one real broker in KRaft mode, with its data in one folder."""

import asyncio
import base64
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiokafka.errors import KafkaError

from broadsheet.local.child import Child
from broadsheet.local.java import java_command
from broadsheet.local.listeners import Listener, listening_settings
from broadsheet.local.locked_jars import class_path
from broadsheet.local.ports import HOST, free_port, listening, require_free
from broadsheet.local.server import Server
from broadsheet.runtime.kafka import new_admin
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.topics import MAX_DEAD_LETTER_BYTES

HEAP = "512m"
"""Holds the largest records several times over; the process takes 320 MB when idle."""

START_SECONDS = 180.0
"""Ready after 3 s on an idle machine of two cores, 40 s beside five times as many busy processes as cores."""

STOP_SECONDS = 20.0

LOG4J = """\
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=[%d] %p %m (%c)%n
rootLogger.level=INFO
rootLogger.appenderRef.console.ref=console
"""


class Kafka(Server):
    """The broker; use it as a context manager, or call `start` and `stop`. Synchronous: it waits where it is called.

    A second start on the same folder goes on with the topics, records and offsets that lie there.
    """

    stop_seconds = STOP_SECONDS

    def __init__(
        self,
        data: Path,
        port: int | None = None,
        properties: Mapping[str, str] | None = None,
        remove: Path | None = None,
        *,
        listeners: Sequence[Listener] = (),
        scram_users: Mapping[str, str] | None = None,
    ) -> None:
        """Describe the broker; `start` runs it.

        Args:
            data: folder of its data, configuration and log; made when missing.
            port: where clients are to reach it; a free one when None.
            properties: server properties added to ours, or in place of them.
            remove: folder that is removed should this process die; None keeps everything.
            listeners: further ways in; there is none by default.
            scram_users: users with their passwords, who can come in by SCRAM-SHA-512 once the folder is made.
        """
        self.port = port or free_port()
        self._listeners = list(listeners)
        self._scram_users = dict(scram_users or {})
        self._data = data
        self._controller_port = free_port()
        self._properties = dict(properties or {})
        self._remove = remove
        self.child = self._java(["kafka.Kafka", str(self._file)])

    @property
    def bootstrap_servers(self) -> str:
        """Its address, as `BROADSHEET_BOOTSTRAP_SERVERS` takes it."""
        return f"{HOST}:{self.port}"

    def start(self) -> None:
        """Start the broker and wait until it answers an API call.

        Raises:
            OperatorError: a port is in use, a jar is missing, or the broker does not come up (`stack`).
        """
        require_free(self.port, "Kafka")
        self._write_configuration()
        if not (self._data / "log" / "meta.properties").exists():
            self._format()
        self.child.start()
        self.child.wait_until(self._answers, START_SECONDS)

    @property
    def _file(self) -> Path:
        return self._data / "server.properties"

    def _write_configuration(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        settings = (
            self._settings() | listening_settings(self.port, self._controller_port, self._listeners) | self._properties
        )
        self._file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), "utf-8")
        (self._data / "log4j2.properties").write_text(LOG4J, "utf-8")

    def _settings(self) -> dict[str, str]:
        limit = str(MAX_DEAD_LETTER_BYTES)
        return {
            "node.id": "1",
            "process.roles": "broker,controller",
            "controller.listener.names": "CONTROLLER",
            "controller.quorum.bootstrap.servers": f"{HOST}:{self._controller_port}",
            "log.dirs": str(self._data / "log"),
            "auto.create.topics.enable": "false",
            # The largest record is a dead letter; broker, topics and clients agree on it.
            "message.max.bytes": limit,
            "replica.fetch.max.bytes": limit,
            # A request carries a batch for each of several partitions, so it may be larger than the largest record.
            "socket.request.max.bytes": str(4 * MAX_DEAD_LETTER_BYTES),
            # One broker: no copies; few internal partitions, since each of the usual 50 costs files and start time.
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.num.partitions": "4",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            # A group's first member need not wait 3 s for others; a killed one is missed after as little as 6 s.
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "6000",
        }

    def _format(self) -> None:
        """Make the log folder ready for its first start."""
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        users = [f"SCRAM-SHA-512=[name={name},password={password}]" for name, password in self._scram_users.items()]
        tool = self._java(
            [
                "kafka.tools.StorageTool",
                "format",
                "--standalone",
                f"--cluster-id={cluster}",
                "--config",
                str(self._file),
                *(argument for user in users for argument in ("--add-scram", user)),
            ]
        )
        tool.start()
        tool.wait(START_SECONDS)
        if tool.stop(0) != 0:
            raise tool.failure("could not format its log folder")

    def _java(self, arguments: list[str]) -> Child:
        logging = f"-Dlog4j2.configurationFile={self._data / 'log4j2.properties'}"
        return Child(
            "Kafka",
            java_command(HEAP, [logging, *arguments]),
            log=self._data / "kafka.log",
            environment={"CLASSPATH": class_path("kafka")},
            remove=self._remove,
        )

    def _answers(self) -> bool:
        if not listening(self.port):
            return False
        with ThreadPoolExecutor(1) as pool:  # a thread of its own: the caller's may have a running event loop
            return pool.submit(asyncio.run, self._describe()).result()

    async def _describe(self) -> bool:
        admin = new_admin(KafkaSettings(bootstrap_servers=self.bootstrap_servers), "broadsheet-local")
        try:
            await admin.start()
            return bool((await admin.describe_cluster())["brokers"])
        except KafkaError:
            return False
        finally:
            await admin.close()
