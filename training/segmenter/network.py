"""The network: residual dilated convolutions over the lines of a page, on numbers and averaged n-gram embeddings."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from broadsheet.segmenter.features.ngrams import ROWS
from broadsheet.segmenter.roles import Role

WIDTH = 96
EMBEDDING = 24
KERNEL = 5
DILATIONS = (1, 2, 4, 8, 16, 1)
ROLES = len(Role)

Params = dict[str, jax.Array]


Values = jax.Array | np.ndarray[Any, Any]


class Batch(NamedTuple):
    """Some pages, padded to one length.

    Attributes:
        numbers: (pages, lines, columns), standardised.
        rows: rows of the embedding table, (grams,).
        where: the line of each, counted over the whole batch, (grams,); padding points past the last line.
        mask: 1 for lines, 0 for padding, (pages, lines).
        roles: the roles each line may have, (pages, lines, roles) of 0 and 1.
        begins: 1 or 0 where it is known whether a line begins an item, else -1, (pages, lines).
        weight: what each line counts, (pages, lines).
        titled: 1 for pages that show their title, 0 for those known to show none, else -1, (pages,).
    """

    numbers: Values
    rows: Values
    where: Values
    mask: Values
    roles: Values
    begins: Values
    weight: Values
    titled: Values


def initial(columns: int, seed: int) -> Params:
    """Give the parameters before training: He's normal initialisation, small for what ends a residual branch."""
    random = np.random.default_rng(seed)

    def normal(*shape: int, scale: float) -> jax.Array:
        return jnp.asarray(random.normal(0, scale, shape), jnp.float32)

    params = {
        "table": normal(ROWS, EMBEDDING, scale=0.1),
        "numbers_w": normal(columns, WIDTH, scale=(1 / columns) ** 0.5),
        "grams_w": normal(EMBEDDING, WIDTH, scale=(1 / EMBEDDING) ** 0.5),
        "in_b": jnp.zeros(WIDTH),
        "roles_w": normal(WIDTH, ROLES + 2, scale=(1 / WIDTH) ** 0.5),
        "roles_b": jnp.zeros(ROLES + 2),
        "out_g": jnp.ones(WIDTH),
        "out_b": jnp.zeros(WIDTH),
    }
    for number, _ in enumerate(DILATIONS):
        params[f"norm{number}_g"] = jnp.ones(WIDTH)
        params[f"norm{number}_b"] = jnp.zeros(WIDTH)
        params[f"conv{number}_w"] = normal(KERNEL * WIDTH, WIDTH, scale=(1 / (KERNEL * WIDTH)) ** 0.5)
        params[f"conv{number}_b"] = jnp.zeros(WIDTH)
    return params


class Dropout(NamedTuple):
    """Shares of values set to nothing in training: n-grams, all those of a line, embeddings, numbers, hidden values."""

    grams: float = 0.3
    lines: float = 0.25
    embedding: float = 0.4
    numbers: float = 0.1
    hidden: float = 0.2


NOTHING = Dropout(0.0, 0.0, 0.0, 0.0, 0.0)


