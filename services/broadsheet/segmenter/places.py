"""Where a text of an HTML page stands: what all the elements around it say together."""

from dataclasses import dataclass, field

from broadsheet.segmenter.start_tags import StartTag

MAX_INNER = 100
"""Places kept by one that they lie in: a list of ten thousand items, each with an id of its own, would keep them all."""


@dataclass(slots=True)
class Place:
    """The inside of an element. Never changed once made: not frozen, because that doubles the time to make it.

    Attributes:
        tag: the element's tag.
        block: name of the nearest block.
        within: the landmarks that it lies in, bits of `html_tags.LANDMARKS`.
        words: what class and id names of all elements around speak of, bits of `class_words.GROUPS`.
        pair_words: the same of the two innermost elements alone.
        near_words: the same of the three innermost.
        strong: whether text is bold or emphasised.
        hidden: whether text is not shown.
        depth: how many elements are open.
        chain: a number that places have in common when their chains of blocks and of the names of these are the same.
        inner: places inside it that were entered before, by the tag.
    """

    tag: StartTag
    block: str = "body"
    within: int = 0
    words: int = 0
    pair_words: int = 0
    near_words: int = 0
    strong: bool = False
    hidden: bool = False
    depth: int = 0
    chain: int = 0
    inner: dict[StartTag, "Place"] = field(default_factory=dict)


def enter(outer: Place, tag: StartTag) -> Place:
    """Make the place inside an element that stands in `outer`, and keep it there."""
    place = Place(
        tag,
        tag.block or outer.block,
        outer.within | tag.landmark,
        outer.words | tag.words,
        outer.tag.words | tag.words,
        outer.pair_words | tag.words,
        outer.strong or tag.strong,
        outer.hidden or tag.hides,
        outer.depth + 1,
        hash((outer.chain, tag.kind)) if tag.block else outer.chain,
        {},
    )
    if len(outer.inner) < MAX_INNER:
        outer.inner[tag] = place
    return place
