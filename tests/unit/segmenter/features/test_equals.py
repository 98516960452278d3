"""Equal values brought together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.features.equals import bring_together, put_back


@pytest.mark.parametrize("kind", [np.uint32, np.int64])
@given(values=st.lists(st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1))))
def test_equal_values_stand_together_in_their_order(kind: type[np.uint32], values: list[int]) -> None:
    order, runs = bring_together(np.array(values, kind))
    together = sorted(range(len(values)), key=lambda place: (values[place], place))

    assert order.tolist() == together
    assert runs.firsts.tolist() == [
        at for at, place in enumerate(together) if not at or values[together[at - 1]] != values[place]
    ]
    assert runs.begins.nonzero()[0].tolist() == runs.firsts.tolist()
    assert put_back(order, runs.spread(runs.sizes)).tolist() == [values.count(value) for value in values]
