"""The block elements of an HTML page, and which lines stand in each."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload


class Box(NamedTuple):
    """A block element of HTML and the lines inside it, at any depth.

    Attributes:
        parent: number of the block around it; a box without one names itself.
        first: number of its first line.
        stop: number of the line after its last one.
    """

    parent: int
    first: int
    stop: int


@dataclass(slots=True, init=False)
class Boxes(Sequence[Box]):
    """The boxes of a page, in document order, a column for each number of theirs: objects of 100,000 boxes take 12 MB, these 1.2.

    Attributes:
        parents: the number of the box around each; a box comes after those around it.
        firsts: the number of each one's first line.
        stops: the number of the line after each one's last one.
    """

    parents: "array[int]"
    firsts: "array[int]"
    stops: "array[int]"

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self.parents, self.firsts, self.stops = array("i"), array("i"), array("i")
        for box in boxes:
            self.begin(box.parent, box.first)
            self.stops[-1] = box.stop

    def begin(self, parent: int, first: int) -> int:
        """Add a box that ends where it begins, until its line is put into `stops`, and give its number."""
        self.parents.append(parent)
        self.firsts.append(first)
        self.stops.append(first)
        return len(self.parents) - 1

    def holding(self, box: int, line: int) -> int:
        """Give the number of the smallest box, a box or one around it, that also holds a line below its beginning; else the outermost."""
        while self.stops[box] <= line and self.parents[box] != box:
            box = self.parents[box]
        return box

    def __len__(self) -> int:
        """Give how many boxes there are."""
        return len(self.parents)

    @overload
    def __getitem__(self, place: int) -> Box: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Box, ...]: ...
    def __getitem__(self, place: int | slice) -> Box | tuple[Box, ...]:
        """Give a box, or some."""
        if isinstance(place, slice):
            return tuple(map(Box, self.parents[place], self.firsts[place], self.stops[place]))
        return Box(self.parents[place], self.firsts[place], self.stops[place])

    def __iter__(self) -> Iterator[Box]:
        """Give box by box."""
        return map(Box, self.parents, self.firsts, self.stops)
