from hypothesis import given
from hypothesis import strategies as st

from broadsheet.runtime.ratio import DeadLetterRatio


@given(outcomes=st.lists(st.booleans(), max_size=60), window=st.integers(1, 20))
def test_the_share_is_that_of_the_last_window(outcomes: list[bool], window: int) -> None:
    ratio = DeadLetterRatio(0.5, window)
    for failed in outcomes:
        ratio.add(failed=failed)

    last = outcomes[-window:]
    assert ratio.share == (sum(last) / len(last) if last else 0.0)
    assert ratio.exceeded == (len(outcomes) >= window and ratio.share > 0.5)


def test_nothing_is_judged_before_the_window_is_full() -> None:
    ratio = DeadLetterRatio(0.1, 10)
    for _ in range(9):
        ratio.add(failed=True)
    assert not ratio.exceeded


def test_a_limit_of_one_never_stops_anything() -> None:
    ratio = DeadLetterRatio(1.0, 10)
    for _ in range(10):
        ratio.add(failed=True)
    assert not ratio.exceeded
