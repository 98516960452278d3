"""The trained model: features in, the probabilities of each line's roles out. Runs by onnxruntime alone."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from broadsheet.runtime.shipped import open_model
from broadsheet.segmenter.features.page_features import Features
from broadsheet.segmenter.roles import Role
from broadsheet_schemas import Producer

Kind = Literal["text", "html"]

FOLDER = Path(__file__).parent / "models"
"""Where the shipped models lie."""

WINDOW, REACH = 512, 64
"""Lines looked at in one go, and the lines around them that they depend on: half the kernel times the sum of the
dilations of `training/segmenter/network.py`."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """What the model says of a page's lines.

    Attributes:
        roles: probability of each role, (lines, roles) float32.
        begins: probability that a line begins a teaser, (lines,) float32.
        title: score of each line as the title, (lines,) float32; compared between lines, with 0 for having none.
    """

    roles: NDArray[np.float32]
    begins: NDArray[np.float32]
    title: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model.

    Attributes:
        producer: its name, its version and the SHA-256 of its file.
        columns: the names of the numbers that it takes, in order.
        confidence: the weights by which confidence is reckoned (`confidence.py`).
    """

    producer: Producer
    columns: tuple[str, ...]
    confidence: tuple[float, ...]
    _session: ort.InferenceSession

    def predict(self, features: Features) -> Probabilities:
        """Give the probabilities of every line.

        Long pages are looked at window by window, each with the lines around it that it depends on, so that memory does
        not grow with the page and nothing changes at the seams.
        """
        lines = len(features)
        found = Probabilities(*(np.empty(shape, np.float32) for shape in ((lines, len(Role)), lines, lines)))
        for start in range(0, lines, WINDOW):
            self._predict(features, slice(start, min(start + WINDOW, lines)), found)
        return found

    def _predict(self, features: Features, lines: slice, found: Probabilities) -> None:
        """Write the probabilities of some lines where they belong."""
        low, high = max(lines.start - REACH, 0), min(lines.stop + REACH, len(features))
        grams = features.grams_of(low, high)
        roles, begins, title = self._session.run(
            ["roles", "begins", "title"],
            {"numbers": features.numbers_of(low, high), "rows": grams.rows.astype(np.int64), "starts": grams.starts},
        )
        inside = slice(lines.start - low, lines.stop - low)
        found.roles[lines], found.begins[lines], found.title[lines] = roles[inside], begins[inside], title[inside]


@lru_cache(maxsize=2)
def load_model(kind: Kind, folder: Path = FOLDER) -> Model:
    """Load the model for plain text or for HTML; once in a process.

    Raises:
        OperatorError: `model_unusable`, the file is missing, is not the one that was shipped, or is no such model.
    """
    opened = open_model(folder / f"{kind}.onnx")
    return Model(
        producer=Producer(name=opened.told["name"], version=opened.told["version"], sha256=opened.sha256),
        columns=tuple(opened.told["columns"]),
        confidence=tuple(opened.told["confidence"]),
        _session=opened.session,
    )
