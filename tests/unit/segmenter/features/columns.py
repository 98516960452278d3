"""The columns of lines of plain text, by name."""

from broadsheet.segmenter.features.page_features import read_features
from broadsheet.segmenter.lines import Piece, lay_out

PROSE = "The ferry went back to the island in the morning, and nobody on the quay asked why it had ever left it."


def numbers(*lines: str, gaps: tuple[int, ...] = ()) -> dict[str, list[float]]:
    """Give the columns of some lines; those whose places are in `gaps` have a gap above them."""
    features = read_features(lay_out(Piece(text, place in gaps) for place, text in enumerate(lines)))
    return {name: features.numbers[:, place].tolist() for place, name in enumerate(features.names)}
