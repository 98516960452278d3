"""Sentences of news pages that nobody annotated, for the student to learn the teacher's answers on."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from broadsheet.intake.language import detect

CORPORA = ("andythefactory", "fundus_eval", "fundus_parsers", "scrapinghub", "wcxb_article")
"""Pages that may be trained on; the last are mostly blogs and guides, of which `MOST` are taken."""

MOST = 150

SHORTEST = 400
"""Characters of the shortest article taken."""


def read_news(folder: Path) -> Iterator[str]:
    """Give the title, article and teaser lines of each English page below the folder of the corpora."""
    for name in CORPORA:
        taken = 0
        with gzip.open(folder / "segmentation" / "train" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                body = row["gold_body"] or ""
                if len(body) >= SHORTEST and taken < MOST * (3 if name != CORPORA[-1] else 1) and _is_english(body):
                    taken += 1
                    teasers = [said["text"] for said in row["lines"] if said["label"] in {"teaser", "other_or_teaser"}]
                    yield "\n".join([row["gold_title"] or row["meta_title"] or "", body, "", *teasers[:40]])


def _is_english(text: str) -> bool:
    return detect(text).code == "en"
