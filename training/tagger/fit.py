"""Fitting the network: AdamW, a short warm-up and a cosine down, an average of the weights at the end; goes on where it was cut off."""

import pickle
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from training.tagger.network import Params, loss
from training.tagger.windows import Batch


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is fitted.

    Attributes:
        steps: batches.
        size: windows of a batch.
        rate: highest rate of the encoder.
        new: how many times faster what is new to the encoder learns.
        decay: of the weights.
        average: how much of the old average each step keeps.
        seed: of the dropout.
    """

    steps: int
    size: int = 16
    rate: float = 2e-4
    new: float = 5.0
    decay: float = 1e-2
    average: float = 0.995
    seed: int = 1


NEW = ("marks", "gaps", "sources", "head")
"""Beginnings of the names of parameters that the encoder does not have."""

REPORT = 25
"""Steps between two lines on the loss."""

SAVE = 100
"""Steps between two times that everything is saved."""


def fit(
    start: tuple[Params, jax.Array],
    found: Iterator[Batch],
    recipe: Recipe,
    saved: Path,
    say: Callable[[str], None] = print,
) -> Params:
    """Fit a network; give the average of its last weights.

    Args:
        start: the parameters to begin from, and the frozen vectors of pieces.
        found: gives batches without end, the same ones each time.
        recipe: how.
        saved: the file in which everything is kept on the way: another call goes on from there.
        say: told of the loss.
    """
    optimiser = _optimiser(recipe, start[0])
    everywhere, split = _layout()
    state, words = jax.device_put((_begin(optimiser, start[0], recipe, saved), start[1]), everywhere)

    @partial(jax.jit, donate_argnums=0)
    def step(state: _State, words: jax.Array, batch: Batch) -> tuple[_State, jax.Array]:
        key, now = jax.random.split(state.key)
        value, gradient = jax.value_and_grad(loss)(state.params, words, batch, now)
        updates, inner = optimiser.update(gradient, state.optimiser, state.params)
        params = optax.apply_updates(state.params, updates)
        keep = jnp.minimum(recipe.average, state.done / (state.done + 10))
        average = jax.tree.map(lambda old, new: keep * old + (1 - keep) * new, state.average, params)
        return _State(params, inner, average, key, state.done + 1), value

    begun, first, values = time.monotonic(), int(state.done), []
    for done, batch in enumerate(islice(found, first, recipe.steps), first + 1):
        given = jax.tree.map(lambda rows: jax.device_put(rows, split), batch)
        state, value = step(state, words, given)
        values.append(value)
        if done % REPORT == 0:
            mean = np.mean([float(value) for value in values[-REPORT:]])
            say(
                f"step {done}/{recipe.steps} loss {mean:.4f} {(time.monotonic() - begun) / (done - first):.2f} s a step"
            )
        if done % SAVE == 0 or done == recipe.steps:
            _save(state, saved)
    average: Params = jax.device_get(state.average)
    return average


@partial(
    jax.tree_util.register_dataclass, data_fields=["params", "optimiser", "average", "key", "done"], meta_fields=[]
)
@dataclass(frozen=True, slots=True)
class _State:
    """Everything that a step changes."""

    params: Params
    optimiser: optax.OptState
    average: Params
    key: jax.Array
    done: jax.Array


def _optimiser(recipe: Recipe, params: Params) -> optax.GradientTransformation:
    steps = recipe.steps
    rate = optax.warmup_cosine_decay_schedule(0.0, recipe.rate, max(1, steps // 16), steps, recipe.rate / 50)
    mask = {name: value.ndim > 1 for name, value in params.items()}
    speeds = {name: "new" if name.startswith(NEW) else "old" for name in params}
    return optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.adamw(rate, weight_decay=recipe.decay, mask=mask),
        optax.multi_transform({"new": optax.scale(recipe.new), "old": optax.identity()}, speeds),
    )


def _begin(optimiser: optax.GradientTransformation, params: Params, recipe: Recipe, saved: Path) -> _State:
    """Give the state that was saved, or a fresh one."""
    params = jax.tree.map(jnp.array, params)
    key = jax.random.key_data(jax.random.key(recipe.seed, impl="unsafe_rbg"))
    fresh = _State(params, optimiser.init(params), jax.tree.map(jnp.array, params), key, jnp.array(0))
    if saved.exists():
        leaves = pickle.loads(saved.read_bytes())  # noqa: S301 - this program's own file
        fresh = jax.tree.unflatten(jax.tree.structure(fresh), leaves)
    return _wrapped(fresh)


def _wrapped(state: _State) -> _State:
    key = jax.random.wrap_key_data(state.key, impl="unsafe_rbg")
    return _State(state.params, state.optimiser, state.average, key, state.done)


def _save(state: _State, saved: Path) -> None:
    plain = _State(state.params, state.optimiser, state.average, jax.random.key_data(state.key), state.done)
    written = saved.with_suffix(".new")
    written.write_bytes(pickle.dumps(jax.device_get(jax.tree.leaves(plain))))
    written.replace(saved)


def _layout() -> tuple[NamedSharding, NamedSharding]:
    """Give the layouts of what every device has whole, and of what is divided among them.

    Two devices of one core each take a fifth less time than one of two cores: much of a step is not parallel in XLA.
    """
    mesh = Mesh(np.array(jax.devices()), ("windows",))
    whole, divided = PartitionSpec(), PartitionSpec("windows")  # type: ignore[no-untyped-call]  # JAX is typed but for this
    return NamedSharding(mesh, whole), NamedSharding(mesh, divided)