def forward(params: Params, batch: Batch, key: jax.Array | None, dropout: Dropout = NOTHING) -> jax.Array:
    """Give the logits of every line, (pages, lines, roles + 2): the roles, whether it begins an item, and the title.

    The last is compared between the lines of a page, with 0 for a page without a title.
    """
    pages, lines, _ = batch.numbers.shape
    keys = iter(jax.random.split(key, 5 + len(DILATIONS))) if key is not None else None

    def drop(values: Values, share: float) -> jax.Array:
        if keys is None or not share:
            return jnp.asarray(values)
        return jnp.asarray(values * jax.random.bernoulli(next(keys), 1 - share, values.shape) / (1 - share))

    kept = jnp.ones(batch.rows.shape)
    if keys is not None:
        kept = jax.random.bernoulli(next(keys), 1 - dropout.grams, batch.rows.shape).astype(jnp.float32)
    sums = jax.ops.segment_sum(params["table"][batch.rows] * kept[:, None], batch.where, pages * lines + 1)[:-1]
    counts = jax.ops.segment_sum(kept, batch.where, pages * lines + 1)[:-1]
    if keys is not None:
        sums *= jax.random.bernoulli(next(keys), 1 - dropout.lines, (pages * lines, 1))
    grams = drop((sums / jnp.maximum(counts, 1)[:, None]).reshape(pages, lines, EMBEDDING), dropout.embedding)
    values = drop(batch.numbers, dropout.numbers) @ params["numbers_w"] + grams @ params["grams_w"] + params["in_b"]
    mask = batch.mask[..., None]
    values = jax.nn.relu(values) * mask
    for number, dilation in enumerate(DILATIONS):
        inner = normalise(values, params[f"norm{number}_g"], params[f"norm{number}_b"]) * mask
        inner = jax.nn.relu(convolve(inner, dilation, params[f"conv{number}_w"]) + params[f"conv{number}_b"])
        values = (values + drop(inner, dropout.hidden)) * mask
    return normalise(values, params["out_g"], params["out_b"]) @ params["roles_w"] + params["roles_b"]


def normalise(values: jax.Array, gain: jax.Array, bias: jax.Array) -> jax.Array:
    """Layer normalisation (Ba, Kiros and Hinton 2016) over the channels."""
    mean = values.mean(axis=-1, keepdims=True)
    spread = ((values - mean) ** 2).mean(axis=-1, keepdims=True)
    return (values - mean) * jax.lax.rsqrt(spread + 1e-5) * gain + bias


def convolve(values: jax.Array, dilation: int, weights: jax.Array) -> jax.Array:
    """Convolve over the lines: the neighbours side by side, then one product, which is fast where convolutions are not."""
    reach = dilation * (KERNEL // 2)
    padded = jnp.pad(values, ((0, 0), (reach, reach), (0, 0)))
    lines = values.shape[1]
    near = [padded[:, step * dilation : step * dilation + lines] for step in range(KERNEL)]
    return jnp.concatenate(near, axis=-1) @ weights


TITLE_WEIGHT = 3.0
"""What finding the title of a page counts, in lines: there is one a page, among two hundred."""


def title_loss(logits: jax.Array, batch: Batch) -> jax.Array:
    """Give, for each page, minus the log probability of its title among its lines and having none."""
    is_title = (batch.roles.sum(axis=-1) == 1) & (batch.roles[..., Role.TITLE] > 0) & (batch.mask > 0)
    shown = jnp.where(batch.mask > 0, logits, -30.0)
    every = jax.nn.logsumexp(jnp.pad(shown, ((0, 0), (0, 1))), axis=-1)
    right = jax.nn.logsumexp(jnp.where(is_title, shown, -30.0), axis=-1)
    lost = jnp.where(batch.titled > 0, every - right, every)
    return jnp.where(batch.titled < 0, 0.0, lost)


def loss(params: Params, batch: Batch, key: jax.Array, dropout: Dropout, begin_weight: float = 0.5) -> jax.Array:
    """Give the loss: minus the log probability of the roles a line may have, and of its beginning an item or not."""
    logits = forward(params, batch, key, dropout)
    log_roles = jax.nn.log_softmax(logits[..., :ROLES])
    allowed = jax.nn.logsumexp(jnp.where(batch.roles > 0, log_roles, -30.0), axis=-1)
    known = (batch.begins >= 0) * batch.mask
    begin = logits[..., ROLES]
    begin_loss = jnp.maximum(begin, 0) - begin * batch.begins + jnp.log1p(jnp.exp(-jnp.abs(begin)))
    weight = batch.weight * batch.mask
    total = jnp.sum(-allowed * weight) + begin_weight * jnp.sum(begin_loss * known * batch.weight)
    total += TITLE_WEIGHT * jnp.sum(title_loss(logits[..., ROLES + 1], batch))
    return total / jnp.maximum(jnp.sum(weight), 1)
