"""The command in this process, told by the environment which broker and which installation is meant."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import pytest

from broadsheet.cli.main import run
from broadsheet.local.opensearch import OpenSearch
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from integration.cli.filled_index import environment_of, fill, own_index


@dataclass(frozen=True)
class Result:
    """What a command did: exit status, stdout, stderr."""

    status: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[Any]:
        return [orjson.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Result]


@pytest.fixture
def command(
    kafka_settings: KafkaSettings, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Command:
    """Call the command with arguments; the topics of the test's own installation do not exist yet."""
    monkeypatch.setenv("BROADSHEET_BOOTSTRAP_SERVERS", kafka_settings.bootstrap_servers)
    monkeypatch.setenv("BROADSHEET_TOPIC_PREFIX", kafka_settings.topic_prefix)

    def call(*arguments: str) -> Result:
        capsysbinary.readouterr()
        status = run(arguments)
        out, err = capsysbinary.readouterr()
        return Result(status, out, err.decode())

    return call


@pytest.fixture
def topics(command: Command) -> None:
    """Make the installation's topics, with two partitions each."""
    assert command("topics", "create", "--partitions", "2").status == 0


async def send(settings: KafkaSettings, records: Sequence[OutputRecord]) -> None:
    """Write records to topics named without prefix, as the stages do."""
    async with opened(new_producer(settings, "test")) as producer:
        for record in records:
            await producer.send_and_wait(
                settings.topic_prefix + record.topic, key=record.key, value=record.value, headers=list(record.headers)
            )


@pytest.fixture(scope="module")
def index(opensearch: OpenSearch, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Give the environment that names an index of the test's module, with its `DOCUMENTS`."""
    with own_index(opensearch.url) as settings:
        fill(settings, request.module.DOCUMENTS)
        yield environment_of(settings)


@pytest.fixture
def indexed(index: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command search the index of the test's module."""
    for name, value in index.items():
        monkeypatch.setenv(name, value)
