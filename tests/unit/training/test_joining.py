"""The measure of the joining of names."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from training.tagger.joining import b_cubed, documents, f1, failures, join, pairwise, read_marks

TEXT = "Ada Field met Bo Marsh. Field and the Marshes left Oslo with Field."
NAMES = ["Ada Field", "Bo Marsh", "Field", "Marshes", "Oslo"]


def page() -> tuple[dict[str, Any], dict[str, Any]]:
    """Make a document where the marks part one "Field" from Ada Field and join "Marshes" with Bo Marsh."""
    places = {name: TEXT.index(name) for name in NAMES} | {
        "Field": TEXT.index("Field and"),
        "last": TEXT.rindex("Field"),
    }
    spans = {name: [at, at + len("Field" if name == "last" else name)] for name, at in places.items()}
    labels = {"Oslo": "LOC"}
    entities = [[*span, labels.get(name, "PERSON")] for name, span in spans.items()]
    groups = [
        [spans["Ada Field"], spans["Field"]],
        [spans["last"]],
        [spans["Bo Marsh"], spans["Marshes"]],
        [spans["Oslo"]],
    ]
    mark = {"id": "page", "corpus": "uner_ewt", "part": "kept", "groups": groups}
    return mark, {"id": "page", "text": TEXT, "entities": entities}


def test_pairs_and_mentions_are_counted() -> None:
    one = join(*page())
    assert pairwise([one]) == (1, 3, 2)
    assert pairwise([one], "GPE") == (0, 0, 0)
    precision, recall = b_cubed([one])
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)
    assert recall == pytest.approx((1 + 1 + 1 + 1 / 2 + 1 / 2 + 1) / 6)
    assert f1(0.0, 0.0) == 0


def test_places_are_told_apart_where_the_corpus_merges_them() -> None:
    one = join(*page())
    assert [one.types[span] for span in one.types if TEXT[slice(*span)] == "Oslo"] == ["GPE"]


def test_failures_are_named() -> None:
    assert list(failures(join(*page()))) == [
        "wrongly one: Ada Field 1, Field 1 | Field 1",
        "not joined:  Bo Marsh 1 | Marshes 1",
    ]


def test_marked_documents_are_read_from_their_corpus(tmp_path: Path) -> None:
    mark, row = page()
    folder = tmp_path / "entities" / "train"
    folder.mkdir(parents=True)
    with gzip.open(folder / "uner_ewt.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(row) + "\n")
    assert list(documents(tmp_path, [mark])) == [(mark, row)]
    with pytest.raises(KeyError):
        list(documents(tmp_path, [mark | {"id": "other"}]))


def test_the_marks_put_every_mention_into_one_group() -> None:
    marks = read_marks()
    assert {part: sum(mark["part"] == part for mark in marks) for part in ("tuned", "kept")} == {
        "tuned": 10,
        "kept": 10,
    }
    for mark in marks:
        spans = [tuple(span) for group in mark["groups"] for span in group]
        assert len(spans) == len(set(spans))
