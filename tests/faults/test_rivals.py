"""Two processors run under one `BROADSHEET_INSTANCE`: both must end and say why, and what they leave is done by the next."""

import asyncio

import pytest

from broadsheet_schemas.errors import ErrorCode
from toy_road import Road, ToyProcessor, ends

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

PAGES = [f"page {number}" for number in range(200)]
FIGHT_SECONDS = 180
"""How long two may take each other's place: they end after about ten seconds, later on a busy machine."""


async def test_two_under_one_instance_both_end_and_say_so(toys: Road) -> None:
    rivals = [start(toys, "0"), start(toys, "0")]
    await toys.publish(PAGES)

    statuses = await asyncio.gather(*(asyncio.to_thread(rival.process.wait, FIGHT_SECONDS) for rival in rivals))

    told = [rival.log.read_text() for rival in rivals]
    assert statuses == [1, 1], told
    for log in told:
        assert f"error[{ErrorCode.CONFIGURATION}]: another process runs as instance 0 of the segmenter" in log
        assert "BROADSHEET_INSTANCE" in log
    start(toys, "0")
    assert set(ends(await toys.outputs(len(PAGES)))) == set(PAGES)


def start(toys: Road, instance: str) -> ToyProcessor:
    """Start a processor with the shortest session timeout: the two learn of each other by heartbeats, four in each."""
    return toys.start(instance=instance, session_timeout_seconds="6")
