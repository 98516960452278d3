"""The tables of `score.py`."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from training.segmenter.calibration import RIGHT
from training.segmenter.measured import Measured
from training.segmenter.scores import FIELDS, TeaserScore, distinct, harmonic, mean_f1

READERS = ("trafilatura", "readability", "text", "html")
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0001)


def print_report(console: Console, measured: Sequence[Measured], worst: int = 0) -> None:
    """Print bodies and titles by corpus, bodies by language, teasers, the calibration, and the worst pages."""
    console.print(_bodies("Body F1 and titles, by corpus", measured, _corpus))
    parsers = [page for page in measured if page.corpus == "fundus_parsers"]
    console.print(_bodies("Body F1 and titles on fundus_parsers, by language", parsers, lambda page: page.language))
    console.print(_teasers(measured))
    for reader in ("text", "html"):
        console.print(_calibration(measured, reader))
    for page, reader, score in _worst(measured, worst):
        console.print(f"{score:.3f}  {reader:4}  {_corpus(page):28}  {page.id}")


def _corpus(page: Measured) -> str:
    return f"{'dev' if page.development else 'eval'} {page.corpus}"


def _bodies(title: str, measured: Sequence[Measured], by: Callable[[Measured], str]) -> Table:
    table = Table("pages of", "pages", *READERS, "title text", "title html", title=title)
    for name in dict.fromkeys(by(page) for page in measured):
        group = [page for page in measured if by(page) == name and page.corpus != "kreuzer_news_frontpages"]
        if group:
            scores = [_shown(mean_f1(_readings(group, reader))) for reader in READERS]
            table.add_row(name, str(len(group)), *scores, *(_titles(group, reader) for reader in ("text", "html")))
    return table


def _readings(group: Sequence[Measured], reader: str) -> list[tuple[float, float]]:
    return [page.readings[reader].body for page in group if reader in page.readings]


def _titles(group: Sequence[Measured], reader: str) -> str:
    told = [page.readings[reader].title for page in group if reader in page.readings]
    shown = [right for right in told if right is not None]
    return f"{sum(shown)}/{len(shown)}" if shown else ""


def _teasers(measured: Sequence[Measured]) -> Table:
    heads = ("items", "P", "R", "F1", "F1 once", "F1 distinct", "empty left empty", *FIELDS)
    table = Table("pages", "input", *heads, title="Teasers")
    sets = {
        "development, marked with the corpora": [page for page in measured if page.development and page.original],
        "development, marked here": [page for page in measured if page.development and not page.original],
        "eval": [page for page in measured if not page.development],
    }
    for name, group in sets.items():
        for reader in ("text", "html"):
            table.add_row(name, reader, *_teaser_row(group, reader))
    return table


def _teaser_row(group: Sequence[Measured], reader: str) -> list[str]:
    """Score the teasers: as the corpora's scorer does, with headlines that an item shows twice given once, and distinct items."""
    marked, once, apart = TeaserScore(), TeaserScore(), TeaserScore()
    for page in group:
        if page.marked is not None and reader in page.readings:
            reading = page.readings[reader]
            marked.add(page.marked, reading.teasers, page.ambiguous)
            once.add(page.marked_once, reading.teasers, page.ambiguous)
            apart.add(distinct(page.marked_once), distinct(reading.teasers), page.ambiguous)
    scores = [marked.precision, marked.recall, marked.f1, once.f1, apart.f1]
    fields = [_shown(marked.field_f1(name)) for name in FIELDS]
    items = str(marked.found + marked.missed)
    return [items, *map(_shown, scores), f"{marked.left_empty}/{marked.empty}", *fields]


def _calibration(measured: Sequence[Measured], reader: str) -> Table:
    table = Table(
        "confidence", "pages", "mean confidence", f"body F1 of {RIGHT} or more", title=f"Confidence, {reader}"
    )
    told = [
        (reading.confidence, harmonic(*reading.body) >= RIGHT)
        for page in measured
        if not page.development and (reading := page.readings.get(reader)) and reading.confidence is not None
    ]
    for low, high in pairwise(BINS):
        inside = [(sure, right) for sure, right in told if low <= sure < high]
        if inside:
            means = [sum(values) / len(inside) for values in zip(*inside, strict=True)]
            table.add_row(f"{low:.2f} to {min(high, 1):.2f}", str(len(inside)), *map(_shown, means))
    return table


def _worst(measured: Sequence[Measured], count: int) -> Sequence[tuple[Measured, str, float]]:
    scored = [
        (page, reader, harmonic(*page.readings[reader].body))
        for page in measured
        for reader in ("text", "html")
        if page.development and reader in page.readings and page.corpus != "kreuzer_news_frontpages"
    ]
    return sorted(scored, key=lambda row: row[2])[:count]


def _shown(value: float) -> str:
    return "" if value != value else f"{value:.3f}"  # noqa: PLR0124 - only NaN is not itself
