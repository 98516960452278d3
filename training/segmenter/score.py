"""What the segmenter is worth, measured: `make score-segmenter CORPORA=DIR`.

Pages go through `segment` as they come from the corpora, and through trafilatura and readability beside it. The pages of
`segmentation/eval` are read by the shipped models; those of the development sites by models that never saw these sites,
made in the same run (`development/`).
"""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import trafilatura
import typer
from readability import Document
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from broadsheet.intake.language import detect
from broadsheet.segmenter.model import FOLDER
from broadsheet.segmenter.segment import segment
from broadsheet_schemas import AcceptedDocument, Language, SegmentedDocument, Source, Teaser
from broadsheet_schemas.accepted import ContentType
from training.segmenter.corpora import FEW_LABELS, MEASURED_ON, TRAINED_ON, is_development, read_annotations, read_rows
from training.segmenter.measured import Measured, Reading
from training.segmenter.report import print_report
from training.segmenter.scores import FIELDS, SAME, gold_items, precision_recall, word_f1, words
from training.segmenter.train import DEVELOPMENT

SEEN_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def measure(row: Mapping[str, Any], marks: Mapping[str, Any] | None, *, development: bool) -> Measured:
    """Read one page of a corpus in every way."""
    logging.disable(logging.CRITICAL)
    language = detect(row["gold_body"] or row["text"])
    accept = partial(_accepted, row, language)
    folder = DEVELOPMENT if development else FOLDER
    readings = {"text": _ours(segment(accept(row["text"], "text/plain"), folder), row)}
    if row.get("html"):
        readings["html"] = _ours(segment(accept(row["html"], "text/html"), folder), row)
        readings["trafilatura"] = _theirs(trafilatura.extract(row["html"], include_comments=False), row)
        readings["readability"] = _theirs(_readability(row["html"]), row)
    lines = [line["text"] for line in row["lines"]]
    return Measured(
        id=row["id"],
        corpus=row["corpus"],
        development=development,
        language=language.code,
        readings=readings,
        marked=gold_items(marks, lines) if marks else None,
        marked_once=gold_items(marks, lines, once=True) if marks else [],
        ambiguous=" ".join(lines[place] for place in marks["ambiguous"]) if marks else "",
        original=marks is not None and "gold_body" in marks,
    )


def _accepted(row: Mapping[str, Any], language: Language, content: str, kind: ContentType) -> AcceptedDocument:
    return AcceptedDocument(
        document_id="page",
        revision="0" * 64,
        source=Source(url=row.get("url")),
        content=content,
        content_type=kind,
        language=language,
        received_at=SEEN_AT,
    )


def _ours(document: SegmentedDocument, row: Mapping[str, Any]) -> Reading:
    body = "\n".join(block.text for block in document.body)
    shown = [(place, _texts(teaser)) for teaser in document.teasers for place in _places(teaser)]
    return Reading(
        body=precision_recall(row["gold_body"], body),
        title=_title_right(document.title.text if document.title else "", row),
        teasers=[item for _, item in sorted(shown, key=lambda pair: pair[0])],
        confidence=document.confidence,
    )


def _places(teaser: Teaser) -> list[int]:
    return [teaser.start, *(span.start for span in teaser.also_at)]


def _texts(teaser: Teaser) -> dict[str, str]:
    found = {"headline": teaser.headline, "date": teaser.published}
    found |= {name: getattr(teaser, name) for name in FIELDS if name != "date"}
    return {name: span.text for name, span in found.items() if span}


def _title_right(title: str, row: Mapping[str, Any]) -> bool | None:
    shown = [line["text"] for line in row["lines"] if line["label"] == "title"]
    return any(word_f1(words(title), words(text)) >= SAME for text in shown) if shown else None


def _theirs(body: str | None, row: Mapping[str, Any]) -> Reading:
    return Reading(body=precision_recall(row["gold_body"], body or ""))


def _readability(html: str) -> str:
    try:
        summary = Document(html).summary()
    except Exception:  # noqa: BLE001 - whatever it raises on a page, it made nothing of that page
        return ""
    return LexborHTMLParser(summary).text(separator="\n")


def pages(corpora: Path) -> Iterator[tuple[dict[str, Any], Mapping[str, Any] | None, bool]]:
    """Give the pages to measure, with their marked teasers, and whether they are of the development sites."""
    marks: dict[tuple[str, str], Mapping[str, Any]] = dict(read_annotations(corpora))
    for row in read_rows(corpora / "teasers" / "train.jsonl.gz"):
        marks[row["corpus"], row["id"]] = row  # the few of eval too, which nothing was trained on
    for split, names in (("train", TRAINED_ON), ("eval", MEASURED_ON)):
        for name in names:
            for row in read_rows(corpora / "segmentation" / split / f"{name}.jsonl.gz"):
                development = split == "train"
                if (row.get("unlabelled_long_in_body") or 0) >= FEW_LABELS:
                    continue
                if not development or is_development(row.get("domain") or row["id"]):
                    yield row, marks.get((name, row["id"])), development


def measure_all(corpora: Path, processes: int) -> list[Measured]:
    """Measure every page."""
    rows = list(pages(corpora))
    with ProcessPoolExecutor(processes) as pool:
        futures = [pool.submit(measure, row, marks, development=apart) for row, marks, apart in rows]
        return [future.result() for future in futures]


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    processes: Annotated[int, typer.Option(min=1, help="Processes that read pages.")] = 2,
    worst: Annotated[int, typer.Option(min=0, help="Name so many pages whose body is worst.")] = 0,
) -> None:
    """Print every figure of the segmenter."""
    print_report(Console(width=132), measure_all(corpora, processes), worst)


if __name__ == "__main__":
    typer.run(main)
