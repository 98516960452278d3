"""Joining mentions into entities."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.tagger.joining.entities import join_mentions
from broadsheet.tagger.named import Named
from broadsheet.tagger.value import Value
from broadsheet_schemas import Entity, EntityType, Mention
from unit.tagger.marked_page import entities, joined, marked


@pytest.mark.parametrize(
    "page",
    [
        "[PERSON Volodymyr Zelensky] and [PERSON ZELENSKY], Mr. [PERSON Zelensky's] and [PERSON Zelensky\u2019s]",
        "[PERSON Biden], [PERSON Joe Biden], [PERSON President Joe Biden], [PERSON Joseph R. Biden Jr.]",
        "[PERSON Ursula van der Field], [PERSON van der Field], [PERSON Van der Field]",
        "[PERSON Adel Fathi al-Said], [PERSON Said], [PERSON el-Said], [PERSON al-Said]",
        "[PERSON Ay\u015fe Erdo\u011fan], [PERSON Erdogan], [PERSON Ayse Erdogan]",
        "[PERSON J. P. Marsh], [PERSON John Peter Marsh], [PERSON John Marsh], [PERSON Marsh]",
        "[PERSON Ana Ruiz-Marsh], [PERSON Ruiz-Marsh]",
        "[PERSON Ada Field], [PERSON Ada]",
        "[GPE U.S.], [GPE US], [GPE United States], [GPE the United States of America], [GPE USA]",
        "[GPE Britain], [GPE U.K.], [GPE United Kingdom]",
        "[GPE Calif.], [GPE California]",
        "[ORG European Union] ([ORG EU]), the [ORG EU]",
        "[ORG NGB] ([ORG National Guild of Bakers]), [ORG NGB]",
        "[ORG Betterment Alliance of Linden] ([ORG BALIN])",
        "[ORG National Guild of Bakers], [ORG NGB], [ORG N.G.B.]",
        "[ORG Acme Corp.], [ORG Acme Corporation], [ORG Acme], [ORG ACME]",
        "[ORG Linden Steel Holdings PLC], [ORG Linden Steel], [ORG Linden Steel's]",
        "[ORG the Supreme Court], [ORG Supreme Court], [ORG U.S. Supreme Court]",
        "[NORP Republican], [NORP Republicans]",
        "[EVENT 2026 Linden Fair], [EVENT Linden Fair]",
        "[LOC Mt. Linden], [LOC Mount Linden]",
    ],
)
def test_one_thing_however_it_is_named(page: str) -> None:
    assert len(joined(page)) == 1


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("[GPE Washington], [GPE U.S.]", 2),
        ("[ORG Bank of America], [ORG America]", 2),
        ("[ORG Texas Instruments], [ORG Texas]", 2),
        ("Mr. [PERSON Field], Mrs. [PERSON Field]", 2),
        ("[PERSON Adam Field], [PERSON Eve Field]", 2),
        ("[PERSON Adam Field Sr.], [PERSON Adam Field Jr.]", 2),
        ("[PERSON George W. Marsh], [PERSON George H. W. Marsh]", 2),
        ("[PERSON John Field], [PERSON Jane Field], [PERSON J. Field]", 2),
        ("[EVENT 2025 Linden Fair], [EVENT 2026 Linden Fair]", 2),
        ("[GPE Congo], [GPE DR Congo]", 2),
        ("[MONEY $5], [MONEY \u20ac5]", 2),
        ("[GPE Jordan], [PERSON Jordan Field]", 2),
        ("[ORG Acme], later [ORG Acme Mexico]", 2),
        ("[PERSON Field] ([PERSON AF])", 2),
    ],
)
def test_different_things_that_are_named_alike(page: str, count: int) -> None:
    assert len(joined(page)) == count


def test_a_part_of_a_name_in_the_title_needs_no_introduction() -> None:
    assert len(joined("[ORG@title Acme] [ORG Acme Mexico], [ORG Acme]")) == 1


def test_a_bare_surname_goes_to_the_one_who_is_named_most_then_to_the_last() -> None:
    most = joined("[PERSON Ada Field], [PERSON Ada Field], [PERSON Bo Field], [PERSON Field]")
    assert most["person:ada-field"] == ["Ada Field", "Ada Field", "Field"]
    last = joined("[PERSON Ada Field], [PERSON Bo Field], [PERSON Field]")
    assert last["person:bo-field"] == ["Bo Field", "Field"]


def test_a_courtesy_title_tells_two_of_one_surname_apart() -> None:
    found = joined("[PERSON Adam Field], Mr. [PERSON Field], Mr. [PERSON Field], Mrs. [PERSON Field]")
    assert found == {"person:adam-field": ["Adam Field", "Field", "Field"], "person:field": ["Field"]}


def test_namesakes_have_ids_of_their_own() -> None:
    assert set(joined("Mr. [PERSON Field], Mrs. [PERSON Field]")) == {"person:field", "person:field-2"}


@pytest.mark.parametrize(
    ("page", "name", "wanted"),
    [
        ("[PERSON BIDEN], [PERSON President Joe Biden's]", "Joe Biden", "person:joe-biden"),
        ("[ORG The Linden Times], [ORG Linden Times]", "Linden Times", "org:linden-times"),
        ("[ORG the Linden Times]", "Linden Times", "org:linden-times"),
        ("[GPE U.S.], [GPE US], [GPE U.S.]", "U.S.", "gpe:united-states"),
        ("[ORG EU]", "EU", "org:eu"),
        ("[NORP Finnish], [NORP Finnish]", "Finnish", "norp:finnish"),
        ("[NORP Republican], [NORP Republicans], [NORP Republicans]", "Republicans", "norp:republican"),
        ("[ORG ++]", "++", "org:++"),
    ],
)
def test_the_fullest_name_and_the_id(page: str, name: str, wanted: str) -> None:
    (entity,) = entities(page)
    assert (entity.name, entity.id) == (name, wanted)


@pytest.mark.parametrize(
    ("page", "language", "codes"),
    [
        ("[GPE Ukraine] [GPE Kyiv]", "en", {"UA"}),
        ("[GPE Deutschland]", "de", {"DE"}),
        ("[GPE Deutschland]", "en", set()),
        ("[PERSON Jordan]", "en", set()),
        ("[GPE Jordan]", "en", {"JO"}),
        ("[GPE Georgia], [GPE Tbilisi]", "en", {"GE"}),
        ("[GPE Georgia], [GPE Alabama]", "en", set()),
        ("[GPE Georgia], [GPE Ga.]", "en", set()),
        ("[GPE Georgia] [GPE@teaser:0 Alabama]", "en", {"GE"}),
        ("[GPE Georgia], [GPE Washington]", "en", {"GE"}),
    ],
)
def test_countries(page: str, language: str, codes: set[str]) -> None:
    assert {entity.country for entity in entities(page, language)} - {None} == codes


def test_teasers_join_fuller_names_of_the_article_and_of_each_other() -> None:
    found = joined("[PERSON Ada Field] [PERSON@teaser:0 Field] [PERSON@teaser:1 Bo Marsh] [PERSON@teaser:2 Marsh]")
    assert found == {"person:ada-field": ["Ada Field", "Field"], "person:bo-marsh": ["Bo Marsh", "Marsh"]}


def test_a_teaser_s_own_full_name_goes_before_the_article_s() -> None:
    found = joined("[PERSON Ada Field] [PERSON@teaser:0 Field] [PERSON@teaser:0 Bo Field] [PERSON@teaser:1 Field]")
    assert found == {"person:ada-field": ["Ada Field", "Field"], "person:bo-field": ["Field", "Bo Field"]}


def test_a_fuller_name_in_a_teaser_is_not_the_article_s() -> None:
    found = joined(
        "[PERSON Field] [PERSON@teaser:0 Ada Field] [ORG EU] [ORG@teaser:0 European Union] ([ORG@teaser:0 EU])"
    )
    assert found["person:field"] == ["Field"]
    assert found["org:eu"][0] == "EU"


def test_the_article_alone_names_what_it_has() -> None:
    (entity,) = entities("[PERSON Joe Marsh] [PERSON@teaser:0 Joseph R. Marsh Jr.]")
    assert (entity.name, len(entity.mentions)) == ("Joe Marsh", 2)


def test_a_teaser_above_the_article_changes_no_order_in_it() -> None:
    found = entities("[PERSON@teaser:0 Bo Marsh] [ORG@title Acme] [PERSON@title Bo Marsh]")
    assert found[0].salience == found[1].salience
    assert [entity.name for entity in found] == ["Acme", "Bo Marsh"]


def test_a_teaser_s_type_changes_nothing_in_the_article() -> None:
    kinds = {entity.type for entity in entities("[GPE Linden] [ORG@teaser:0 Linden] [ORG@teaser:1 Linden]")}
    assert kinds == {"GPE"}


def test_values_join_by_what_they_come_to() -> None:
    text = "$1.5 million on Christmas Eve, 1,500,000 dollars"
    money = Value(0, 12, "MONEY", amount=1.5e6, currency="USD")
    day = Value(16, 29, "DATE", date="2025-12-24")
    found = [Named(one.start, one.end, one.kind, value=one) for one in (money, day)]
    found.append(Named(31, 48, "MONEY", value=Value(31, 48, "MONEY", amount=1.5e6, currency="USD")))
    by_id = {entity.id: entity for entity in join_mentions(found, text, range(len(text)))}
    assert set(by_id) == {"money:usd-1500000", "date:2025-12-24"}
    assert (by_id["money:usd-1500000"].amount, by_id["money:usd-1500000"].currency) == (1.5e6, "USD")
    assert (by_id["date:2025-12-24"].date, len(by_id["money:usd-1500000"].mentions)) == ("2025-12-24", 2)


_KINDS: st.SearchStrategy[EntityType] = st.sampled_from(
    ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "DATE", "MONEY", "PERCENT"]
)
_PARTS = st.sampled_from(["title", "body", "body", "teaser:0", "teaser:1"])
_LISTED = """
Field Ada Ada\u2019s Bo B. Mr. Mrs. President Jr. Sr. U.S. US Georgia Ga. Texas EU European Union (EU) the The of & Corp.
al-Said Said \u0130stanbul \u00df \U0001f600 ' \" 1 $5 2026 \u0301 -- - , . AB
"""
_WORDS = st.sampled_from(_LISTED.split())


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[Named], str]:
    """Make a page of words of which any stretches are named as anything, anywhere."""
    words = draw(st.lists(st.one_of(_WORDS, st.text(min_size=1, max_size=4)), min_size=1, max_size=25))
    text = " ".join(words)
    places = st.integers(0, len(text) - 1)
    found = []
    for start, length, kind, part, sure in draw(
        st.lists(st.tuples(places, st.integers(1, 25), _KINDS, _PARTS, st.floats(0, 1)), max_size=25)
    ):
        found.append(Named(start, min(len(text), start + length), kind, part, sure))
    return found, text


def _key(mention: Mention | Named) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.part


@given(pages(), st.randoms(use_true_random=False), st.sampled_from(["en", "de", "und", "../x"]))
def test_any_mentions_whatever(page: tuple[list[Named], str], chance: random.Random, language: str) -> None:
    found, text = page
    given_entities = join_mentions(found, text, range(len(text)), language)
    assert sorted(_key(one) for entity in given_entities for one in entity.mentions) == sorted(map(_key, found))
    assert len({entity.id for entity in given_entities}) == len(given_entities)
    for entity in given_entities:
        assert all(text[one.start : one.end] == one.text for one in entity.mentions)
        assert (entity.salience > 0) == any(one.part in {"title", "body"} for one in entity.mentions)
        assert 0 <= entity.salience <= 1
    shuffled = chance.sample(found, len(found))
    assert join_mentions(shuffled, text, range(len(text)), language) == given_entities


def _article(entity: Entity) -> tuple[object, ...]:
    own = tuple(one for one in entity.mentions if one.part in {"title", "body"})
    return entity.id, entity.name, entity.type, entity.salience, entity.country, own


@given(pages())
def test_teasers_change_nothing_of_the_article(page: tuple[list[Named], str]) -> None:
    found, text = page
    whole = join_mentions(found, text, range(len(text)))
    alone = join_mentions([one for one in found if one.in_article], text, range(len(text)))
    assert [_article(entity) for entity in whole if entity.salience] == [_article(entity) for entity in alone]


def test_one_page_twice_gives_the_same() -> None:
    found, text = marked("[PERSON Ada Field] [PERSON Field] [GPE Oslo]")
    assert join_mentions(found, text, range(9)) == join_mentions(found, text, range(9))
