"""The signature of a body, by which nearly the same ones are found without comparing all with all: MinHash, in bands.

Each band digests a few numbers of the signature; two texts share a band with a chance that grows steeply with what they
have in common, so that one query for a text's bands finds its near copies (Broder 1997; Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3). What they find is then compared exactly (`shingles.overlap`).
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from struct import pack

from rensa import RMinHash

from broadsheet.indexer.shingles import shingle_batches

BANDS = 64
ROWS = 3
"""Numbers in a band. With 64 bands of 3, texts with a Jaccard index J share one with a chance of 1-(1-J^3)^64: 0.9998 at
J = 0.5, 0.98 at 0.4, 0.83 at 0.3, and at 0.01, where unrelated pages lie, 6 in 100,000."""

SEED = 20_260_101
SCHEME = f"rensa {RMinHash.ALGORITHM_VERSION}, {ROWS}".encode()
"""Goes into every band, so that signatures made in another way never meet."""

DIGEST_BYTES = 6
"""Of a band: among a million pages two unlike bands are then the same with a chance of 4 in a billion."""


def bands(text: str) -> list[str]:
    """Give the bands of a text's signature, in no meaningful order; none for a text without words."""
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    empty = True
    for batch in shingle_batches(text):
        sketch.update(batch)
        empty = False
    if empty:
        return []
    numbers: list[int] = sketch.digest()
    return [_digest(band, numbers[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _digest(band: int, numbers: Iterable[int]) -> str:
    """Digest a band together with its number: the same numbers in another band mean nothing."""
    packed = pack(f"<{1 + ROWS}I", band, *numbers)
    return urlsafe_b64encode(hashlib.blake2b(packed, digest_size=DIGEST_BYTES, person=SCHEME).digest()).decode()
