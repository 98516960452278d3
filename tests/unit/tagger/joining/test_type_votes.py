"""One type for one name."""

from broadsheet.tagger.joining.type_votes import agreed
from broadsheet.tagger.named import Named
from unit.tagger.marked_page import marked


def types(page: str, *probabilities: float) -> list[str]:
    found, text = marked(page)
    sure = [
        Named(one.start, one.end, one.type, one.part, weight) for one, weight in zip(found, probabilities, strict=True)
    ]
    return [one.type for one in agreed(sure, text)]


def test_most_mentions_decide_by_their_probability() -> None:
    assert types("[ORG Linden] [PERSON Linden] [ORG the LINDEN's]", 1, 1, 1) == ["ORG", "ORG", "ORG"]
    assert types("[ORG Linden] [PERSON Linden]", 0.5, 0.9) == ["PERSON", "PERSON"]
    assert types("[ORG Linden] [PERSON Linden]", 0.5, 0.5) == ["ORG", "ORG"]


def test_other_names_and_values_are_left_alone() -> None:
    assert types("[ORG Linden] [PERSON Ada Linden] [DATE Linden]", 1, 1, 1) == ["ORG", "PERSON", "DATE"]


def test_teasers_follow_the_article_and_never_lead_it() -> None:
    page = "[GPE Linden] [ORG@teaser:0 Linden] [ORG@teaser:1 Linden] [ORG@teaser:0 Oslo] [GPE@teaser:1 Oslo] [GPE@teaser:1 Oslo]"
    assert types(page, 0.1, 1, 1, 1, 1, 1) == ["GPE"] * 6
