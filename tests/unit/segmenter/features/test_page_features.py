"""All that the model sees of a page."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.features import line_reading, shared_words
from broadsheet.segmenter.features.page_features import CLIP, Features, read_features
from broadsheet.segmenter.lines import Markup, Page, Piece, lay_out
from broadsheet.segmenter.plain_text import read_text

LINES = [
    "POLITICS BY OCTOBER 18, 2025",
    "The ferry to Skerry Point is back in service after a winter on the slip, and half of the island was there to see it.",
    "—",
    "島へ渡る船が再び動く。",
    "İstanbul \U0001f600 \ud800 ẞ",
    "Home",
    "word " * 2_000,
]
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("\n\n aA1.,—船İ\ud800\U0001f600")), min_size=1)


def page_of(lines: list[str], *, markup: Markup | None = None) -> Page:
    return lay_out(Piece(text, gap=place % 3 == 0, markup=markup) for place, text in enumerate(lines))


def assert_same(one: Features, other: Features) -> None:
    assert one.names == other.names
    assert np.array_equal(one.numbers, other.numbers)
    assert np.array_equal(one.grams.rows, other.grams.rows)
    assert np.array_equal(one.grams.starts, other.grams.starts)


def test_every_line_has_every_number_once_and_its_n_grams() -> None:
    features = read_features(page_of(LINES))

    assert features.numbers.shape == (len(LINES), len(features.names))
    assert features.numbers.dtype == np.float32
    assert len(set(features.names)) == len(features.names)
    assert len(features.grams.starts) == len(LINES) + 1


def test_html_has_the_same_numbers_and_more() -> None:
    text = read_features(page_of(LINES))
    html = read_features(page_of(LINES, markup=Markup("p")), host="www.news.example", title="Ferry")

    shared = [name for name in text.names if name != "title_topic"]
    for name in (name for name in shared if not name.startswith("title_")):
        assert np.array_equal(html.numbers[:, html.names.index(name)], text.numbers[:, text.names.index(name)])
    assert set(shared) < set(html.names)


@pytest.mark.parametrize("batch", [1, 50, 1500, 4000])
@pytest.mark.parametrize("markup", [None, Markup("p")], ids=["text", "html"])
def test_a_page_looked_at_in_batches_gives_the_same(
    monkeypatch: pytest.MonkeyPatch, batch: int, markup: Markup | None
) -> None:
    page = page_of(LINES * 3, markup=markup)
    whole = read_features(page, title="The ferry is back")
    monkeypatch.setattr(line_reading, "BATCH", batch)

    assert_same(read_features(page, title="The ferry is back"), whole)


def test_a_page_of_more_code_points_than_a_batch_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of([f"{line} {number}" for number in range(400) for line in LINES[:-1]] * 3)
    assert sum(len(line.text) for line in page.lines) > line_reading.BATCH
    split = read_features(page)
    monkeypatch.setattr(line_reading, "BATCH", 10**9)

    assert_same(split, read_features(page))


@pytest.mark.parametrize("markup", [None, Markup("p", link="/a")], ids=["text", "html"])
def test_some_lines_have_the_numbers_and_n_grams_that_they_have_in_the_whole(markup: Markup | None) -> None:
    features = read_features(page_of(LINES * 2, markup=markup), title="The ferry is back")
    some, starts = features.grams_of(3, 9), features.grams.starts

    assert len(features) == 2 * len(LINES)
    assert np.array_equal(features.numbers_of(3, 9), features.numbers[3:9])
    assert np.array_equal(some.rows, features.grams.rows[starts[3] : starts[9]])
    assert np.array_equal(some.starts, starts[3:10] - starts[3])


def test_how_many_words_are_brought_together_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of([f"{line} again {number % 3}" for number in range(4) for line in LINES])
    whole = read_features(page).numbers
    monkeypatch.setattr(shared_words, "PART", 7)

    np.testing.assert_allclose(read_features(page).numbers, whole, atol=1e-6)


@given(TEXTS)
@settings(deadline=None)
def test_any_text_gives_finite_numbers_within_bounds_and_always_the_same(text: str) -> None:
    page = read_text(text)
    if not page.lines:
        return
    features = read_features(page)

    assert np.isfinite(features.numbers).all()
    assert (np.abs(features.numbers) <= CLIP).all()
    assert_same(features, read_features(page))


@given(st.lists(st.text(min_size=1), min_size=1), st.text(), st.text(), st.booleans())
@settings(deadline=None)
def test_any_markup_and_title_give_finite_numbers(lines: list[str], host: str, title: str, marked: bool) -> None:  # noqa: FBT001 - drawn
    page = page_of(lines, markup=Markup("p", link=lines[0], link_share=1.0) if marked else None)
    if not page.lines:
        return
    features = read_features(page, host=host, title=title)

    assert np.isfinite(features.numbers).all()


@pytest.mark.parametrize("markup", [None, Markup("p")], ids=["text", "html"])
def test_a_line_that_is_like_what_the_page_is_called_says_so(markup: Markup | None) -> None:
    lines = ["Home", "The ferry to Skerry Point is back", LINES[1], "A guitarist sings of her new album"]
    features = read_features(page_of(lines, markup=markup), title="ferry to skerry point back")
    columns = {name: features.numbers[:, place] for place, name in enumerate(features.names)}

    assert columns["title_recall"].argmax() == 1
    assert columns["title_told"].tolist() == [1, 1, 1, 1]
    untold = read_features(page_of(lines, markup=markup))
    assert not any(
        untold.numbers[:, untold.names.index(name)].any() for name in untold.names if name.startswith("title_")
    )


@pytest.mark.parametrize("line", ["\x00", "\u200b", "—", "\ud800", "\U0010ffff", "x" * 10**6, "\u0301"])
def test_odd_lines(line: str) -> None:
    numbers = read_features(page_of([line])).numbers

    assert np.isfinite(numbers).all()
    assert (np.abs(numbers) <= CLIP).all()
