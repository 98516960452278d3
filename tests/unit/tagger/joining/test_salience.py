"""How much an article is about an entity."""

import pytest

from broadsheet.tagger.joining.salience import salience
from broadsheet_schemas import EntityType, Mention

BODY = range(100, 1100)


def mentions(*places: tuple[int, str]) -> list[Mention]:
    return [Mention(start=start, end=start + 1, text="x", part=part) for start, part in places]


@pytest.mark.parametrize(
    ("places", "kind", "expected"),
    [
        ([(0, "title"), (100, "body")], "PERSON", 0.3 + 0.3 + 0.3 * 2 / 5 + 0.1 / 5),
        ([(100, "body")], "PERSON", 0.3 + 0.3 / 4 + 0.1 / 5),
        ([(300, "body")], "PERSON", 0.3 / 2 + 0.3 / 4 + 0.1 / 5),
        ([(300, "body"), (2000, "teaser:0")], "PERSON", 0.3 / 2 + 0.3 / 4 + 0.1 / 5),
        ([(300, "body"), (1099, "body")], "PERSON", 0.3 / 2 + 0.3 * 2 / 5 + 0.1 * 2 / 5),
        ([(300, "body")], "MONEY", (0.3 / 2 + 0.3 / 4 + 0.1 / 5) / 4),
        ([(2000, "teaser:0")], "PERSON", 0.0),
    ],
)
def test_the_formula(places: list[tuple[int, str]], kind: EntityType, expected: float) -> None:
    assert salience(kind, mentions(*places), BODY) == pytest.approx(expected, abs=1e-4)


def test_a_page_of_a_title_alone() -> None:
    assert salience("PERSON", mentions((0, "title")), range(0)) == pytest.approx(0.3 + 0.3 + 0.3 / 4)


def test_named_throughout_counts_more_than_named_at_once() -> None:
    once = salience("ORG", mentions((100, "body"), (110, "body"), (120, "body")), BODY)
    throughout = salience("ORG", mentions((100, "body"), (600, "body"), (1000, "body")), BODY)
    assert throughout > once
