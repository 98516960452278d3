"""Columns as rows of one array."""

import numpy as np

from broadsheet.segmenter.features.rows import in_rows, rows_of

COLUMNS = {
    "double": np.array([0.1, 2.0]),
    "flag": np.array([1, 0], np.float32),
    "same": np.broadcast_to(np.float32(3), 2),
}


def test_rows_are_the_columns_in_their_order_in_single_precision() -> None:
    rows = rows_of(COLUMNS)

    assert rows.dtype == np.float32
    assert rows.tolist() == [[np.float32(0.1), 2], [1, 0], [3, 3]]


def test_columns_keep_their_names_and_lie_side_by_side() -> None:
    rows = in_rows(COLUMNS)
    starts = [row.__array_interface__["data"][0] for row in rows.values()]

    assert {name: row.tolist() for name, row in rows.items()} == {
        "double": [np.float32(0.1), 2],
        "flag": [1, 0],
        "same": [3, 3],
    }
    assert [start - starts[0] for start in starts] == [0, 8, 16]
