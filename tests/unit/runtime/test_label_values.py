from itertools import product
from string import ascii_lowercase
from typing import get_args

from broadsheet.indexer import bulk
from broadsheet.intake.language import identifier, iso_639_1
from broadsheet.runtime import label_values


def test_every_language_that_intake_gives_is_counted_as_itself() -> None:
    pairs = ("".join(letters) for letters in product(ascii_lowercase, repeat=2))
    declared = {code for code in map(iso_639_1, pairs) if code}
    detected = {code for code in identifier().labels if len(code) == 2}
    assert (declared | detected) - set(label_values.LANGUAGES) == set()
    assert len(label_values.LANGUAGES) == len(set(label_values.LANGUAGES)) < 200


def test_the_endings_of_writes_are_those_of_the_indexer() -> None:
    assert set(label_values.WRITE_ENDINGS) == set(get_args(bulk.Ending))


def test_the_sets_that_come_from_the_contracts_are_not_empty() -> None:
    assert label_values.CONTENT_TYPES == ("text/plain", "text/html")
    assert "home_page" in label_values.NO_ARTICLE_REASONS
    assert label_values.COVERAGES == ("full", "part", "values")
    assert label_values.INDEX_ACTIONS == ("created", "updated", "unchanged", "stale")
