"""Two replays on a real broker: after one that was killed, and beside one that still runs. Each page is sent once."""

import asyncio
import random
import signal
import subprocess
import sys
from collections import Counter

import pytest

from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from integration.cli.conftest import Command, Result, send
from integration.cli.test_dead_letters import failed, letter

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("topics")]

PAGES = [f"page-{number}" for number in range(5)]

REPLAY = """
import os, signal, sys
from aiokafka import AIOKafkaProducer
from broadsheet.cli import replay_run
from broadsheet.cli.main import run

commit = AIOKafkaProducer.commit_transaction

def killed():
    os.kill(os.getpid(), signal.SIGKILL)

async def at_commit(self):
    {at_commit}

AIOKafkaProducer.commit_transaction = at_commit
replay_run.BATCH_LETTERS = 2
sys.exit(run(["dead-letters", "replay", "--yes"]))
"""
"""The command, with something added where it commits what it sent: pages and markers are acknowledged by then."""


@pytest.fixture
def letters(kafka_settings: KafkaSettings, topics: None) -> None:  # noqa: ARG001 - they must be there first
    asyncio.run(send(kafka_settings, [letter(failed(kafka_settings, page)) for page in PAGES]))


def started(at_commit: str) -> subprocess.Popen[str]:
    """Start a replay as a process of its own; the environment is that of `command`."""
    code = REPLAY.format(at_commit=at_commit)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def sent(command: Command) -> Counter[str]:
    """Count the pages in the topic they went back to, as the processors read it."""
    return Counter(record["key"] for record in command("consume", "raw").lines)


def replayed(command: Command) -> Result:
    shown = command("dead-letters", "replay", "--yes")
    assert shown.status == 0, shown.err
    return shown


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(
    ("at_commit", "left"),
    [("killed()", 5), ("await commit(self); killed()", 3)],
    ids=["before the commit", "after the commit"],
)
def test_after_a_replay_that_was_killed_the_rest_is_sent_and_nothing_twice(
    at_commit: str, left: int, command: Command
) -> None:
    process = started(at_commit)
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL

    assert len(replayed(command).lines) == left
    assert sent(command) == Counter(PAGES)
    assert replayed(command).lines == []
    (group,) = command("dead-letters", "list").lines
    assert (group["count"], group["replayed"]) == (5, 5)


@pytest.mark.usefixtures("letters")
def test_of_two_replays_at_once_the_later_one_goes_on_alone(command: Command) -> None:
    earlier = started("print('held', flush=True); sys.stdin.readline(); await commit(self)")
    assert earlier.stdout is not None
    assert earlier.stdout.readline() == "held\n"

    assert len(replayed(command).lines) == len(PAGES)
    out, err = earlier.communicate("go on\n", timeout=300)
    assert (earlier.returncode, out) == (1, "")
    assert err.startswith("error[replay_superseded]: another replay has begun"), err
    assert "Traceback" not in err
    assert "exception" not in err
    assert sent(command) == Counter(PAGES)


def test_what_its_topic_refuses_for_its_size_is_named_and_those_beside_it_are_sent(
    command: Command, kafka_settings: KafkaSettings
) -> None:
    """A page that has grown by headers, or a topic whose limit was lowered: the broker refuses it within a transaction."""
    small, large = (letter(failed(kafka_settings, key, stage="tagger"), stage="tagger") for key in ("small", "large"))
    grown = OutputRecord(large.topic, large.key, random.Random(1).randbytes(2**25), large.headers)
    asyncio.run(send(kafka_settings, [small, grown, small]))

    shown = command("dead-letters", "replay", "--yes")
    assert (shown.status, [line["document"] for line in shown.lines]) == (1, ["small", "small"]), shown.err
    assert '"code":"page_too_large"' in shown.err
    assert '"refused":1' in shown.err
