"""What comes out of a segmented page: entities of the article and of the teasers, apart."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.segment import segment
from broadsheet.tagger.english import names
from broadsheet.tagger.english.model import FILE, FOLDER, NAME, VERSION
from broadsheet.tagger.tag import tag, tag_text
from broadsheet_schemas import EnrichedDocument, Entity, Producer, Teaser
from unit.segmenter.pages import accepted, sample

READABLE = [
    "harbour-bridge.txt",
    "grain-corridor.txt",
    "hospital-strike.txt",
    "lighthouse.txt",
    "seilbahn.txt",
    "flood-defences.html",
    "council-vote.html",
]


def entity(document: EnrichedDocument, entity_id: str) -> Entity:
    return next(entity for entity in document.entities if entity.id == entity_id)


def parts(found: Entity) -> set[str]:
    return {mention.part for mention in found.mentions}


def assert_sound(document: EnrichedDocument) -> None:
    """Every mention stands where it says, inside its part, and no two overlap; entities are in order."""
    places: set[int] = set()
    for found in document.entities:
        assert 0.0 <= found.salience <= 1.0
        assert (found.salience == 0.0) == all(part.startswith("teaser:") for part in parts(found))
        for mention in found.mentions:
            assert mention.text == document.text[mention.start : mention.end] != ""
            assert places.isdisjoint(range(mention.start, mention.end))
            places.update(range(mention.start, mention.end))
            assert _encloses(document, mention.part, mention.start, mention.end)
    order = [(-found.salience, found.mentions[0].start) for found in document.entities]
    assert order == sorted(order)
    assert len({found.id for found in document.entities}) == len(document.entities)


def _encloses(document: EnrichedDocument, part: str, start: int, end: int) -> bool:
    if part == "body":
        return any(block.start <= start and end <= block.end for block in document.body)
    if part == "title":
        title = document.title
        return title is not None and (title.start or 0) <= start and end <= (title.end or 0)
    teaser = document.teasers[int(part.removeprefix("teaser:"))]
    return teaser.start <= start and end <= teaser.end


@pytest.mark.parametrize("name", READABLE)
def test_every_sample_is_tagged_soundly_and_always_alike(name: str) -> None:
    segmented = segment(sample(name))
    document = tag(segmented)

    assert_sound(document)
    assert document == tag(segmented)
    assert document.entities
    assert {field: getattr(document, field) for field in type(segmented).model_fields} == dict(segmented)


def test_what_the_segmenter_says_of_the_page_is_carried_on() -> None:
    producer = Producer(name="model", version="2", sha256="0" * 64)
    told = {"confidence": 0.25, "no_article": "home_page", "body": (), "segmenter": producer}
    segmented = segment(sample("harbour-bridge.txt")).model_copy(update=told)
    document = tag(segmented)

    assert {field: getattr(document, field) for field in told} == told
    assert {field: getattr(document, field) for field in type(segmented).model_fields} == dict(segmented)


def test_a_person_whom_only_teasers_name_is_no_entity_of_the_article() -> None:
    document = tag(segment(sample("harbour-bridge.txt")))
    coach = entity(document, "person:odalys-brandt")

    assert parts(coach) == {"teaser:0", "teaser:3"}
    assert coach.salience == 0.0
    assert coach.name == "Odalys Brandt"


def test_a_surname_joins_the_one_person_named_in_full() -> None:
    document = tag(segment(sample("lighthouse.txt")))
    keeper = entity(document, "person:magnus-trevanion")

    assert [mention.text for mention in keeper.mentions] == ["Magnus Trevanion", "Trevanion", "Trevanion"]


def test_what_the_title_names_comes_first() -> None:
    document = tag(segment(sample("grain-corridor.txt")))

    assert document.entities[0].id == "gpe:odesa"
    assert parts(document.entities[0]) == {"title", "body"}


def test_the_tagger_says_what_it_is() -> None:
    tagger = tag(segment(sample("harbour-bridge.txt"))).tagger
    assert (tagger.name, tagger.version, tagger.languages) == (NAME, VERSION, ("en",))
    assert tagger.sha256 == hashlib.sha256((FOLDER / FILE).read_bytes()).hexdigest()
    assert tagger.coverage == "full"


def test_another_language_gets_the_language_free_types_alone_and_says_so() -> None:
    document = tag(segment(sample("seilbahn.txt")))
    assert {found.type for found in document.entities} <= {"DATE", "MONEY", "PERCENT"}
    assert document.tagger.coverage == "values"


def test_what_teasers_say_changes_nothing_in_the_article() -> None:
    segmented = segment(sample("lighthouse.txt"))
    other = segment(sample("harbour-bridge.txt"))
    text = f"{segmented.text}\n\n{other.text}"
    shift = len(segmented.text) + 2
    teasers = tuple(_moved(teaser, shift) for teaser in other.teasers)
    alone = tag(segmented.model_copy(update={"teasers": ()}))
    beside = tag(segmented.model_copy(update={"text": text, "teasers": teasers}))
    assert [entity for entity in map(_of_article, beside.entities) if entity.mentions] == list(alone.entities)


def _moved(teaser: Teaser, shift: int) -> Teaser:
    fields = {
        name: field.model_copy(update={"start": field.start + shift, "end": field.end + shift})
        for name in ("kicker", "headline", "summary", "byline", "published")
        if (field := getattr(teaser, name))
    }
    return teaser.model_copy(update={"start": teaser.start + shift, "end": teaser.end + shift, **fields})


def _of_article(found: Entity) -> Entity:
    return found.model_copy(update={"mentions": tuple(m for m in found.mentions if not m.part.startswith("teaser"))})


def test_a_huge_page_is_read_in_part_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST", 200)
    segmented = segment(sample("grain-corridor.txt"))
    long = "Ada Field came back to London in the spring. " * 1_000
    block = segmented.body[0].model_copy(update={"start": 0, "end": len(long), "text": long})
    page = segmented.model_copy(update={"text": long, "title": None, "body": (block,), "teasers": ()})
    document = tag(page)
    assert document.tagger.coverage == "part"
    assert 0 < sum(len(found.mentions) for found in document.entities) < 1_000


def test_a_text_comes_out_alike_whatever_is_tagged_before_it() -> None:
    texts = ["Ada Field lives in Oslo.", "NATO met in Kyiv on Monday.", "The Norvik Bank paid $5 million."]
    alone = [tag_text(text, "en") for text in texts]
    assert [tag_text(text, "en") for text in reversed(texts)] == alone[::-1]


PIECES = st.sampled_from(
    [
        *(
            "President Ada Field’s ",  # noqa: RUF001 - as pages print it
            "NATO ",
            "U.S. ",
            "$4.5 million ",
            "3 May 2026 ",
            "said Field. ",
            "The Bank of ",
            "of ",
        ),
        *(
            "12,5 % ",
            "in 2026 ",
            "Ukraine ",
            "\n",
            "“Field and Marsh",
            "Dr. Bo Marsh",
            "IRINA ",
            "🙂",
            "é",
            "İ",
            "ß",
            "‘",  # noqa: RUF001 - as pages print it
        ),
    ]
)


@given(st.lists(st.one_of(st.text(), PIECES)).map("".join), st.sampled_from(["en", "de", "und"]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_tagged_with_right_offsets_and_always_alike(text: str, language: str) -> None:
    found = tag_text(text, language)

    reached = 0
    for start, end, _ in found:
        assert reached <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        reached = end
    assert found == tag_text(text, language)


@given(st.lists(st.one_of(st.text(), PIECES)).map("".join))
@settings(max_examples=50, deadline=None)
def test_any_page_is_tagged_soundly(text: str) -> None:
    assert_sound(tag(segment(accepted(text))))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Field said. " * 5_000,
        "1" * 100_000,
        "1." * 100_000,
        "A.B." * 20_000,
        "A" * 100_000,
        "of " * 20_000,
        "A-" * 100_000,
        "İ" * 100_000,
        "Ada Field and the Norvik Bank of Oslo, Ltd., " * 2_000,
    ],
)
@pytest.mark.timeout(60)
def test_large_texts_end(text: str) -> None:
    assert all(start < end for start, end, _ in tag_text(text, "en"))
