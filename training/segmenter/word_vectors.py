"""The vectors of common English words, `models/words.npz`: `make word-vectors`.

A sentence encoder (all-MiniLM-L6-v2, 6 layers, Apache-2.0) reads every whole word of its vocabulary by itself; the mean of
its outputs is brought from 384 to 32 dimensions and weighted by rarity, after the recipe of model2vec (Tulkens and van
Dongen 2024): principal components, and the logarithm of the rank for Zipf's law. Kept as 8-bit integers, 0.7 MB.
"""

from pathlib import Path
from typing import Annotated

import jax
import numpy as np
import typer
from numpy.typing import NDArray

from broadsheet.segmenter.features.meanings import FILE
from broadsheet.segmenter.features.words import word_hash
from training.checksums import write_checksums
from training.encoder import BEGIN, END, LAYERS, Weights, embed, layer, load_encoder, normalise

DIMENSIONS = 32
FIRST_WORD = 999
"""Before it the vocabulary has placeholders and single marks."""

BATCH = 1024


def encode(weights: Weights, tokens: jax.Array) -> jax.Array:
    """Give the mean output of the encoder for rows of tokens, (rows, 384)."""
    values = normalise(weights, "embeddings.LayerNorm", embed(weights, tokens))
    for number in range(LAYERS):
        values = layer(weights, number, values)
    return values.mean(axis=1)


def reduce(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring the vectors of words, commonest first, to `DIMENSIONS` dimensions, rarer words longer than common ones."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = unit - unit.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    flat = centred @ axes[:DIMENSIONS].T
    rarity = np.log(np.arange(len(flat)) + 2)
    return np.asarray(flat / flat.std() * (rarity / rarity.max())[:, None], np.float32)


def main(out: Annotated[Path, typer.Option(help="The file to write.")] = FILE) -> None:
    """Make the word vectors."""
    weights, vocabulary = load_encoder()
    words = [(number, word) for number, word in enumerate(vocabulary) if number >= FIRST_WORD and word.isalnum()]
    tokens = np.array([(BEGIN, number, END) for number, _ in words])
    step = jax.jit(encode)
    parts = [np.asarray(step(weights, tokens[start : start + BATCH])) for start in range(0, len(tokens), BATCH)]
    vectors = reduce(np.concatenate(parts))
    hashes = np.array([word_hash(word) for _, word in words], np.uint32)
    order = np.argsort(hashes)
    scale = np.float32(np.abs(vectors).max() / 127)
    np.savez_compressed(out, keys=hashes[order], vectors=np.round(vectors[order] / scale).astype(np.int8), scale=scale)
    write_checksums(out.parent)
    typer.echo(f"{len(words)} words, {out.stat().st_size} bytes: {out}")


if __name__ == "__main__":
    typer.run(main)
