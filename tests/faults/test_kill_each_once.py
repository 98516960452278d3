import pytest

from faults.kill_each_once import STAGES, report, run


@pytest.mark.faults
@pytest.mark.timeout(600)
async def test_every_page_ends_once_though_each_processor_is_killed() -> None:
    outcome = await run(documents=1500, seed=7)

    assert report(outcome)
    assert tuple(outcome.killed) == STAGES
    assert len(outcome.account.published) == 1500
    assert outcome.account.dead_letters
