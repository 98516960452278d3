"""What a word says of the name before it, where the corpora that the model learnt from disagree."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from broadsheet.tagger.english.spans import GROUPS, Words

OF_A_PERSON = frozenset({"administration", "presidency"})
"""Behind a name with a capital and written small: "the Biden administration" is the administration of a person.

Of such names in the training texts, 122 are annotated as persons, 48 as places, 16 as organisations and 24 not at all; the places
and organisations are all machine labels of one corpus (`gmb_voa`)."""

WEIGHT = 3.0
"""Added to the logarithm of the probability that a person begins there: a chance of 5 % becomes one of 51 %. A word that the
model takes for no person at all ("Aviation administration") stays what it is."""

_PERSON = 1 + 2 * GROUPS.index("PERSON")


def with_cues(words: Words, spelled: Sequence[str]) -> Words:
    """Give the words of a text with what the words behind them say.

    Args:
        words: the words, and what the model says of each.
        spelled: the same words as the text has them.
    """
    places = [
        place for place, (word, behind) in enumerate(pairwise(spelled)) if behind in OF_A_PERSON and word[:1].isupper()
    ]
    if not places:
        return words
    scores = words.scores.copy()
    scores[places, _PERSON] += np.float32(WEIGHT)
    return replace(words, scores=scores)
