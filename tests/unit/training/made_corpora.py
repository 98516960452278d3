"""Corpora made for the tests, in the form of the real ones: a few pages of sites that never were."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

NOUNS = ("harbour", "council", "orchestra", "ferry", "museum", "library", "railway", "festival", "reservoir", "bakery")
VERBS = ("opens", "closes", "delays", "sells", "repairs", "praises", "doubts", "returns", "loses", "finds")
MENU = ("Home", "News", "Sport", "Weather", "Contact")

Line = tuple[str, str, str]
"""Text, label and tag."""


def write(folder: Path, pages: int = 24, seed: int = 3) -> Path:
    """Write corpora into a folder; give the folder."""
    random = np.random.default_rng(seed)
    rows = [_row(number, random) for number in range(pages)]
    _dump(folder / "segmentation" / "train" / "scrapinghub.jsonl.gz", [row for row, _ in rows])
    _dump(folder / "teasers" / "train.jsonl.gz", [marks for _, marks in rows])
    return folder


def _row(number: int, random: np.random.Generator) -> tuple[dict[str, Any], dict[str, Any]]:
    title, body = _headline(random), [_paragraph(random) for _ in range(4)]
    teasers = [(_headline(random), _paragraph(random, 1)) for _ in range(3)]
    lines: list[Line] = [(text, "other", "li") for text in MENU]
    lines += [(title, "title", "h1"), *((text, "body", "p") for text in body), ("More stories", "other", "h2")]
    first = len(lines)
    for headline, summary in teasers:
        lines += [(headline, "other_or_teaser", "h3"), (summary, "other_or_teaser", "p")]
    domain = f"paper{number % 8}.example"
    row = {
        "id": f"page-{number}",
        "corpus": "scrapinghub",
        "domain": domain,
        "url": f"https://{domain}/{number}",
        "html": "".join(f"<{tag}>{text}</{tag}>" for text, _, tag in lines),
        "text": "\n\n".join(text for text, _, _ in lines),
        "gold_body": "\n".join(body),
        "gold_title": title,
        "unlabelled_long_in_body": 0,
        "lines": [{"text": text, "label": label, "blank_before": 1} for text, label, _ in lines],
    }
    items = [{"headline": [place], "summary": [place + 1]} for place in range(first, len(lines), 2)]
    return row, {**row, "headers": [first - 1], "ambiguous": [], "teasers": items}


def _headline(random: np.random.Generator) -> str:
    return f"{random.choice(NOUNS)} {random.choice(VERBS)} the {random.choice(NOUNS)}".capitalize()


def _paragraph(random: np.random.Generator, sentences: int = 3) -> str:
    return " ".join(
        f"The {random.choice(NOUNS)} {random.choice(VERBS)} what the {random.choice(NOUNS)} of the town {random.choice(VERBS)}."
        for _ in range(sentences)
    )


def _dump(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")
