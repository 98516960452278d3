"""The trained model: word pieces in, the probabilities of each word's tags out. Runs by onnxruntime and tokenizers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from broadsheet.runtime.shipped import open_model, read_shipped
from broadsheet.tagger.english.pieces import Pieces
from broadsheet.tagger.english.tags import OUTSIDE, TAGS
from broadsheet.tagger.english.windows import pack, rows
from broadsheet_schemas import Producer

FOLDER = Path(__file__).parents[1] / "models"
"""Where the shipped model lies."""

FILE = "english.onnx"

NAME, VERSION = "broadsheet-names", "1"
"""Name and version of the model; raise the version with every model that tags pages otherwise."""


_UNREAD = np.full(len(TAGS), -20.0, np.float32)
_UNREAD[OUTSIDE] = 0.0
"""What is said of a sentence that names nothing and is not read: surely outside."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model.

    Attributes:
        producer: its name, its version and the SHA-256 of its file.
    """

    producer: Producer
    _session: ort.InferenceSession

    def predict(self, texts: Sequence[Pieces]) -> list[NDArray[np.float32]]:
        """Give for each text the natural logarithms of the probabilities of its pieces' tags, (pieces, tags).

        Texts given together are read together where they fit into one window. Windows are read one by one, so memory
        does not grow with the text, and what is tagged before or behind a window changes nothing in it.
        """
        found = [np.tile(_UNREAD, (len(pieces), 1)) for pieces in texts]
        for held in pack(texts):
            (tags,) = self._session.run(["tags"], rows(texts, held))
            at = 1
            for stretch in held:
                size = stretch.stop - stretch.start
                found[stretch.text][stretch.start : stretch.stop] = tags[at : at + size]
                at += size + 1
        return found


@lru_cache(maxsize=2)
def load_model(folder: Path = FOLDER) -> Model:
    """Load the model; once in a process.

    Raises:
        OperatorError: `model_unusable`, the file is missing, is not the one that was shipped, or is no such model.
    """
    opened = open_model(folder / FILE)
    return Model(Producer(name=NAME, version=VERSION, sha256=opened.sha256), opened.session)


def describe_model(folder: Path = FOLDER) -> Producer:
    """Give name, version and SHA-256 of the shipped model without loading it.

    Raises:
        OperatorError: `model_unusable`, the file is missing or is not the one that was shipped.
    """
    return Producer(name=NAME, version=VERSION, sha256=read_shipped(folder / FILE)[1])
