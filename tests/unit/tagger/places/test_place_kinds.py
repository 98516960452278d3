"""Known places: which are GPE, which LOC."""

import pytest

from broadsheet.tagger.places.place_kinds import place_kind
from broadsheet.tagger.places.states import is_state_georgia, state_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ukraine", "GPE"),
        ("U.S.", "GPE"),
        ("Texas", "GPE"),
        ("Calif.", "GPE"),
        ("Scotland", "GPE"),
        ("Kyiv", "GPE"),
        ("Kiev", "GPE"),
        ("S\u00e3o Paulo", "GPE"),
        ("The Hague", "GPE"),
        ("Cape Town", "GPE"),
        ("Mississippi", "GPE"),
        ("Marion County", "GPE"),
        ("Mississippi River", "LOC"),
        ("Europe", "LOC"),
        ("Latin America", "LOC"),
        ("the Caribbean", "LOC"),
        ("Middle East", "LOC"),
        ("the Atlantic", "LOC"),
        ("Lake Linden", "LOC"),
        ("Mount Linden", "LOC"),
        ("Linden Sea", "LOC"),
        ("Danube", "LOC"),
        ("Linden Tower", None),
        ("Lake", None),
        ("", None),
    ],
)
def test_kinds(name: str, kind: str | None) -> None:
    assert place_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Calif.", "California"),
        ("N.Y.", "New York state"),
        ("D.C.", "District of Columbia"),
        ("TX", "Texas"),
        ("La.", "Louisiana"),
        ("L.A.", None),
        ("LA", None),
        ("Ga", None),
        ("Texas", None),
        ("", None),
    ],
)
def test_abbreviations_of_states(name: str, state: str | None) -> None:
    assert state_of(name) == state


@pytest.mark.parametrize(
    ("places", "is_state"),
    [
        ({"georgia", "alabama"}, True),
        ({"georgia", "atlanta"}, True),
        ({"georgia", "alabama", "tbilisi"}, False),
        ({"georgia", "washington", "new-york"}, False),
        ({"georgia"}, False),
    ],
)
def test_which_georgia(places: set[str], *, is_state: bool) -> None:
    assert is_state_georgia(places) == is_state
