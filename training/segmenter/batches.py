"""Pages as the network takes them: features, labels, and batches of like length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.page_features import Features, read_features
from broadsheet.segmenter.lines import Page, lay_out
from broadsheet.segmenter.roles import Role
from training.segmenter.corpora import ALL, TITLE, LabelledPage
from training.segmenter.network import Batch

LINES = 4096
"""Lines of a batch, padding included."""

BUCKETS = (64, 128, 256, 512, 1024)
"""Lengths that pages are padded to; a longer page is cut into windows of the last."""

GRAMS = 26
"""N-grams of a line on average at most; a batch with more loses some at random."""


@dataclass(frozen=True, slots=True)
class Example:
    """The features and labels of a page or of a window of one."""

    numbers: NDArray[np.float32]
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]
    roles: NDArray[np.int32]
    begins: NDArray[np.int8]
    weight: NDArray[np.float32]
    titled: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What makes the numbers of a column alike in size: their mean and their spread in training."""

    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    names: tuple[str, ...]

    def apply(self, numbers: NDArray[np.float32]) -> NDArray[np.float32]:
        """Standardise."""
        return np.asarray(np.clip((numbers - self.mean) / self.spread, -6, 6), np.float32)


def column_names(page: LabelledPage) -> tuple[str, ...]:
    """Give the names of a page's columns."""
    return read_features(lay_out((line.piece for line in page.lines), page.boxes)).names


def read_page_features(page: LabelledPage) -> tuple[Page, Features]:
    """Give a labelled page as laid out, and what the model sees of it.

    Raises:
        ValueError: the page has no line, or one without text.
    """
    laid = lay_out((line.piece for line in page.lines), page.boxes)
    if len(laid.lines) != len(page.lines) or not laid.lines:
        raise ValueError(f"page {page.id} of {page.corpus} has lines without text")
    return laid, read_features(laid, host=page.domain, title=next(iter(page.titles), ""))


def examples(page: LabelledPage) -> list[Example]:
    """Give a page's example, or several when it is longer than the longest bucket."""
    _, features = read_page_features(page)
    roles = np.array([line.roles for line in page.lines], np.int32)
    begins = np.array([-1 if line.begins is None else line.begins for line in page.lines], np.int8)
    weights = (roles != ALL).astype(np.float32)
    starts = features.grams.starts
    found = []
    for start in range(0, len(roles), BUCKETS[-1]):
        stop = min(start + BUCKETS[-1], len(roles))
        rows = features.grams.rows[starts[start] : starts[stop]]
        found.append(
            Example(
                features.numbers[start:stop],
                rows,
                starts[start : stop + 1] - starts[start],
                roles[start:stop],
                begins[start:stop],
                weights[start:stop],
                _titled(page, roles[start:stop], whole=len(roles) <= BUCKETS[-1]),
            )
        )
    return found


def _titled(page: LabelledPage, roles: NDArray[np.int32], *, whole: bool) -> int:
    """Tell whether a page or a window of it shows the title: 1, 0, or -1 where nobody knows."""
    if (roles == TITLE).any():
        return 1
    return 0 if page.untitled and whole else -1


def scale_of(found: Sequence[Example], names: tuple[str, ...]) -> Scale:
    """Give the scale of some examples' columns; a column that never changes is left as it is."""
    numbers = np.concatenate([example.numbers for example in found]).astype(np.float64)
    spread = numbers.std(axis=0)
    return Scale(numbers.mean(axis=0).astype(np.float32), np.where(spread < 1e-3, 1, spread).astype(np.float32), names)


def batches(found: Sequence[Example], random: np.random.Generator, scale: Scale) -> Iterator[Batch]:
    """Give the examples in random order, in batches of like length."""
    chosen = []
    order = random.permutation(len(found))
    for bucket, below in zip(BUCKETS, (0, *BUCKETS), strict=False):
        inside = [place for place in order if below < len(found[place].roles) <= bucket]
        size = LINES // bucket
        chosen += [(bucket, inside[start : start + size]) for start in range(0, len(inside), size)]
    random.shuffle(chosen)
    for bucket, places in chosen:
        yield pad([found[place] for place in places], LINES // bucket, bucket, scale, random=random)


FAMILIES = (
    ("near_", "around_"),
    ("link_",),
    ("box",),
    ("title_",),
    ("in_",),
    ("topic_",),
    ("word_", "some_word_"),
    ("shared", "echo"),
)
"""Columns, by the beginning of their names, that may tell nothing on a page: other class names, another language."""

UNSEEN = 0.1
"""Share of pages on which a family of columns is set to its mean in training."""


def _unseen(names: tuple[str, ...], random: np.random.Generator) -> list[int]:
    """Draw the columns that are not to be seen of a page."""
    gone = tuple(start for family in FAMILIES if random.random() < UNSEEN for start in family)
    return [place for place, name in enumerate(names) if gone and name.startswith(gone)]


def pad(
    found: Sequence[Example],
    pages: int,
    lines: int,
    scale: Scale,
    *,
    random: np.random.Generator | None = None,
    grams: int = 0,
) -> Batch:
    """Pad some examples to `pages` pages of `lines` lines.

    Args:
        found: the examples.
        pages: pages of the batch.
        lines: lines of each.
        scale: the scale of the numbers.
        random: draws what is not to be seen in training; None shows everything.
        grams: n-grams of the batch; 0 for `GRAMS` a line.
    """
    columns = found[0].numbers.shape[1]
    numbers = np.zeros((pages, lines, columns), np.float32)
    mask, weight = np.zeros((pages, lines), np.float32), np.zeros((pages, lines), np.float32)
    roles = np.ones((pages, lines, len(Role)), np.float32)
    begins = np.full((pages, lines), -1, np.float32)
    titled = np.full(pages, -1, np.float32)
    rows, where = [], []
    for page, example in enumerate(found):
        size = len(example.roles)
        numbers[page, :size] = scale.apply(example.numbers)
        if random is not None:
            numbers[page][:, _unseen(scale.names, random)] = 0
        mask[page, :size] = 1
        weight[page, :size] = example.weight
        roles[page, :size] = (example.roles[:, None] >> np.arange(len(Role))) & 1
        begins[page, :size] = example.begins
        titled[page] = example.titled
        rows.append(example.rows)
        where.append(np.repeat(np.arange(size), np.diff(example.starts)) + page * lines)
    all_rows, all_where = np.concatenate(rows), np.concatenate(where)
    most = grams or GRAMS * pages * lines
    if len(all_rows) > most:
        keep = np.sort((random or np.random.default_rng(0)).choice(len(all_rows), most, replace=False))
        all_rows, all_where = all_rows[keep], all_where[keep]
    missing = most - len(all_rows)
    return Batch(
        numbers,
        np.concatenate((all_rows, np.zeros(missing, np.int32))).astype(np.int32),
        np.concatenate((all_where, np.full(missing, pages * lines))).astype(np.int32),
        mask,
        roles,
        begins,
        weight,
        titled,
    )
