"""The tagger's network: the first layers of the encoder, told the capitals, the gaps and the source, and a linear layer."""

from collections.abc import Mapping

import jax
import jax.numpy as jnp
import numpy as np

from broadsheet.tagger.english.pieces import CASES, GAPS, STYLES
from broadsheet.tagger.english.tags import TAGS
from training import encoder
from training.encoder import WIDTH, Weights
from training.tagger.corpora import SOURCES
from training.tagger.windows import Batch

WORDS = "embeddings.word_embeddings.weight"
"""The encoder's vectors of pieces. They are not trained: names that training never showed stay near those that it did."""

Params = dict[str, jax.Array]

DROPOUT = 0.1
"""Share of the values hidden after the embeddings and before the last layer, as BERT was trained."""

UNKNOWN_SOURCE = 0.3
"""Share of windows whose source is not told, so that the network also learns to do without."""

HIDDEN = -1e9
"""Added to the attention's scores for padding."""


def initial(weights: Weights, layers: tuple[int, ...], seed: int) -> tuple[Params, jax.Array]:
    """Give the parameters to train, and the frozen vectors of pieces.

    Args:
        weights: of the encoder.
        layers: numbers of the encoder's layers to begin from, lowest first.
        seed: of the last layer.
    """
    params = {name: value for name, value in weights.items() if name.startswith("embeddings.") and name != WORDS}
    for place, number in enumerate(layers):
        old, new = f"encoder.layer.{number}.", f"encoder.layer.{place}."
        params |= {new + name.removeprefix(old): value for name, value in weights.items() if name.startswith(old)}
    random = np.random.default_rng(seed)
    params |= {
        "marks": jnp.zeros((CASES * STYLES, WIDTH)),
        "gaps": jnp.zeros((GAPS, WIDTH)),
        "sources": jnp.zeros((len(SOURCES) + 1, WIDTH)),
        "head.weight": jnp.asarray(random.normal(0, 0.02, (len(TAGS), WIDTH)), jnp.float32),
        "head.bias": jnp.zeros(len(TAGS)),
    }
    return params, weights[WORDS]


def layers_of(params: Mapping[str, object]) -> int:
    """Count the layers."""
    return sum(name.endswith(".intermediate.dense.bias") for name in params)


def forward(params: Params, words: jax.Array, batch: Batch, key: jax.Array | None = None) -> jax.Array:
    """Give the logits of the tags, (windows, length, tags); `key` is for dropout, None for none."""
    keys = [None, None] if key is None else list(jax.random.split(key))
    values = encoder.embed({**params, WORDS: words}, batch.ids)
    values += params["marks"][batch.marks] + params["gaps"][batch.gaps] + params["sources"][batch.source][:, None]
    values = _drop(encoder.normalise(params, "embeddings.LayerNorm", values), keys[0])
    hidden = jnp.where(batch.ids == 0, HIDDEN, 0.0)[:, None, None, :]
    for number in range(layers_of(params)):
        values = encoder.layer(params, number, values, hidden)
    return encoder.linear(params, "head", _drop(values, keys[1]))


def loss(params: Params, words: jax.Array, batch: Batch, key: jax.Array) -> jax.Array:
    """Give the mean over the words of what was said of them.

    Of an annotated word, minus the logarithm of the probability that it has one of the tags that it may have; of a word
    that a teacher read, the cross-entropy with the teacher's answer (Hinton et al. 2015).
    """
    chance, drop = jax.random.split(key)
    told = jnp.where(jax.random.uniform(chance, batch.source.shape) < UNKNOWN_SOURCE, 0, batch.source)
    logits = forward(params, words, batch._replace(source=told), drop)
    everything = jax.nn.logsumexp(logits, axis=-1)
    allowed = (batch.allowed[..., None] >> jnp.arange(len(TAGS))) & 1
    some = jax.nn.logsumexp(jnp.where(allowed == 1, logits, HIDDEN), axis=-1)
    annotated = batch.allowed != 0
    taught = batch.taught.astype(jnp.float32)
    read = taught.sum(axis=-1)
    wrong = jnp.where(annotated, everything - some, 0.0) + read * everything - (taught * logits).sum(axis=-1)
    return jnp.sum(wrong) / (annotated.sum() + read.sum())


def _drop(values: jax.Array, key: jax.Array | None) -> jax.Array:
    if key is None:
        return values
    return jnp.where(jax.random.bernoulli(key, 1 - DROPOUT, values.shape), values / (1 - DROPOUT), 0.0)
