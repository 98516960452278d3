"""The way from annotated texts to the tagger's model, in small: it runs, goes on where it was cut off, and is exported as it is."""

from collections.abc import Sequence
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest

from broadsheet.runtime.errors import OperatorError
from broadsheet.tagger.english.model import FILE, load_model
from broadsheet.tagger.english.pieces import Pieces, read_pieces
from broadsheet.tagger.english.tags import TAGS, begin
from broadsheet_schemas.errors import ErrorCode
from training.checksums import write_checksums
from training.encoder import LAYERS, WIDTH, Weights
from training.tagger.augment import Augmenter
from training.tagger.corpora import ALL, Gazetteer, Text, read_text
from training.tagger.export import export
from training.tagger.fit import Recipe
from training.tagger.network import Params, forward, initial
from training.tagger.train import Plan, train
from training.tagger.windows import Example, Window, stack, windows

TEXTS = [
    Text("a", 1, "Ada Field lives in Oslo.", ((0, 9, "PERSON"), (19, 23, "GPE")), {}),
    Text("b", 2, "Norvik Bank 's office is in Lyon.", ((0, 11, "ORG"), (28, 32, "LOC")), {}),
    Text("c", 6, "The Ghanaian team met Lena Holt on Lake Ostra.", ((4, 12, "NORP"), (22, 31, "PERSON"), (35, 45, "LOC")), {}),
]  # fmt: skip
KNOWN = Gazetteer(frozenset({"Oslo", "Lyon"}))


@pytest.fixture(scope="module")
def weights() -> Weights:
    """Weights of an encoder that has learnt nothing."""
    random = np.random.default_rng(0)
    inner = 64

    def made(*shape: int) -> "jnp.ndarray":
        return jnp.asarray(random.normal(0, 0.05, shape), jnp.float32)

    found = {
        "embeddings.word_embeddings.weight": made(30_522, WIDTH),
        "embeddings.position_embeddings.weight": made(512, WIDTH),
        "embeddings.token_type_embeddings.weight": made(2, WIDTH),
        **_normal("embeddings.LayerNorm"),
    }
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            found |= {f"{name}.{part}.weight": made(WIDTH, WIDTH), f"{name}.{part}.bias": made(WIDTH)}
        found |= {
            f"{name}.intermediate.dense.weight": made(inner, WIDTH),
            f"{name}.intermediate.dense.bias": made(inner),
        }
        found |= {f"{name}.output.dense.weight": made(WIDTH, inner), f"{name}.output.dense.bias": made(WIDTH)}
        found |= {**_normal(f"{name}.attention.output.LayerNorm"), **_normal(f"{name}.output.LayerNorm")}
    return found


def _normal(name: str) -> Weights:
    return {f"{name}.weight": jnp.ones(WIDTH), f"{name}.bias": jnp.zeros(WIDTH)}


def test_every_word_has_the_tags_that_its_source_leaves_open() -> None:
    pieces, allowed = read_text(TEXTS[1], KNOWN)
    tags = {
        TEXTS[1].text[pieces.starts[place] : pieces.ends[place]]: {
            TAGS[tag] for tag in range(len(TAGS)) if allowed[place] >> tag & 1
        }
        for place in np.flatnonzero(pieces.first)
    }
    assert tags["Bank"] == {"I-ORG"}
    assert tags["office"] == {"O"}
    assert tags["Lyon"] == {"B-GPE"}
    pieces, allowed = read_text(TEXTS[2], KNOWN)
    assert {TAGS[tag] for tag in range(len(TAGS)) if allowed[-2] >> tag & 1} == {"I-GPE", "I-LOC", "I-FAC"}


def test_a_name_that_does_not_fit_the_words_says_nothing() -> None:
    pieces, allowed = read_text(Text("d", 1, "Osloans met", ((0, 4, "GPE"),), {}), KNOWN)
    assert allowed[0] == ALL
    assert allowed[int(np.flatnonzero(pieces.first)[1])] & 1 == 1


def test_made_texts_keep_their_names_in_place() -> None:
    augmenter = Augmenter(["Ostrava Steel"], KNOWN.names)
    random = np.random.default_rng(1)
    made = [augmenter.vary(text, random) for text in TEXTS * 40]
    assert len({text.text for text in made}) > len(TEXTS) * 5
    for text in made:
        names = {kind: text.text[start:end] for start, end, kind in text.names}
        assert all(name and name == name.strip() for name in names.values())
        assert names.get("NORP", "Ghanaian").casefold() == "ghanaian"


def test_training_goes_from_texts_to_a_student_and_goes_on(weights: Weights, tmp_path: Path) -> None:
    recipe = Recipe(steps=2, size=2)
    plan = Plan(teacher=recipe, student=Recipe(steps=2, size=2, seed=2))
    news = ["Bo Marsh met Ada Field. " * 30]
    student = train(TEXTS * 20, news, weights, plan, tmp_path)
    again = train(TEXTS * 20, news, weights, plan, tmp_path)
    assert set(student) == set(initial(weights, (0, 1, 2, 3), 0)[0])
    assert all(np.array_equal(student[name], again[name]) for name in student)
    assert not np.array_equal(student["head.weight"], initial(weights, (0, 1, 2, 3), 0)[0]["head.weight"])


def exported(weights: Weights, folder: Path, windows: Sequence[Window] = ()) -> tuple[Params, np.ndarray]:
    params, words = initial(weights, (0, 1), seed=3)
    params["marks"] = params["marks"] + 0.01
    folder.mkdir(exist_ok=True)
    export(params, np.asarray(words), folder / FILE, {"name": "made"}, windows)
    write_checksums(folder)
    return params, np.asarray(words)


def read(text: str) -> tuple[Pieces, Window]:
    pieces = read_pieces(text)
    (window,) = windows([Example(pieces, np.ones(len(pieces), np.int32), 0)], np.random.default_rng(0))
    return pieces, window


def test_the_exported_model_answers_as_the_network(weights: Weights, tmp_path: Path) -> None:
    params, words = exported(weights, tmp_path)
    pieces, window = read("Ada Field lives in Oslo, and Norvik Bank in Lyon.")
    (tags,) = load_model(tmp_path).predict([pieces])
    logits = np.asarray(forward(params, jnp.asarray(words), stack([window])))[0, 1 : len(pieces) + 1]
    expected = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    assert np.abs(tags - expected).max() < 0.02  # the vectors of pieces are kept in 8 bits


def test_a_model_of_eight_bits_is_nearly_the_same(weights: Weights, tmp_path: Path) -> None:
    pieces, window = read("Ada Field lives in Oslo.")
    exported(weights, tmp_path / "exact")
    exported(weights, tmp_path / "bits", [window])
    exact, bits = (load_model(tmp_path / name).predict([pieces])[0] for name in ("exact", "bits"))
    assert 0 < np.abs(exact - bits).max() < 0.2
    assert (tmp_path / "bits" / FILE).stat().st_size < (tmp_path / "exact" / FILE).stat().st_size


def test_a_model_that_is_not_the_shipped_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"damaged")
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + f"  {FILE}\n")
    with pytest.raises(OperatorError) as raised:
        load_model(tmp_path)
    assert raised.value.code is ErrorCode.MODEL_UNUSABLE
    write_checksums(tmp_path)
    with pytest.raises(OperatorError, match="is not a model"):
        load_model(tmp_path)


def test_the_tags_are_in_order() -> None:
    assert TAGS[begin("ORG")] == "B-ORG"
