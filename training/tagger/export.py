"""A fitted network to one ONNX file of 8-bit integers that needs nothing but onnxruntime, and that says what it is."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from broadsheet.tagger.english.tags import TAGS
from broadsheet.tagger.english.windows import LENGTH
from training.encoder import HEADS, WIDTH
from training.onnx_graph import Graph
from training.tagger.network import Params, layers_of

OPSET = 17
MICROSOFT = "com.microsoft"
"""The operators that onnxruntime adds to ONNX: what a transformer is made of, fused."""

TOP = 63
"""Largest weight, of 127. Processors without VNNI add two products in 16 bits, and would overflow with larger ones
(onnxruntime's `reduce_range`)."""

Array = NDArray[Any]


def export(
    params: Params, words: Array, path: Path, properties: Mapping[str, object], *, source: int = 0, exact: bool = False
) -> None:
    """Write a network as a model.

    Inputs are `ids`, `marks`, `gaps`, (pieces,) int32, of one window; the output `tags` (pieces, tags) holds the natural
    logarithms of the probabilities.

    Args:
        params: of the network.
        words: the vectors of the vocabulary's pieces.
        path: the file to write.
        properties: what the model says of itself, as JSON.
        source: the source that the network is told.
        exact: keep 32-bit numbers, to measure what 8 bits cost.
    """
    graph, given = Graph(), {name: np.asarray(value) for name, value in params.items()}
    values = graph.node("Unsqueeze", [_embedded(graph, given, words, source), graph.exact(np.array([0]))])
    for number in range(layers_of(params)):
        values = _layer(graph, given, f"encoder.layer.{number}", values, exact=exact)
    flat = graph.node("Squeeze", [values, graph.exact(np.array([0]))])
    logits = _linear(graph, flat, given["head.weight"].T, given["head.bias"], exact=True)
    graph.nodes.append(helper.make_node("LogSoftmax", [logits], ["tags"], axis=-1))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, ["pieces"]) for name in ("ids", "marks", "gaps")]
    outputs = [helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["pieces", len(TAGS)])]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )
    helper.set_model_props(model, {name: json.dumps(value) for name, value in properties.items()})
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def quantise(weights: Array, top: int) -> tuple[Array, Array]:
    """Give each column as 8-bit integers from -`top` to `top`, and what to multiply it by."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / top
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def _embedded(graph: Graph, given: Mapping[str, Array], words: Array, source: int) -> str:
    """Add up what is known of each piece."""
    whole, scale = quantise(np.asarray(words).T, 127)
    rows = graph.node("Cast", [graph.node("Gather", [graph.exact(whole.T.copy()), "ids"])], to=TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.exact(scale[:, None]), "ids"])
    same = given["embeddings.token_type_embeddings.weight"][0] + given["sources"][source]
    places = graph.exact(given["embeddings.position_embeddings.weight"][:LENGTH] + same)
    length = graph.node("Shape", ["ids"])
    values = graph.node("Mul", [rows, scales])
    values = graph.node("Add", [values, graph.node("Slice", [places, graph.exact(np.array([0])), length])])
    for name in ("marks", "gaps"):
        values = graph.node("Add", [values, graph.node("Gather", [graph.exact(given[name]), name])])
    gain, bias = (graph.exact(given[f"embeddings.LayerNorm.{part}"]) for part in ("weight", "bias"))
    return graph.node("LayerNormalization", [values, gain, bias], axis=-1, epsilon=1e-12)


def _layer(graph: Graph, given: Mapping[str, Array], name: str, values: str, *, exact: bool) -> str:
    def linear(part: str, inner: str) -> str:
        return _linear(graph, inner, given[f"{name}.{part}.weight"].T, given[f"{name}.{part}.bias"], exact=exact)

    def added(part: str, inner: str) -> str:
        constants = [graph.exact(given[f"{name}.{part}.LayerNorm.{kind}"]) for kind in ("weight", "bias")]
        return graph.node("SkipLayerNormalization", [values, inner, *constants], epsilon=1e-12, domain=MICROSOFT)

    own = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([given[f"{part}.weight"].T for part in own], axis=1)
    biases = np.concatenate([given[f"{part}.bias"] for part in own])
    all_three = _linear(graph, values, weights, biases, exact=exact)
    three = graph.nodes_of("Split", [all_three, graph.exact(np.array([WIDTH] * 3))], 3, axis=-1)
    attended = graph.node("MultiHeadAttention", three, num_heads=HEADS, domain=MICROSOFT)
    values = added("attention.output", linear("attention.output.dense", attended))
    inner = graph.node("Gelu", [linear("intermediate.dense", values)], domain=MICROSOFT)
    return added("output", linear("output.dense", inner))


def _linear(graph: Graph, values: str, weights: Array, bias: Array, *, exact: bool) -> str:
    if exact:
        return graph.node("Add", [graph.node("MatMul", [values, graph.exact(weights.copy())]), graph.exact(bias)])
    whole, scale = quantise(weights, TOP)
    zeros = np.zeros(len(scale), np.int8)
    constants = [graph.exact(part) for part in (whole, scale, zeros, bias)]
    return graph.node("DynamicQuantizeMatMul", [values, *constants], domain=MICROSOFT)
