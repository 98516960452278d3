"""Windows: every piece lies in exactly one, sentences stay whole where they fit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.tagger.english.pieces import read_pieces
from broadsheet.tagger.english.silence import is_silent
from broadsheet.tagger.english.windows import END, LENGTH, pack, rows

SENTENCE = "The keeper of the lighthouse said on Monday that the lamp had been lit every night for a hundred years. "


@given(st.lists(st.sampled_from(["Oslo", SENTENCE, SENTENCE * 12, "x" * 900, ",.;" * 200, ""]), max_size=6))
def test_every_piece_is_in_one_window_in_order(texts: list[str]) -> None:
    pieces = [read_pieces(text) for text in texts]
    found = list(pack(pieces))
    covered = [(one.text, place) for held in found for one in held for place in range(one.start, one.stop)]
    assert covered == [
        (number, place) for number, text in enumerate(pieces) for place in np.flatnonzero(~is_silent(text)).tolist()
    ]
    for held in found:
        assert {len(column) for column in rows(pieces, held).values()} == {1 + sum(o.stop - o.start + 1 for o in held)}
        assert len(rows(pieces, held)["ids"]) <= LENGTH


def test_short_texts_share_a_window() -> None:
    pieces = [read_pieces("Oslo"), read_pieces("Ada Field")]
    (held,) = pack(pieces)
    assert [(one.text, one.start, one.stop) for one in held] == [(0, 0, len(pieces[0])), (1, 0, len(pieces[1]))]
    assert list(rows(pieces, held)["ids"]).count(END) == 2


def test_a_long_text_is_cut_behind_a_sentence() -> None:
    text = SENTENCE * 20
    pieces = read_pieces(text)
    for held in pack([pieces]):
        assert all(text[pieces.starts[one.start] :].startswith("The keeper") for one in held)
