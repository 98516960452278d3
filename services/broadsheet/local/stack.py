"""The whole stack on this machine as one object: Kafka, OpenSearch and the processors, started and stopped together."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Never, Self
from urllib.parse import urlsplit

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processor import Report, log_death
from broadsheet.local.processors import Processors, run_command
from broadsheet.runtime.settings import (
    DEFAULT_BOOTSTRAP_SERVERS,
    DEFAULT_HTTP_PORTS,
    DEFAULT_OPENSEARCH_URL,
    ENV_PREFIX,
    KafkaSettings,
)

WATCH_SECONDS = 0.5

CreateTopics = Callable[[KafkaSettings], Awaitable[None]]
"""Makes the topics on the broker that the settings name."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a running stack is reached.

    Attributes:
        bootstrap_servers: Kafka, as `BROADSHEET_BOOTSTRAP_SERVERS` takes it.
        opensearch_url: OpenSearch, as `BROADSHEET_OPENSEARCH_URL` takes it.
        processors: by stage, the URL of health and metrics of each of its processes.
    """

    bootstrap_servers: str
    opensearch_url: str
    processors: Mapping[str, Sequence[str]]


class Stack:
    """The stack, an asynchronous context manager: inside it everything runs and is ready.

    Attributes:
        kafka, opensearch, processors: its parts, once it has been entered.
        data: the folder that holds data and logs, once it has been entered.
    """

    kafka: Kafka
    opensearch: OpenSearch
    processors: Processors
    data: Path

    def __init__(
        self,
        create_topics: CreateTopics,
        *,
        data: Path | None = None,
        fixed: bool = False,
        stages: Mapping[str, int] | None = None,
        topic_prefix: str = "",
        environment: Mapping[str, str] | None = None,
        command: Callable[[str], Sequence[str]] = run_command,
        report: Report = log_death,
    ) -> None:
        """Describe the stack; entering it starts everything.

        Args:
            create_topics: called once Kafka runs, before the processors start.
            data: folder to keep data and logs in; a temporary one, removed at the end, when None.
            fixed: listen on the addresses that are the defaults of all settings, not on free ports.
            stages: how many processes of each stage; one of each of the four when None.
            topic_prefix: put before every topic and consumer group.
            environment: further variables for the processors.
            command: gives the command that runs a stage.
            report: called when a processor dies.
        """
        self._create_topics = create_topics
        self._keep = data
        self._fixed = fixed
        self._stages = dict.fromkeys(DEFAULT_HTTP_PORTS, 1) if stages is None else dict(stages)
        self._prefix = topic_prefix
        self._extra = dict(environment or {})
        self._command = command
        self._report = report
        self._undo = AsyncExitStack()

    @property
    def addresses(self) -> Addresses:
        """Where it is reached."""
        urls = {stage: [processor.url for processor in self.processors.of(stage)] for stage in self._stages}
        return Addresses(self.kafka.bootstrap_servers, self.opensearch.url, urls)

    @property
    def kafka_settings(self) -> KafkaSettings:
        """Settings of clients of its broker, with its topic prefix."""
        return KafkaSettings(
            bootstrap_servers=self.kafka.bootstrap_servers, topic_prefix=self._prefix, security_protocol="PLAINTEXT"
        )

    async def watch(self) -> Never:
        """Wait for ever.

        Raises:
            OperatorError: Kafka or OpenSearch ended by itself (`stack`).
        """
        while True:
            for child in (self.kafka.child, self.opensearch.child):
                if not child.running:
                    raise child.failure(f"ended by itself with exit status {child.status()}")
            await asyncio.sleep(WATCH_SECONDS)

    async def __aenter__(self) -> Self:
        """Start everything and wait until all of it is ready.

        Raises:
            OperatorError: a port is in use, a jar is missing, or a part did not come up (`stack`). What had been started is stopped.
        """
        async with AsyncExitStack() as undo:
            self.data = (self._keep or Path(undo.enter_context(_temporary_folder()))).absolute()
            self._describe_parts()
            undo.push_async_callback(self._stop_servers)
            await self._start_servers()
            await self._create_topics(self.kafka_settings)
            undo.push_async_callback(self.processors.stop)
            await self.processors.start()
            await self.processors.wait_until_ready()
            self._undo = undo.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._undo.aclose()

    def _describe_parts(self) -> None:
        remove = None if self._keep else self.data
        self.kafka = Kafka(self.data / "kafka", self._fixed_port(f"//{DEFAULT_BOOTSTRAP_SERVERS}"), remove=remove)
        self.opensearch = OpenSearch(self.data / "opensearch", self._fixed_port(DEFAULT_OPENSEARCH_URL), remove=remove)
        self.processors = Processors(
            self.data / "logs", self._environment(), command=self._command, report=self._report, remove=remove
        )
        for stage, count in self._stages.items():
            for number in range(count):
                self.processors.add(stage, DEFAULT_HTTP_PORTS[stage] if self._fixed and number == 0 else None)

    def _fixed_port(self, url: str) -> int | None:
        return urlsplit(url).port if self._fixed else None

    def _environment(self) -> dict[str, str]:
        """Say explicitly where the servers are, so that nothing in the user's environment leads elsewhere."""
        given = {
            "BOOTSTRAP_SERVERS": self.kafka.bootstrap_servers,
            "OPENSEARCH_URL": self.opensearch.url,
            "SECURITY_PROTOCOL": "PLAINTEXT",
            "TOPIC_PREFIX": self._prefix,
        }
        return {f"{ENV_PREFIX}{name}": value for name, value in given.items()} | self._extra

    async def _start_servers(self) -> None:
        """Start both side by side; when one fails or the caller is cancelled, no start is left going on in a thread."""
        starts = [asyncio.create_task(asyncio.to_thread(server.start)) for server in (self.kafka, self.opensearch)]
        try:
            await asyncio.gather(*map(asyncio.shield, starts))
        finally:
            while unfinished := [start for start in starts if not start.done()]:
                await self._stop_servers()
                await asyncio.wait(unfinished, timeout=WATCH_SECONDS)
            await asyncio.gather(*starts, return_exceptions=True)

    async def _stop_servers(self) -> None:
        await asyncio.gather(*(asyncio.to_thread(server.stop) for server in (self.kafka, self.opensearch)))


def _temporary_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="broadsheet-", ignore_cleanup_errors=True)
