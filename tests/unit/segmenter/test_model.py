"""The shipped models: they fit the features of this code, and long pages are read window by window without a seam."""

import numpy as np
import pytest

from broadsheet.segmenter import model as models
from broadsheet.segmenter.features.page_features import read_features
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.model import Kind, load_model
from broadsheet.segmenter.plain_text import read_text
from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.segment import read_page
from unit.segmenter.pages import SAMPLES


def page(kind: Kind) -> Page:
    if kind == "text":
        return read_text((SAMPLES / "harbour-bridge.txt").read_text("utf-8"))
    return read_page((SAMPLES / "flood-defences.html").read_text("utf-8"))[0]


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_shipped_model_takes_the_columns_that_the_features_give(kind: Kind) -> None:
    assert load_model(kind).columns == read_features(page(kind)).names
    assert load_model(kind).predict(read_features(page(kind))).roles.shape[1] == len(Role)


def test_a_long_page_is_read_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (SAMPLES / "harbour-bridge.txt").read_text("utf-8")
    features = read_features(read_text(text * 12))
    whole = load_model("text").predict(features)
    monkeypatch.setattr(models, "WINDOW", 50)
    parts = load_model("text").predict(features)

    np.testing.assert_allclose(parts.roles, whole.roles, atol=1e-4)
    np.testing.assert_allclose(parts.begins, whole.begins, atol=1e-4)
    np.testing.assert_allclose(parts.title, whole.title, atol=1e-3)
