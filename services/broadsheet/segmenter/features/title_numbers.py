"""Numbers of how like each line is to what the page is called elsewhere."""

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.features.line_numbers import Column


def title_numbers(titled: NDArray[np.int64], words: NDArray[np.uint16], title: int) -> dict[str, Column]:
    """Give how like each line is to what the page is called: the share of its words in it, and of its words in the line.

    Args:
        titled: how many words of each line are words of the page's title.
        words: how many words each line has.
        title: how many words the title has; 0 when none is told.
    """
    precision, recall = titled / np.maximum(words, 1), titled / max(title, 1)
    return {
        "title_precision": precision,
        "title_recall": np.minimum(recall, 1),
        "title_same": ((precision > 0.8) & (recall > 0.6)).astype(np.float32),  # noqa: PLR2004 - nearly the same words
        "title_told": np.broadcast_to(np.float32(title > 0), len(words)),
    }
