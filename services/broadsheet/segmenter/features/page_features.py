"""All that the model sees of a page, put together."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.line_counts import Counts, Row
from broadsheet.segmenter.features.line_numbers import Column, line_numbers
from broadsheet.segmenter.features.line_reading import Reading, read_lines, read_title
from broadsheet.segmenter.features.markup_numbers import PageMarkup, read_markup
from broadsheet.segmenter.features.meanings import meaning_numbers, title_topic
from broadsheet.segmenter.features.ngrams import Grams
from broadsheet.segmenter.features.page_numbers import page_numbers
from broadsheet.segmenter.features.prose import Prose, find_prose
from broadsheet.segmenter.features.rows import rows_of
from broadsheet.segmenter.features.title_numbers import title_numbers
from broadsheet.segmenter.lines import Page

CLIP = 4.0
"""Numbers are kept within this distance of 0: rare values must not blow up on odd pages."""


@dataclass(frozen=True)
class Features:
    """What the model sees of a page.

    All of it is made of any lines when it is asked for: 230 numbers of each of 100,000 lines would take 90 MB.
    """

    _lengths: NDArray[np.int64]
    _counts: Counts
    _rows: NDArray[np.uint16]
    _starts: NDArray[np.int64]
    _in_page: dict[str, Column]
    _markup: PageMarkup | None = None
    _titled: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        """Give how many lines the page has."""
        return len(self._lengths)

    @cached_property
    def numbers(self) -> NDArray[np.float32]:
        """The numbers of all lines, (lines, columns) float32, in the order of `names`."""
        return self.numbers_of(0, len(self))

    @cached_property
    def grams(self) -> Grams:
        """The n-grams of all lines."""
        return self.grams_of(0, len(self))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each column."""
        return tuple(self._columns(slice(0, 1)))

    def numbers_of(self, start: int, stop: int) -> NDArray[np.float32]:
        """Give the numbers of some lines, (lines, columns) float32."""
        rows = rows_of(self._columns(slice(start, stop)))
        return np.clip(rows.T, -CLIP, CLIP, out=np.empty(rows.shape[::-1], np.float32))

    def grams_of(self, start: int, stop: int) -> Grams:
        """Give the n-grams of some lines."""
        starts = self._starts[start : stop + 1]
        return Grams(self._rows[starts[0] : starts[-1]].astype(np.int32), starts - starts[0])

    def _columns(self, lines: slice) -> dict[str, Column]:
        """Give the columns of some lines by name."""
        columns = line_numbers(self._counts[:, lines], self._lengths[lines])
        columns |= {name: column[lines] for name, column in self._in_page.items()}
        if self._markup:
            columns |= self._markup.numbers(lines)
        return columns | {name: column[lines] for name, column in self._titled.items()}


def read_features(page: Page, *, host: str = "", title: str = "") -> Features:
    """Give the features of a page that has a line at least; with those of markup when its lines have markup.

    Args:
        page: the page.
        host: host of the page's own address, when known.
        title: what the page is called elsewhere: in its head, by its publisher, by its address; its own heading is most often like it.
    """
    lengths = np.fromiter((len(line.text) for line in page.lines), np.int64, len(page.lines))
    called = read_title(title)
    reading = read_lines([line.text for line in page.lines], lengths, called)
    titled = title_numbers(reading.titled, reading.counts[Row.WORDS], len(called))
    marked = page.lines[0].markup is not None
    if not marked:
        titled["title_topic"] = title_topic(reading.topics, called)
    prose = find_prose(reading.counts, lengths)
    in_page = _in_page(page, reading, lengths, prose)
    counts, rows, starts = reading.counts, reading.rows, reading.starts
    del reading  # of 100,000 lines 17 MB more than what is kept of it
    markup = read_markup(page, prose.weight, lengths, host) if marked else None
    return Features(lengths, counts, rows, starts, in_page, markup, titled)


def _in_page(page: Page, reading: Reading, lengths: NDArray[np.int64], prose: Prose) -> dict[str, Column]:
    """Give the columns that hang on the rest of the page by name."""
    gaps = np.fromiter((line.gap for line in page.lines), np.bool_, len(page.lines))
    return page_numbers(reading, lengths, gaps, prose) | meaning_numbers(reading.topics, prose)
