"""Pages and decisions made by hand, for the tests of what is done with the roles of lines."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.decision import Decision
from broadsheet.segmenter.html_tags import LANDMARKS
from broadsheet.segmenter.lines import Markup, Page, Piece, lay_out
from broadsheet.segmenter.model import Probabilities
from broadsheet.segmenter.roles import Role

PROSE = "The council met until midnight, and the bridge stays closed. Nobody in the room could say for how long."


def page_of(*texts: str, markup: Markup | None = None) -> Page:
    """Give a page with these lines: of plain text, or of HTML where each has this markup."""
    return lay_out(Piece(text, gap=False, markup=markup) for text in texts)


def html_page_of(*lines: tuple[str, Markup]) -> Page:
    """Give a page of HTML with these lines."""
    return lay_out(Piece(text, gap=False, markup=markup) for text, markup in lines)


def within(*names: str, link: str | None = None, link_share: float = 0.0, strong_share: float = 0.0) -> Markup:
    """Give the markup of a line inside some elements."""
    bits = sum(LANDMARKS[name] for name in names)
    return Markup("p", within=bits, link=link, link_share=link_share, strong_share=strong_share)


def decided(roles: Sequence[Role], begins: Sequence[float] = ()) -> Decision:
    """Give a decision for these roles; without `begins`, nothing is said to begin an item."""
    chances = np.array(begins if len(begins) else [0.0] * len(roles), np.float32)
    return Decision(tuple(roles), chances)


def probabilities(*lines: dict[Role, float]) -> Probabilities:
    """Give what the model might say of some lines: the chances named; what is left is of the role `OTHER`.

    The chances of `TITLE` are also those that the lines share with having no title.
    """
    roles = np.zeros((len(lines), len(Role)), np.float32)
    for row, chances in zip(roles, lines, strict=True):
        for role, chance in chances.items():
            row[role] = chance
        row[Role.OTHER] += 1 - row.sum()
    titles = np.maximum(roles[:, Role.TITLE], 1e-9)
    none = max(1 - float(titles.sum()), 1e-9)
    return Probabilities(roles, np.zeros(len(lines), np.float32), np.log(titles / none).astype(np.float32))


def day_reader() -> DayReader:
    """Give what reads dates of a page seen on 20 May 2026."""
    return DayReader(dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC), "en")
