"""Each command and a broker that allows exactly what the command is said to need, and then less."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from broadsheet.cli.main import run
from broadsheet.runtime.permissions import COMMAND_NEEDS, Needs, Operation, on_topics
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from broadsheet_schemas.topics import ENRICHED
from secured_kafka import SecuredKafka, variables

pytestmark = pytest.mark.integration

COMMANDS = {
    "topics create": ("topics", "create", "--partitions", "1"),
    "topics check": ("topics", "check", "--partitions", "1"),
    "publish": ("publish", "--document-id", "bridge", "PAGE"),
    "status": ("status", "--interval", "0.1"),
    "dead-letters list, show, export": ("dead-letters", "list"),
    "dead-letters replay": ("dead-letters", "replay", "--yes"),
    "consume": ("consume", "enriched"),
}
"""How each command is called; PAGE stands for a file."""

NEEDS: dict[str, Needs] = {**COMMAND_NEEDS, "consume": lambda prefix: on_topics(Operation.READ, [ENRICHED], prefix)}

Call = Callable[[str, Sequence[str]], int]


@pytest.fixture
async def topics(secured: SecuredKafka, topic_prefix: str) -> None:
    """Fresh topics, made by the super user."""
    settings = KafkaSettings(bootstrap_servers=secured.kafka.bootstrap_servers, topic_prefix=topic_prefix)
    await create_topics(settings, partitions=1, replication=1)


@pytest.fixture
def call(secured: SecuredKafka, topic_prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls a command as a user."""
    page = tmp_path / "page.txt"
    page.write_text("A bridge.")

    def call(user: str, arguments: Sequence[str]) -> int:
        settings = secured.by_certificate(user) | {"topic_prefix": topic_prefix}
        for name, value in variables(settings).items():
            monkeypatch.setenv(name, value)
        return run([str(page) if argument == "PAGE" else argument for argument in arguments])

    return call


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"topics create"}))
@pytest.mark.usefixtures("topics")
async def test_a_command_works_with_exactly_what_it_needs_and_names_what_it_lacks(
    secured: SecuredKafka, topic_prefix: str, call: Call, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    needs = NEEDS[name](topic_prefix)
    assert await in_thread(call, "nobody", COMMANDS[name]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error[access_denied]: ")
    assert str(needs[0]) in shown

    await secured.grant(name.split(maxsplit=1)[0], needs)
    assert await in_thread(call, name.split(maxsplit=1)[0], COMMANDS[name]) == 0, capsys.readouterr().err


async def test_topics_are_made_with_exactly_what_that_needs(
    secured: SecuredKafka, topic_prefix: str, call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await in_thread(call, "nobody", COMMANDS["topics create"]) == 1
    assert capsys.readouterr().err.startswith("error[access_denied]: ")

    await secured.grant("installer", NEEDS["topics create"](topic_prefix))
    assert await in_thread(call, "installer", COMMANDS["topics create"]) == 0, capsys.readouterr().err


def test_every_command_that_needs_something_is_tried() -> None:
    assert set(NEEDS) == {*COMMANDS, "index rebuild"}, "index rebuild reads as consume does"


async def in_thread(call: Call, user: str, arguments: Sequence[str]) -> int:
    """Call a command, which runs an event loop of its own, beside this one."""
    return await asyncio.to_thread(call, user, arguments)
