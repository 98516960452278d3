"""What teachers say is the mean of their answers, and a student is held to it where no label says anything."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from broadsheet.segmenter.roles import Role
from training.segmenter.network import NOTHING, ROLES, Batch, forward, initial, loss, teach

PAGES, LINES, COLUMNS = 2, 12, 7
SHOWN = (12, 9)


@pytest.fixture(scope="module")
def batch() -> Batch:
    """Two pages of which nobody said anything; the second one ends early."""
    random = np.random.default_rng(3)
    mask = np.stack([np.arange(LINES) < shown for shown in SHOWN]).astype(np.float32)
    return Batch(
        numbers=random.normal(size=(PAGES, LINES, COLUMNS)).astype(np.float32),
        rows=random.integers(0, 100, 60).astype(np.int32),
        where=np.sort(random.integers(0, PAGES * LINES, 60)).astype(np.int32),
        mask=mask,
        roles=np.ones((PAGES, LINES, len(Role)), np.float32),
        begins=np.full((PAGES, LINES), -1, np.float32),
        weight=np.zeros((PAGES, LINES), np.float32),
        titled=np.full(PAGES, -1, np.float32),
    )


def test_teachers_say_the_mean_of_their_answers(batch: Batch) -> None:
    one, other = initial(COLUMNS, 1), initial(COLUMNS, 2)
    both = teach([one, other], batch)
    for alone in (teach([one], batch), teach([other], batch)):
        assert not np.allclose(alone.roles, both.roles)
    np.testing.assert_allclose(
        both.roles, (teach([one], batch).roles + teach([other], batch).roles) / 2, rtol=1e-4, atol=1e-6
    )
    shares = jax.nn.softmax(forward(one, batch, None)[..., :ROLES])
    np.testing.assert_allclose(teach([one], batch).roles, shares, rtol=1e-5)


def test_no_line_that_only_pads_a_page_is_taught_to_be_its_title(batch: Batch) -> None:
    titles = np.asarray(teach([initial(COLUMNS, 1)], batch).titles)
    np.testing.assert_allclose(titles.sum(axis=-1), 1, rtol=1e-5)
    assert titles[1, SHOWN[1] : LINES].max() < 1e-9


def test_a_student_is_held_to_its_teachers_where_nothing_is_labelled(batch: Batch) -> None:
    teacher, key = initial(COLUMNS, 1), jax.random.key(0)
    taught = teach([teacher], batch)
    assert float(loss(teacher, batch, key, NOTHING)) == 0
    alike, apart = (loss(params, batch, key, NOTHING, taught) for params in (teacher, initial(COLUMNS, 2, width=16)))
    assert float(alike) < float(apart)
    slope = jax.grad(loss)(teacher, batch, key, NOTHING, taught)
    assert max(float(jnp.abs(part).max()) for part in jax.tree.leaves(slope)) < 1e-3
