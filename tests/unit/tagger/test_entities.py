"""Joining mentions into entities."""

from broadsheet.tagger.entities import fold, join_mentions
from broadsheet_schemas import EntityType, Mention


def mention(text: str, start: int, part: str = "body", kind: EntityType = "PERSON") -> tuple[EntityType, Mention]:
    return kind, Mention(start=start, end=start + len(text), text=text, part=part)


def joined(*found: tuple[EntityType, Mention]) -> dict[str, list[int]]:
    return {entity.id: [one.start for one in entity.mentions] for entity in join_mentions(found, range(1000))}


def test_one_name_in_other_letters_is_one_entity() -> None:
    assert joined(mention("José Field", 0), mention("JOSE FIELD", 50)) == {"person:jose-field": [0, 50]}
    assert fold("U.S.", "GPE") == fold("US", "GPE") == "us"


def test_one_name_of_two_types_is_two_entities() -> None:
    assert set(joined(mention("Georgia", 0), mention("Georgia", 50, kind="GPE"))) == {"person:georgia", "gpe:georgia"}


def test_a_surname_joins_its_one_bearer_and_no_one_of_two() -> None:
    assert joined(mention("Ada Field", 0), mention("Field", 50)) == {"person:ada-field": [0, 50]}
    assert set(joined(mention("Ada Field", 0), mention("Bo Field", 20), mention("Field", 50))) == {
        "person:ada-field",
        "person:bo-field",
        "person:field",
    }


def test_a_surname_in_the_article_never_joins_a_person_of_a_teaser() -> None:
    found = joined(mention("Field", 0), mention("Ada Field", 500, "teaser:0"))
    assert found == {"person:field": [0], "person:ada-field": [500]}


def test_a_surname_in_a_teaser_joins_the_person_of_the_article_first() -> None:
    found = joined(mention("Ada Field", 0), mention("Bo Field", 500, "teaser:0"), mention("Field", 600, "teaser:1"))
    assert found == {"person:ada-field": [0, 600], "person:bo-field": [500]}


def test_the_name_is_the_fullest_one() -> None:
    (entity,) = join_mentions([mention("Field", 0), mention("Ada Field", 50)], range(100))
    assert (entity.name, [one.text for one in entity.mentions]) == ("Ada Field", ["Field", "Ada Field"])


def test_amounts_in_two_currencies_are_two() -> None:
    assert len(joined(mention("$5", 0, kind="MONEY"), mention("€5", 10, kind="MONEY"))) == 2


def test_a_name_of_signs_alone_still_has_an_id() -> None:
    assert fold("++", "ORG") == "++"
