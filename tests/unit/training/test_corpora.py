"""Reading the corpora: what every line may be, and HTML aligned with it."""

from pathlib import Path

import pytest

from broadsheet.segmenter.roles import Role
from training.segmenter.corpora import (
    ALL,
    MEASURED_ON,
    NOT_ARTICLE,
    bits,
    is_development,
    read_annotations,
    read_pages,
    read_rows,
    text_page,
)
from unit.training import made_corpora

ROW = {
    "id": "1",
    "corpus": "made",
    "domain": "paper.example",
    "lines": [
        {"text": "A title", "label": "title"},
        {"text": "A paragraph.", "label": "body", "blank_before": 1},
        {"text": "Another item", "label": "other_or_teaser"},
        {"text": "POLITICS 3 May", "label": "other_or_teaser"},
        {"text": "Menu", "label": "other_or_teaser"},
    ],
}
MARKS = {"headers": [], "ambiguous": [], "teasers": [{"headline": [2], "kicker": [3], "date": [3]}]}


def test_lines_that_nobody_marked_may_be_all_but_the_article() -> None:
    assert [line.roles for line in text_page(ROW).lines] == [bits(Role.TITLE), bits(Role.BODY), *[NOT_ARTICLE] * 3]
    assert all(line.begins is None for line in text_page(ROW).lines)


def test_marked_teasers_narrow_the_roles() -> None:
    lines = text_page(ROW, MARKS).lines
    assert [line.roles for line in lines[2:]] == [bits(Role.HEADLINE), bits(Role.KICKER_DATE), bits(Role.OTHER)]
    assert [line.begins for line in lines] == [None, None, True, False, False]


def test_what_the_gold_misses_teaches_nothing_but_that_it_is_no_title() -> None:
    lines = text_page(ROW, {**MARKS, "missing": [4], "wrong": [1]}).lines
    assert lines[4].roles == lines[1].roles == ALL & ~bits(Role.TITLE)


def test_html_has_the_labels_of_its_text(tmp_path: Path) -> None:
    text, html = read_pages(made_corpora.write(tmp_path, pages=2))
    assert [line.roles for line in html[0].lines] == [line.roles for line in text[0].lines]
    assert all(line.piece.markup is not None for line in html[0].lines)


def test_a_site_is_of_one_side_for_ever() -> None:
    assert is_development("paper3.example") is is_development("paper3.example")
    share = sum(is_development(f"site{number}.example") for number in range(4000)) / 4000
    assert share == pytest.approx(0.25, abs=0.03)


def test_our_marks_are_of_training_pages_and_hold_no_text() -> None:
    rows = list(read_rows(Path("training/segmenter/annotations/teasers.jsonl")))
    assert len(rows) > 400
    for row in rows:
        assert row["corpus"] not in MEASURED_ON
        for name, value in row.items():
            assert name in {"corpus", "id"} or _numbers(value), (row["id"], name)


def _numbers(value: object) -> bool:
    if isinstance(value, list):
        return all(_numbers(item) for item in value)
    if isinstance(value, dict):
        return all(_numbers(item) for item in value.values())
    return isinstance(value, bool | int)


def test_pages_for_measuring_are_left_out_of_the_marks(tmp_path: Path) -> None:
    folder = made_corpora.write(tmp_path, pages=1)
    own = tmp_path / "own.jsonl"
    own.write_text(
        '{"corpus": "l3s_gn1", "id": "x", "headers": [], "ambiguous": [], "teasers": []}\n', encoding="utf-8"
    )
    assert list(read_annotations(folder, own)) == [("scrapinghub", "page-0")]
