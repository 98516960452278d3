"""How much an article is about an entity."""

import pytest

from broadsheet.tagger.salience import salience
from broadsheet_schemas import EntityType, Mention

BODY = range(100, 1100)


def mentions(*places: tuple[int, str]) -> list[Mention]:
    return [Mention(start=start, end=start + 1, text="x", part=part) for start, part in places]


@pytest.mark.parametrize(
    ("places", "kind", "expected"),
    [
        ([(0, "title"), (100, "body")], "PERSON", 0.3 + 0.3 + 0.4 * 2 / 5),
        ([(100, "body")], "PERSON", 0.3 + 0.4 / 4),
        ([(600, "body")], "PERSON", 0.3 * 0.5 + 0.4 / 4),
        ([(600, "body"), (2000, "teaser:0")], "PERSON", 0.3 * 0.5 + 0.4 / 4),
        ([(600, "body")], "MONEY", (0.3 * 0.5 + 0.4 / 4) / 4),
        ([(2000, "teaser:0")], "PERSON", 0.0),
    ],
)
def test_the_formula(places: list[tuple[int, str]], kind: EntityType, expected: float) -> None:
    assert salience(kind, mentions(*places), BODY) == pytest.approx(expected, abs=1e-4)


def test_a_page_of_a_title_alone() -> None:
    assert salience("PERSON", mentions((0, "title")), range(0)) == pytest.approx(0.7)
