"""Forms: the different ways in which one page names things, taken apart for comparison."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

SAME, FULL, PART, WEAK, NOTHING, CONTRARY = 5, 4, 3, 2, 0, -1
"""How surely a form means what a name means: the same name; its surname or acronym; its first name; a middle name;
nothing says so; and both cannot be one."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way of naming something.

    Attributes:
        words: the folded words of the name, without titles, possessive, kinship and legal suffixes.
        kin: "jr", "sr", "ii" and so on, of persons.
        gender: m or f, of persons where a courtesy title says so.
        letters: the letters of an acronym, else nothing.
    """

    words: tuple[str, ...]
    kin: str = ""
    gender: str = ""
    letters: str = ""

    @property
    def fullness(self) -> tuple[int, int, int]:
        """How much of the name it gives; the fullest form of a page is compared first."""
        return len(self.words), sum(map(len, self.words)), bool(self.kin) + bool(self.gender)


class Grammar(Protocol):
    """How things of one type are named.

    Attributes:
        is_introduced: whether a `PART` of a name is used for it in an article's text only after the whole; titles are free.
    """

    is_introduced: bool

    def form(self, surface: str, gender: str) -> Form:
        """Take a surface apart; `gender` is what a courtesy title before it says."""
        ...

    def offers(self, name: Form) -> Iterable[str]:
        """Give the keys under which shorter forms find a name."""
        ...

    def asks(self, form: Form) -> Iterable[str]:
        """Give the keys under which a form looks for fuller names."""
        ...

    def strength(self, form: Form, name: Form) -> int:
        """Tell how surely a form means what a name that is as full, or fuller, means."""
        ...
