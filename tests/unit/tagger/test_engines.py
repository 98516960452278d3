"""Which engine tags which language; the pipelines of spaCy are real, and made here."""

from pathlib import Path
from typing import Any

import pytest
import spacy

from broadsheet.runtime.errors import OperatorError
from broadsheet.segmenter.segment import segment
from broadsheet.tagger.engines import engine_for, languages_of, parse_engines
from broadsheet.tagger.tag import tag, tag_text, warm_up
from broadsheet_schemas.errors import ErrorCode
from unit.segmenter.pages import sample


@pytest.fixture
def pipeline(tmp_path: Path) -> str:
    """A German pipeline that knows four names, each under a label of another corpus."""
    made = spacy.blank("de")
    ruler: Any = made.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "LOC", "pattern": "Zürich"},
            {"label": "PER", "pattern": "Ada Feld"},
            {"label": "persName", "pattern": "Bo Marsch"},
            {"label": "MISC", "pattern": "Seilbahn"},
        ]
    )
    made.meta["name"], made.meta["version"] = "made", "1.2.3"
    made.to_disk(tmp_path / "made")
    return f"de=spacy:{tmp_path / 'made'}"


def test_a_pipeline_tags_its_language_with_the_labels_mapped(pipeline: str) -> None:
    text = "Die Seilbahn in Zürich, sagte Ada Feld zu Bo Marsch, kostet 2,5 Millionen Franken."
    found = [(text[start:end], kind) for start, end, kind in tag_text(text, "de", pipeline)]
    assert found == [
        ("Zürich", "LOC"),
        ("Ada Feld", "PERSON"),
        ("Bo Marsch", "PERSON"),
        ("2,5 Millionen Franken", "MONEY"),
    ]


def test_the_event_says_which_pipeline_it_was(pipeline: str) -> None:
    document = tag(segment(sample("seilbahn.txt")), pipeline)
    assert (document.tagger.name, document.tagger.version) == ("spacy:de_made", "1.2.3")
    assert (document.tagger.languages, document.tagger.coverage) == (("de",), "full")


def test_a_language_without_an_engine_says_so() -> None:
    tagger = engine_for("fi").tagger
    assert (tagger.coverage, tagger.languages) == ("values", ("en",))
    assert engine_for("en").tagger.coverage == "full"


def test_the_languages_are_english_and_those_with_a_pipeline() -> None:
    assert languages_of("de=spacy:a,fr=spacy:b") == ("de", "en", "fr")


@pytest.mark.parametrize("text", ["de", "de=flair:x", "deu=spacy:x", "de=spacy:", "=spacy:x"])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no engine"):
        parse_engines(text)


def test_a_pipeline_that_is_not_installed_is_said() -> None:
    with pytest.raises(OperatorError, match="de_core_nowhere") as raised:
        engine_for("de", "de=spacy:de_core_nowhere")
    assert raised.value.code is ErrorCode.CONFIGURATION


def test_a_pipeline_of_another_language_is_refused(pipeline: str) -> None:
    with pytest.raises(OperatorError, match="is a pipeline for 'de', not for 'fr'"):
        engine_for("fr", pipeline.replace("de=", "fr="))


def test_a_pipeline_that_cannot_be_loaded_is_said_when_the_workers_start(pipeline: str) -> None:
    warm_up(pipeline)
    with pytest.raises(OperatorError, match="nowhere"):
        warm_up(f"{pipeline},fr=spacy:nowhere")
