"""What class and id names speak of."""

import pytest

from broadsheet.segmenter.class_words import BITS, MAX_NAMES, groups_of


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        ("", set()),
        ("col-md-4 x y", set()),
        ("related-items", {"related"}),
        ("MoreStories more-from more_on more", {"related"}),
        ("c-teaser__headline", {"item", "headline"}),
        ("ad ads ad-slot top_ads", {"advert"}),
        ("loads header-adx", {"chrome"}),
        ("shedding leader tagged agog", set()),
        ("hed lead tag ago", {"headline", "summary", "kicker", "date"}),
        ("topstories top-story", {"ranked"}),
        ("subtitle", {"summary"}),
    ],
)
def test_words_are_sorted_into_groups(names: str, groups: set[str]) -> None:
    found = groups_of(names)
    assert {name for name, bit in BITS.items() if found & bit} == groups


def test_only_the_first_names_are_read() -> None:
    assert groups_of("x" * MAX_NAMES + " footer") == 0
    assert groups_of("x" * (MAX_NAMES - 7) + " footer") == BITS["chrome"]
