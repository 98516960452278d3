"""From the corpora to the shipped model, in one command: `make train-tagger CORPORA=DIR`, under two hours on two cores.

A teacher, the whole encoder, learns the annotated texts. It reads news pages that nobody annotated. The student, the
encoder's lower layers from the teacher, learns both: the annotated texts, with names put in the place of others, and the
teacher's answers. Every step is kept in the folder `work`, and another call goes on where one was cut off.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

os.environ.setdefault(
    "XLA_FLAGS", "--xla_force_host_platform_device_count=2"
)  # see `fit._layout`; before JAX is loaded

import jax
import numpy as np
import typer

from broadsheet.tagger.english.model import FILE, FOLDER, NAME, VERSION
from broadsheet.tagger.english.pieces import read_pieces
from training.checksums import write_checksums
from training.encoder import Weights, load_encoder
from training.tagger.augment import Augmenter
from training.tagger.corpora import SOURCES, Gazetteer, Text, read_corpus, read_text
from training.tagger.export import export
from training.tagger.fit import Recipe, fit
from training.tagger.made_names import places
from training.tagger.network import Params, forward, initial
from training.tagger.news import read_news
from training.tagger.windows import NOTHING_SAID, Batch, Example, Window, batches, stack, windows

TEACHER_LAYERS = (0, 1, 2, 3, 4, 5)
STUDENT_LAYERS = (0, 1, 2, 3)
"""Four of the encoder's six layers: what the speed that is asked for leaves room for."""

SILVER = 0.22
"""Share of the sentences of `gmb_voa` seen in an epoch: they are many, and labelled by machines."""

TAUGHT = 0.35
"""Share of the student's windows that the teacher read."""

ASKED = 8
"""Windows that the teacher reads at once."""

SAMPLED = 100
"""Windows that are read before the export."""

WORK = Path(".cache/train-tagger")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long teacher and student learn."""

    teacher: Recipe = field(default_factory=lambda: Recipe(steps=1000))
    student: Recipe = field(default_factory=lambda: Recipe(steps=1800, seed=2))


def train(texts: Sequence[Text], news: Sequence[str], weights: Weights, plan: Plan, work: Path) -> Params:
    """Fit the teacher, then the student; give the student.

    Args:
        texts: the annotated texts.
        news: texts that nobody annotated.
        weights: of the encoder.
        plan: how long.
        work: folder in which everything is kept on the way.
    """
    work.mkdir(parents=True, exist_ok=True)
    known = Gazetteer(frozenset(name for found in places() for name in found))
    told = [Example(*read_text(text, known), 0) for text in texts]
    told = [replace(example, source=text.source) for example, text in zip(told, texts, strict=True)]
    start = initial(weights, TEACHER_LAYERS, seed=0)
    teacher = fit(start, _plain(told, plan.teacher), plan.teacher, work / "teacher.pickle", typer.echo)
    taught = _ask(teacher, start[1], news)
    augmenter = Augmenter(_organisations(texts), known.names)
    stream = _varied(texts, augmenter, known, taught, plan.student)
    return fit((_lower(teacher, weights), start[1]), stream, plan.student, work / "student.pickle", typer.echo)


def _plain(told: Sequence[Example], recipe: Recipe) -> Iterator[Batch]:
    """Give batches of the annotated texts as they are; their source is not told."""
    random = np.random.default_rng(recipe.seed)
    untold = [(example, replace(example, source=0)) for example in told]
    while True:
        chosen = [plain for example, plain in untold if _is_drawn(example.source, random)]
        yield from batches(list(windows(chosen, random)), recipe.size, random)


def _varied(
    texts: Sequence[Text], augmenter: Augmenter, known: Gazetteer, taught: Sequence[Window], recipe: Recipe
) -> Iterator[Batch]:
    """Give batches of the annotated texts, made anew each time, with windows that the teacher read among them."""
    random = np.random.default_rng(recipe.seed)
    extra = round(TAUGHT * recipe.size) if taught else 0
    while True:
        chosen = [augmenter.vary(text, random) for text in texts if _is_drawn(text.source, random)]
        examples = [Example(*read_text(text, known), text.source) for text in chosen]
        found = list(windows(examples, random))
        order, size = random.permutation(len(found)), recipe.size - extra
        for start in range(0, len(order) - size + 1, size):
            drawn = [found[index] for index in order[start : start + size]]
            yield stack([*drawn, *(taught[index] for index in random.integers(len(taught), size=extra))])


def _is_drawn(source: int, random: np.random.Generator) -> bool:
    return SOURCES[source - 1] != "gmb_voa" or random.random() < SILVER


def _ask(teacher: Params, words: jax.Array, news: Sequence[str]) -> list[Window]:
    """Let the teacher read the news; give what it read with its answers."""
    random = np.random.default_rng(0)
    pieces = [read_pieces(text) for text in news]
    told = [Example(found, np.ones(len(found), np.int32), 0) for found in pieces]
    read = list(windows(told, random))
    answer = jax.jit(lambda teacher, words, batch: jax.nn.softmax(forward(teacher, words, batch)))
    asked = []
    for start in range(0, len(read), ASKED):
        some = read[start : start + ASKED]
        said = np.asarray(answer(teacher, words, stack([*some, *some[:1] * (ASKED - len(some))])))
        for window, tags in zip(some, said, strict=False):
            counted = (window.allowed != NOTHING_SAID)[:, None]
            taught = (tags * counted).astype(np.float16)
            asked.append(window._replace(allowed=np.zeros_like(window.allowed), taught=taught))
    return asked


def _lower(teacher: Params, weights: Weights) -> Params:
    """Give the teacher's lower layers, and what stands around them."""
    kept = initial(weights, STUDENT_LAYERS, seed=0)[0]
    return {name: teacher[name] for name in kept}


def _organisations(texts: Sequence[Text]) -> list[str]:
    return sorted({text.text[start:end] for text in texts for start, end, kind in text.names if kind == "ORG"})


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    out: Annotated[Path, typer.Option(help="Folder of the shipped model.")] = FOLDER,
    work: Annotated[Path, typer.Option(help="Folder in which everything is kept on the way.")] = WORK,
    steps: Annotated[int | None, typer.Option(min=1, help="Steps of each network, in place of the recipes'.")] = None,
) -> None:
    """Make the model of the tagger."""
    plan = Plan()
    if steps:
        plan = Plan(replace(plan.teacher, steps=steps), replace(plan.student, steps=steps))
    weights, _ = load_encoder()
    texts = [text for source in SOURCES for text in read_corpus(corpora, source, "train")]
    student = train(texts, list(read_news(corpora)), weights, plan, work)
    words = np.asarray(initial(weights, STUDENT_LAYERS, seed=0)[1])
    export(student, words, out / FILE, {"name": NAME, "version": VERSION}, _sample(texts))
    write_checksums(out)


def _sample(texts: Sequence[Text]) -> list[Window]:
    """Give some windows of the annotated texts, from which the export sees how large the network's values get."""
    chosen = texts[:: max(1, len(texts) // SAMPLED)]
    pieces = [read_pieces(text.text) for text in chosen]
    examples = [Example(found, np.ones(len(found), np.int32), 0) for found in pieces]
    return list(windows(examples, np.random.default_rng(0)))[:SAMPLED]


if __name__ == "__main__":
    typer.run(main)
