"""A release whose stage fails on every page stops itself; the next one goes on, and nothing is lost."""

import asyncio
import json
import os
import signal
import sys
from typing import Any

import pytest

from broadsheet_schemas.topics import SEGMENTED
from toy_road import PATIENCE_SECONDS, Road, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PAGES = [f"page {number}" for number in range(500)]
WINDOW = 100
BATCH = 20


async def test_a_bad_deploy_stops_and_a_good_one_goes_on_without_loss(toys: Road) -> None:
    await toys.publish(PAGES)
    bad = toys.start(transform="broken", dead_letter_window=str(WINDOW), batch_max_records=str(BATCH))
    reason = await bad.until("health/ready", 503, "dead_letter_ratio")
    assert "100% of the last 100 records" in reason
    assert (await bad.health("health/live"))[0] == 200
    letters = WINDOW - BATCH
    await toys.commits(letters)
    told = await broadsheet(toys, "status")
    (segmenter,) = [row for row in told if row.get("stage") == "segmenter"]
    assert segmenter["dead_letters"] == letters
    assert segmenter["lag"] == len(PAGES) - letters
    assert segmenter["records_per_second"] == 0
    assert await bad.end(signal.SIGTERM) == 0, bad.log.read_text()

    good = toys.start(dead_letter_window=str(WINDOW), batch_max_records=str(BATCH))
    await toys.commits(len(PAGES))
    await broadsheet(toys, "dead-letters", "replay", "--yes")
    records = await toys.outputs(len(PAGES), of=[SEGMENTED])
    assert ends(records) == dict.fromkeys(PAGES, 1)
    await good.until("health/ready", 200)


async def test_what_is_sent_again_too_early_fails_again_and_counts_on(toys: Road) -> None:
    few = PAGES[:10]
    await toys.publish(few)
    toys.start(transform="broken", dead_letter_ratio="1")
    before = await letters(toys, len(few))
    assert {letter["attempts"] for letter in before} == {1}
    assert await broadsheet(toys, "dead-letters", "replay", "--stage", "intake", "--yes") == []
    assert len(await broadsheet(toys, "dead-letters", "replay", "--stage", "segmenter", "--yes")) == len(few)

    both = await letters(toys, 2 * len(few))
    again = [letter for letter in both if letter not in before]
    assert {letter["attempts"] for letter in again} == {2}
    assert first_failures(again) == first_failures(before)
    assert all(letter["failed_at"] > letter["first_failed_at"] for letter in again)


async def letters(toys: Road, count: int) -> list[dict[str, Any]]:
    """Wait until there are so many dead letters, and give them."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = await broadsheet(toys, "dead-letters", "export", "-")
            if len(found) >= count:
                return found


def first_failures(found: list[dict[str, Any]]) -> dict[str, str]:
    """Tell of each page, by its bytes, when it first failed."""
    return {letter["value"]: letter["first_failed_at"] for letter in found}


async def broadsheet(toys: Road, *arguments: str) -> list[dict[str, Any]]:
    """Run a command on the toy road, and give the JSON lines that it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "broadsheet", *arguments),
        env=os.environ | toys.environment(0, {}),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in output.splitlines()]
