"""Known words among many."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.features.known_words import KnownWords

HASHES = st.one_of(st.integers(0, 2**32 - 1), st.integers(0, 9), st.integers(2**32 - 9, 2**32 - 1))


@given(st.sets(HASHES, min_size=1), st.lists(HASHES))
@settings(deadline=None)
def test_every_known_word_is_found_and_no_other(known: set[int], others: list[int]) -> None:
    ordered = sorted(known)
    asked = [*ordered, *others]
    expected = [ordered.index(each) if each in known else len(known) for each in asked]

    assert KnownWords(np.array(ordered, np.uint32)).places(np.array(asked, np.uint32)).tolist() == expected
