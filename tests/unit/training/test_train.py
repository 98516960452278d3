"""The way from corpora to shipped models, in small: it runs, and what is shipped answers as what was fitted."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from broadsheet.runtime.errors import OperatorError
from broadsheet.segmenter.features.page_features import read_features
from broadsheet.segmenter.lines import lay_out
from broadsheet.segmenter.model import Kind, load_model
from broadsheet_schemas.errors import ErrorCode
from training.segmenter.batches import column_names, examples, scale_of
from training.segmenter.corpora import LabelledPage, is_development, read_pages
from training.segmenter.export import export
from training.segmenter.fit import Fitted, Recipe, fit, predict
from training.segmenter.network import ROLES
from training.segmenter.train import Plan, train
from unit.training import made_corpora

LITTLE = Recipe(epochs=1)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_corpora.write(tmp_path_factory.mktemp("corpora"))


@pytest.mark.parametrize("kind", ["text", "html"])
@pytest.mark.timeout(600)
def test_corpora_become_models_that_load_and_answer(kind: Kind, corpora: Path, tmp_path: Path) -> None:
    text, html = read_pages(corpora)
    pages = text if kind == "text" else html
    assert any(is_development(page.domain) for page in pages)
    assert not all(is_development(page.domain) for page in pages)

    train(kind, pages, Plan(LITTLE, members=2), tmp_path / "out", tmp_path / "development")

    model = load_model(kind, tmp_path / "out")
    content = (tmp_path / "out" / f"{kind}.onnx").read_bytes()
    assert model.producer.sha256 == hashlib.sha256(content).hexdigest()
    measured = (tmp_path / "development" / f"{kind}.onnx").read_bytes()
    assert len(measured) == pytest.approx(len(content), rel=0.01), "as many networks are measured as are shipped"
    assert len(model.confidence) == 6
    page = lay_out((line.piece for line in pages[0].lines), pages[0].boxes)
    features = read_features(page)
    assert features.names == model.columns
    roles = model.predict(features).roles
    assert roles.shape == (len(page.lines), ROLES)
    np.testing.assert_allclose(roles.sum(axis=1), 1, atol=1e-3)


@pytest.mark.timeout(600)
def test_the_exported_model_answers_as_the_fitted_network(corpora: Path, tmp_path: Path) -> None:
    pages, _ = read_pages(corpora)
    found = [example for page in pages for example in examples(page)]
    names = column_names(pages[0])
    fitted = fit(lambda _: found, scale_of(found, names), LITTLE, 1, lambda _: None)
    told = {"name": "made", "version": "1", "columns": names, "confidence": [0.0] * 6}
    export([fitted], tmp_path / "text.onnx", told)
    _write_checksum(tmp_path)

    page = lay_out(line.piece for line in pages[0].lines)
    answer = load_model("text", tmp_path).predict(read_features(page))
    logits = _predict(fitted, pages[0])
    shares = np.exp(logits[:, :ROLES]) / np.exp(logits[:, :ROLES]).sum(axis=1, keepdims=True)
    assert_near(answer.roles, shares, 0.03)
    assert_near(answer.begins, 1 / (1 + np.exp(-logits[:, ROLES])), 0.03)
    assert_near(answer.title, logits[:, ROLES + 1], 0.2)


def assert_near(found: NDArray[np.float32], wanted: NDArray[np.floating[Any]], most: float) -> None:
    """Assert that two answers differ by what 8 bits cost, and not more: `most` at worst, and a fifth of it in the mean."""
    differences = np.abs(found - wanted)
    assert differences.max() < most
    assert differences.mean() < most / 5


def _predict(fitted: Fitted, page: LabelledPage) -> NDArray[np.float32]:
    return predict(fitted, examples(page))


def _write_checksum(folder: Path) -> None:
    digest = hashlib.sha256((folder / "text.onnx").read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  text.onnx\n")


def test_a_model_that_is_not_the_shipped_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.onnx").write_bytes(b"damaged")
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + "  text.onnx\n")
    with pytest.raises(OperatorError) as raised:
        load_model("text", tmp_path)
    assert raised.value.code is ErrorCode.MODEL_UNUSABLE


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"text\.onnx cannot be read"):
        load_model("text", tmp_path)
