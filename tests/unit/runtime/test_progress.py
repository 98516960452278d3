from broadsheet.runtime.progress import Progress, State


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_batch_without_a_sign_of_life_is_stuck() -> None:
    clock = Clock()
    progress = Progress(clock, stall_after_seconds=60)
    progress.enter(State.WORKING)
    clock.seconds += 61
    assert progress.stuck

    progress.touch()
    assert not progress.stuck


def test_waiting_retrying_and_halted_loops_are_not_stuck() -> None:
    clock = Clock()
    progress = Progress(clock, stall_after_seconds=60)
    for state in (State.WAITING, State.RETRYING, State.HALTED, State.STOPPING):
        progress.enter(state)
        clock.seconds += 3600
        assert not progress.stuck


def test_a_stopping_loop_does_not_look_ready_when_its_last_batch_ends() -> None:
    progress = Progress(Clock(), stall_after_seconds=60)
    progress.enter(State.STOPPING)
    progress.enter(State.WAITING)
    assert progress.state is State.STOPPING
