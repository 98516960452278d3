"""Words, pairs and shapes as rows of the embedding table."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.features.characters import read_characters
from broadsheet.segmenter.features.ngrams import FIRST, LAST, ROWS, Grams, read_grams
from broadsheet.segmenter.features.words import read_words

LINES = st.lists(st.text(st.characters(), min_size=1), min_size=1)


def read(*lines: str) -> Grams:
    characters = read_characters(lines)
    return read_grams(characters, read_words(characters))


def rows_of(grams: Grams, line: int = 0) -> Sequence[int]:
    rows: list[int] = grams.rows[grams.starts[line] : grams.starts[line + 1]].tolist()
    return rows


def test_a_line_of_two_words_has_its_words_their_pair_their_shapes_and_its_edges() -> None:
    both, first, second = rows_of(read("ferry back")), rows_of(read("ferry")), rows_of(read("back"))

    assert (len(both), len(first), len(second)) == (2 + 1 + 2 + 2, 1 + 1 + 2, 1 + 1 + 2)
    assert both[0] == first[0]
    assert both[1] == second[0]


def test_the_order_of_words_shows_in_the_pair_alone() -> None:
    one, other = rows_of(read("ferry back")), rows_of(read("back ferry"))

    assert sorted(one[:2]) == sorted(other[:2])
    assert one[2] != other[2]


def test_case_shows_in_the_shapes_and_not_in_the_words() -> None:
    lower, title = rows_of(read("ferry is back")), rows_of(read("Ferry Is Back"))
    assert lower[:5] == title[:5]
    assert set(lower[5:8]).isdisjoint(title[5:8])


def test_the_first_and_the_last_character_show() -> None:
    plain = rows_of(read("ferry is back"))

    assert [row for row in rows_of(read("“ferry is back")) if row not in plain] == [rows_of(read("“"))[0]]
    assert [row for row in rows_of(read("ferry is back?")) if row not in plain] == [rows_of(read("?"))[1]]


def test_the_middle_of_a_long_line_is_not_looked_at() -> None:
    words = [f"w{place}" for place in range(200)]
    changed = [*words[:22], *(word * 2 for word in words[22:-9]), *words[-9:]]
    first, last = [*words[:21], "x", *words[22:]], [*words[:-8], "x", *words[-7:]]

    assert (FIRST, LAST) == (22, 8)
    assert rows_of(read(" ".join(words))) == rows_of(read(" ".join(changed)))
    assert rows_of(read(" ".join(words))) != rows_of(read(" ".join(first)))
    assert rows_of(read(" ".join(words))) != rows_of(read(" ".join(last)))


@given(LINES)
@settings(deadline=None)
def test_every_line_has_rows_of_the_table_and_they_are_its_own(lines: list[str]) -> None:
    grams = read(*lines)

    assert grams.starts[0] == 0
    assert grams.starts[-1] == len(grams.rows)
    assert ((grams.rows >= 0) & (grams.rows < ROWS)).all()
    for place, line in enumerate(lines):
        assert rows_of(grams, place) == rows_of(read(line))
        assert rows_of(grams, place)
