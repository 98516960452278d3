"""The tags that the model gives to words: outside, or where in a name of which type (BIO)."""

from typing import Final

OUTSIDE: Final = 0

KINDS: Final = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC")
"""Types that the model knows. MISC (works, products, laws) takes up what is a name but none of ours, and is not given out."""

TAGS: Final = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
"""Every tag, by its number: `B-` begins a name of a type, `I-` goes on with it."""


def begin(kind: str) -> int:
    """Give the number of the tag that begins a name of a type; the next number goes on with it."""
    return 1 + 2 * KINDS.index(kind)
