"""Numbers in English words before money and percent: "five million", "half a billion", "twenty-two", "hundreds of millions"."""

import re

from broadsheet.tagger.values.small_numbers import SMALL_NUMBERS

_SMALL = "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
_SPELLED = re.compile(
    rf"(?P<half>half{{0,1}}[ ](?=an?[ ]))?(?P<small>{_SMALL})(?:[ ](?P<hundred>hundred)(?:[ ](?:and[ ])?(?P<rest>{_SMALL}))?)?"
    rf"(?=[ -])",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"(?:(?:tens|dozens|hundreds|thousands)[ ]of[ ])?(?:thousands|millions|billions|trillions)[ ]of(?=[ ])"
    r"|(?:hundreds|dozens|tens)[ ]of(?=[ ])|(?:(?:a[ ])?few|several|many)(?=[ ](?:hundred|thousand|million|billion|trillion)[ ])",
    re.IGNORECASE,
)

_MORE = frozenset({*(word.partition("-")[0] for word in SMALL_NUMBERS), "hundred", "of"})
FIRST_WORDS = frozenset(
    {
        *(word.partition("-")[0] for word in SMALL_NUMBERS),
        "half",
        "few",
        "several",
        "many",
        "tens",
        "dozens",
        "hundreds",
        "thousands",
        "millions",
        "billions",
    }
)
"""Words that such a number can begin with, in lower case."""

ARTICLES = frozenset({"a", "an"})
"""Words that are a number before a scale alone: "a million dollars", not "a dollar"."""


_FOLLOWING = re.compile(r"[ -](?P<word>[^\W\d_]+)")


def may_be_number(text: str, end: int, word: str, counted: frozenset[str]) -> bool:
    """Tell whether the word before a place can begin an amount, by the word after: the patterns cost ten times as much.

    Args:
        text: the text.
        end: where the word ends.
        word: the word in lower case.
        counted: the first words of what is counted, and of scales.
    """
    if word not in FIRST_WORDS:
        return False
    match = _FOLLOWING.match(text, end)
    following = match["word"].casefold() if match else ""
    return (
        following in counted
        or (following in _MORE and word not in ARTICLES)
        or (word in ARTICLES and following == "few")
    )


def spelled_number(text: str, start: int) -> tuple[int, float | None] | None:
    """Give the end and the value of the number in words at a place; the value is None for "millions of"; None without one."""
    if match := _MANY.match(text, start):
        return match.end(), None
    match = _SPELLED.match(text, start)
    if match is None:
        return None
    number = float(SMALL_NUMBERS[match["small"].casefold()])
    if match["hundred"]:
        number = 100 * number + (SMALL_NUMBERS[match["rest"].casefold()] if match["rest"] else 0)
    return match.end(), number / 2 if match["half"] else number
