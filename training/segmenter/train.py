"""From the corpora to the shipped models, in one command: `make train-segmenter CORPORA=DIR`.

For each kind of input, plain text and HTML, first a network on the training sites alone: it is measured on the
development sites, which it never saw, and calibrates the confidence. Then the network that is shipped, made in the same way
on all sites. Either learns from the labels and from the mean answer of teachers that saw the same sites.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
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
from training.segmenter.network import WIDTH

NAME, VERSION = "broadsheet-lines", "1"

DEVELOPMENT = Path(__file__).parent / "development"
"""Where the networks for measuring lie; they are not shipped."""

EPOCHS: dict[Kind, int] = {"text": 20, "html": 16}
"""Times that every page is seen. Without markup there is more to learn and more ways to vary a page."""

TEACHERS: dict[Kind, int] = {"text": 2, "html": 3}
"""Networks whose mean answer the shipped one learns."""

WIDTHS: dict[Kind, int] = {"text": 128, "html": 96}
"""Channels of the shipped network: what the speed that is asked for leaves room for."""


UNCALIBRATED = (0.0,) * 6
"""Weights of the confidence of a model that is yet to be measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the networks are fitted, how many teachers there are, the channels of the shipped network, and the seed."""

    recipe: Recipe = field(default_factory=Recipe)
    teachers: int = 2
    width: int = WIDTH
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
    measured = _taught(kind, known, plan)
    _write(kind, measured, development, names, UNCALIBRATED)
    load_model.cache_clear()
    weights = calibrate(load_model(kind, development), apart)
    _write(kind, measured, development, names, weights)
    _write(kind, _taught(kind, pages, plan), out, names, weights)


def _taught(kind: Kind, pages: Sequence[LabelledPage], plan: Plan) -> Fitted:
    """Fit the teachers side by side, then the network that learns what they say."""
    augmenter = Augmenter(pages, sources(pages), HTML if kind == "html" else TEXT)
    scale = scale_of([example for page in pages for example in examples(page)], column_names(pages[0]))

    def fitted(recipe: Recipe, seeds: Sequence[int], teachers: Sequence[Fitted] = ()) -> list[Fitted]:
        with _varied(augmenter, pages, seeds[0], recipe.epochs) as epoch:
            return fit(epoch, scale, recipe, seeds, teachers=teachers, say=lambda line: typer.echo(f"{kind} {line}"))

    teachers = fitted(plan.recipe, range(plan.seed, plan.seed + plan.teachers))
    return fitted(replace(plan.recipe, width=plan.width), [plan.seed + plan.teachers], teachers)[0]


@contextmanager
def _varied(
    augmenter: Augmenter, pages: Sequence[LabelledPage], seed: int, epochs: int
) -> Iterator[Callable[[int], list[Example]]]:
    """Vary the pages of the next epoch while this one's are learnt."""

    def vary(number: int) -> list[Example]:
        random = np.random.default_rng([seed, number])
        return [example for page in pages for example in examples(augmenter.vary(page, random))]

    waiting: dict[int, Future[list[Example]]] = {}
    with ThreadPoolExecutor(1) as pool:

        def epoch(number: int) -> list[Example]:
            found = (waiting.pop(number, None) or pool.submit(vary, number)).result()
            if number + 1 < epochs:
                waiting[number + 1] = pool.submit(vary, number + 1)
            return found

        yield epoch


def _write(kind: Kind, fitted: Fitted, folder: Path, names: Sequence[str], weights: Sequence[float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    told = {"name": NAME, "version": VERSION, "kind": kind, "columns": list(names), "confidence": list(weights)}
    export([fitted], folder / f"{kind}.onnx", told)
    write_checksums(folder)


def main(  # noqa: PLR0917 - typer calls it by name
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    out: Annotated[Path, typer.Option(help="Folder of the shipped models.")] = FOLDER,
    development: Annotated[Path, typer.Option(help="Folder of the models for measuring.")] = DEVELOPMENT,
    kind: Annotated[str, typer.Option(help="text, html or both.")] = "both",
    epochs: Annotated[int | None, typer.Option(min=1, help="Epochs of each network, in place of the recipe's.")] = None,
    teachers: Annotated[
        int | None,
        typer.Option(min=1, help="Networks whose mean answer the shipped one learns, in place of the recipe's."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the first network.")] = 1,
) -> None:
    """Make the models of the segmenter."""
    text, html = read_pages(corpora)
    pages: dict[Kind, list[LabelledPage]] = {"text": text, "html": html}
    for name in [name for name in pages if kind in (name, "both")]:
        recipe = replace(Recipe(), epochs=epochs or EPOCHS[name])
        train(name, pages[name], Plan(recipe, teachers or TEACHERS[name], WIDTHS[name], seed), out, development)


if __name__ == "__main__":
    typer.run(main)
