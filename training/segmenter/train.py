"""From the corpora to the shipped models, in one command: `make train-segmenter CORPORA=DIR`.

For each kind of input, plain text and HTML, first as many networks as are shipped, on the training sites alone: averaged, they are
measured on the development sites, which they never saw, and calibrate the confidence: one that is fitted on a single network says
too little of three together. Then the networks that are shipped, on all sites.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from broadsheet.segmenter.model import FOLDER, Kind, load_model
from training.checksums import write_checksums
from training.segmenter.augment import HTML, TEXT, Augmenter
from training.segmenter.batches import Example, column_names, examples, scale_of
from training.segmenter.calibration import calibrate
from training.segmenter.corpora import LabelledPage, is_development, read_pages
from training.segmenter.export import export
from training.segmenter.fit import Fitted, Recipe, fit
from training.segmenter.made_teasers import sources

NAME, VERSION = "broadsheet-lines", "1"

DEVELOPMENT = Path(__file__).parent / "development"
"""Where the networks for measuring lie; they are not shipped."""

EPOCHS: dict[Kind, int] = {"text": 24, "html": 16}
"""Times that every page is seen. Without markup there is more to learn and more ways to vary a page."""

MEMBERS: dict[Kind, int] = {"text": 2, "html": 3}
"""Networks whose answers are averaged: what the speed that is asked for leaves room for."""


UNCALIBRATED = (0.0,) * 6
"""Weights of the confidence of a model that is yet to be measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many networks, of which seeds, and how they are fitted."""

    recipe: Recipe = field(default_factory=Recipe)
    members: int = 3
    seed: int = 1


def train(kind: Kind, pages: Sequence[LabelledPage], plan: Plan, out: Path, development: Path) -> None:
    """Fit, measure, calibrate and write the model of one kind.

    Args:
        kind: plain text or HTML.
        pages: the training pages of that kind.
        plan: how.
        out: folder of the shipped model.
        development: folder of the model for measuring.
    """
    known = [page for page in pages if not is_development(page.domain)]
    apart = [page for page in pages if is_development(page.domain) and page.gold.get("gold_body")]
    names = column_names(pages[0])
    seeds = range(plan.seed, plan.seed + plan.members)
    measured = [_fit(kind, known, plan, seed) for seed in seeds]
    _write(kind, measured, development, names, UNCALIBRATED)
    load_model.cache_clear()
    weights = calibrate(load_model(kind, development), apart)
    _write(kind, measured, development, names, weights)
    shipped: list[Fitted] = []
    for seed in seeds:
        shipped.append(_fit(kind, pages, plan, seed))
        _write(kind, shipped, out, names, weights)


def _fit(kind: Kind, pages: Sequence[LabelledPage], plan: Plan, seed: int) -> Fitted:
    """Fit one network; the pages of the next epoch are varied while this one's are learnt."""
    augmenter = Augmenter(pages, sources(pages), HTML if kind == "html" else TEXT)
    plain = [example for page in pages for example in examples(page)]
    scale = scale_of(plain, column_names(pages[0]))

    def epoch(number: int) -> list[Example]:
        random = np.random.default_rng([seed, number])
        return [example for page in pages for example in examples(augmenter.vary(page, random))]

    waiting: dict[int, Future[list[Example]]] = {}
    with ThreadPoolExecutor(1) as pool:

        def next_epoch(number: int) -> list[Example]:
            found = (waiting.pop(number, None) or pool.submit(epoch, number)).result()
            if number + 1 < plan.recipe.epochs:
                waiting[number + 1] = pool.submit(epoch, number + 1)
            return found

        return fit(next_epoch, scale, plan.recipe, seed, lambda line: typer.echo(f"{kind} {line}"))


def _write(kind: Kind, members: Sequence[Fitted], folder: Path, names: Sequence[str], weights: Sequence[float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    told = {"name": NAME, "version": VERSION, "kind": kind, "columns": list(names), "confidence": list(weights)}
    export(members, folder / f"{kind}.onnx", told)
    write_checksums(folder)


def main(  # noqa: PLR0917 - typer calls it by name
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    out: Annotated[Path, typer.Option(help="Folder of the shipped models.")] = FOLDER,
    development: Annotated[Path, typer.Option(help="Folder of the models for measuring.")] = DEVELOPMENT,
    kind: Annotated[str, typer.Option(help="text, html or both.")] = "both",
    epochs: Annotated[int | None, typer.Option(min=1, help="Epochs of each network, in place of the recipe's.")] = None,
    members: Annotated[
        int | None, typer.Option(min=1, help="Networks that are averaged, in place of the recipe's.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the first network.")] = 1,
) -> None:
    """Make the models of the segmenter."""
    text, html = read_pages(corpora)
    pages: dict[Kind, list[LabelledPage]] = {"text": text, "html": html}
    for name in [name for name in pages if kind in (name, "both")]:
        recipe = replace(Recipe(), epochs=epochs or EPOCHS[name])
        train(name, pages[name], Plan(recipe, members or MEMBERS[name], seed), out, development)


if __name__ == "__main__":
    typer.run(main)
