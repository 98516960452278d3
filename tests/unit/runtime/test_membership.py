"""Two processes of one name are told from one that the group has put out for its silence."""

import asyncio
from itertools import count

import pytest

from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.membership import Membership, watch_membership
from broadsheet_schemas.errors import ErrorCode

SESSION = 10.0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def contested(*joined_at: float) -> bool:
    """Tell whether a process that got a new id at each of these moments sees a rival, just after the last."""
    clock = Clock()
    membership = Membership(clock, SESSION)
    for number, moment in enumerate(joined_at):
        clock.now = moment
        membership.note("")
        membership.note(f"id-{number}")
        membership.note(f"id-{number}")
    return membership.contested


def test_a_member_that_keeps_its_id_has_no_rival() -> None:
    assert not contested(0)


def test_new_ids_at_every_heartbeat_are_a_rivals_work() -> None:
    assert contested(0, 5, 10, 15)


def test_two_new_ids_may_be_a_slow_start() -> None:
    assert not contested(0, 5, 10)


def test_a_member_put_out_for_silence_again_and_again_has_no_rival() -> None:
    assert not contested(0, SESSION + 0.1, 2 * (SESSION + 0.1), 3 * (SESSION + 0.1))


def test_an_old_quarrel_is_forgotten() -> None:
    clock = Clock()
    membership = Membership(clock, SESSION)
    for name in "abcd":
        membership.note(name)
    assert membership.contested
    clock.now = 100
    assert not membership.contested


async def test_a_rival_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.runtime.membership.INTERVAL_SECONDS", 0)
    ids = count()
    membership = Membership(Clock(), SESSION)
    with pytest.raises(OperatorError, match="instance 0 of the tagger") as caught:
        await asyncio.wait_for(watch_membership(lambda: f"id-{next(ids)}", membership, "instance 0 of the tagger"), 30)
    assert caught.value.code is ErrorCode.CONFIGURATION
    assert "BROADSHEET_INSTANCE" in str(caught.value)
