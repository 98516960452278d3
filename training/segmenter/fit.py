"""Fitting one network: Adam on a cosine, an average of the weights over the last part of the way."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from training.segmenter.batches import BUCKETS, Example, Scale, batches, pad
from training.segmenter.network import Batch, Dropout, Params, forward, initial, loss


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is fitted."""

    epochs: int = 24
    rate: float = 2e-3
    decay: float = 1e-2
    average: float = 0.995
    dropout: Dropout = field(default_factory=Dropout)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted network and the scale of its numbers."""

    params: Params
    scale: Scale


def fit(
    epoch: Callable[[int], Sequence[Example]],
    scale: Scale,
    recipe: Recipe,
    seed: int,
    say: Callable[[str], None] = print,
) -> Fitted:
    """Fit a network.

    Args:
        epoch: gives the examples of an epoch by its number.
        scale: the scale of the numbers.
        recipe: how.
        seed: of the initial values, the order and the dropout.
        say: told of each epoch's loss.
    """
    random = np.random.default_rng(seed)
    params = initial(len(scale.mean), seed)
    first = epoch(0)
    steps = recipe.epochs * sum(1 for _ in batches(first, np.random.default_rng(0), scale))
    rate = optax.warmup_cosine_decay_schedule(0.0, recipe.rate, steps // 20, steps, recipe.rate / 50)
    mask = {name: name.endswith("_w") or name == "table" for name in params}
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=recipe.decay, mask=mask))
    state, average = optimiser.init(params), params
    key = jax.random.key(seed, impl="unsafe_rbg")  # dropout costs a third of a step with the default generator

    @partial(jax.jit, donate_argnums=(0, 1, 2))
    def step(  # noqa: PLR0917 - what is donated goes by position
        params: Params, state: optax.OptState, average: Params, batch: Batch, key: jax.Array, keep: float
    ) -> tuple[Params, optax.OptState, Params, jax.Array]:
        value, gradient = jax.value_and_grad(loss)(params, batch, key, recipe.dropout)
        updates, state = optimiser.update(gradient, state, params)
        params = optax.apply_updates(params, updates)
        average = jax.tree.map(lambda old, new: keep * old + (1 - keep) * new, average, params)
        return params, state, average, value

    average = jax.tree.map(jnp.array, params)
    done = 0
    for number in range(recipe.epochs):
        begun, values = time.monotonic(), []
        for batch in batches(first if number == 0 else epoch(number), random, scale):
            key, now = jax.random.split(key)
            keep = min(recipe.average, done / (done + 10))
            params, state, average, value = step(params, state, average, batch, now, keep)
            values.append(value)
            done += 1
        mean, seconds = np.mean([float(value) for value in values]), time.monotonic() - begun
        say(f"seed {seed} epoch {number + 1}/{recipe.epochs} loss {mean:.4f} {seconds:.1f} s")
    return Fitted(jax.device_get(average), scale)


_forward = jax.jit(lambda params, batch: forward(params, batch, None))


def predict(fitted: Fitted, found: Sequence[Example]) -> NDArray[np.float32]:
    """Give the logits of a page's lines, (lines, roles + 1)."""
    parts = []
    for example in found:
        size = len(example.roles)
        bucket = next(bucket for bucket in BUCKETS if bucket >= size)
        batch: Batch = pad([example], 1, bucket, fitted.scale, grams=48 * bucket)
        parts.append(np.asarray(_forward(fitted.params, batch))[0, :size])
    return np.concatenate(parts)
