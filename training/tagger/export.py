"""A fitted network to one ONNX file of 8-bit integers that needs nothing but onnxruntime, and that says what it is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import TensorProto, helper

from broadsheet.tagger.english.tags import TAGS
from broadsheet.tagger.english.windows import LENGTH
from training.eight_bits import quantise
from training.encoder import HEADS, WIDTH
from training.onnx_graph import MICROSOFT, Graph
from training.tagger.network import Params, layers_of
from training.tagger.windows import Window

OPSET = 17
SMOOTH = 0.75
"""How far large channels are made smaller. Of 3,915 words of names in development texts, 8 bits changed the tag of 113 with 0.75,
131 with 0.5, 123 with 0.25 and 151 without, where this was done behind the activation alone; weights in 7 bits, not 6, with
their risk of overflow, 154."""

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Build:
    """A graph that is being built.

    Attributes:
        graph: the graph.
        given: the parameters.
        largest: of the inputs of each linear map, the largest magnitude of each channel; None for exact numbers.
        inputs: the value that each linear map reads, by the name of its weights.
    """

    graph: Graph
    given: Mapping[str, Array]
    largest: Mapping[str, Array] | None
    inputs: dict[str, str] = field(default_factory=dict)


def export(
    params: Params, words: Array, path: Path, properties: Mapping[str, object], windows: Sequence[Window] = ()
) -> None:
    """Write a network as a model.

    Inputs are `ids`, `marks`, `gaps`, (pieces,) int32, of one window; the output `tags` (pieces, tags) holds the natural
    logarithms of the probabilities.

    Args:
        params: of the network.
        words: the vectors of the vocabulary's pieces.
        path: the file to write.
        properties: what the model says of itself, as JSON.
        windows: what the network reads to see how large its values get; with none, numbers are kept in 32 bits.
    """
    given = {name: np.asarray(value) for name, value in params.items()}
    exact = _Build(Graph(), given, None)
    model = _model(exact, words, properties)
    if windows:
        model = _model(_Build(Graph(), given, _largest(exact, model, windows)), words, properties)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _model(build: _Build, words: Array, properties: Mapping[str, object]) -> onnx.ModelProto:
    graph, given = build.graph, build.given
    values = graph.node("Unsqueeze", [_embedded(graph, given, words), graph.exact(np.array([0]))])
    for number in range(layers_of(given)):
        values = _layer(build, f"encoder.layer.{number}", values)
    flat = graph.node("Squeeze", [values, graph.exact(np.array([0]))])
    logits = _affine(graph, flat, given["head.weight"].T, given["head.bias"])
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
    return model


def _largest(build: _Build, model: onnx.ModelProto, windows: Sequence[Window]) -> dict[str, Array]:
    """Let the exact model read some windows; give the largest magnitude of each channel that its linear maps read."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in sorted(set(build.inputs.values()))
    )
    session = ort.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    names = sorted(set(build.inputs.values()))
    largest: dict[str, Array] = {}
    for window in windows:
        size = int((window.ids != 0).sum())
        read = {"ids": window.ids[:size], "marks": window.marks[:size], "gaps": window.gaps[:size]}
        for name, values in zip(names, session.run(names, read), strict=True):
            seen = np.abs(values).reshape(-1, values.shape[-1]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, seen), seen)
    return {part: largest[name] for part, name in build.inputs.items()}


def _embedded(graph: Graph, given: Mapping[str, Array], words: Array) -> str:
    """Add up what is known of each piece; the source is not told."""
    whole, scale = quantise(np.asarray(words).T, 127)
    rows = graph.node("Cast", [graph.node("Gather", [graph.exact(whole.T.copy()), "ids"])], to=TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.exact(scale[:, None]), "ids"])
    same = given["embeddings.token_type_embeddings.weight"][0] + given["sources"][0]
    places = graph.exact(given["embeddings.position_embeddings.weight"][:LENGTH] + same)
    length = graph.node("Shape", ["ids"])
    values = graph.node("Mul", [rows, scales])
    values = graph.node("Add", [values, graph.node("Slice", [places, graph.exact(np.array([0])), length])])
    for name in ("marks", "gaps"):
        values = graph.node("Add", [values, graph.node("Gather", [graph.exact(given[name]), name])])
    gain, bias = (graph.exact(given[f"embeddings.LayerNorm.{part}"]) for part in ("weight", "bias"))
    return graph.node("LayerNormalization", [values, gain, bias], axis=-1, epsilon=1e-12)


def _layer(build: _Build, name: str, values: str) -> str:
    graph, given = build.graph, build.given

    def linear(part: str, inner: str) -> str:
        whole = f"{name}.{part}"
        return _linear(build, whole, inner, given[f"{whole}.weight"].T, given[f"{whole}.bias"])

    def added(part: str, inner: str) -> str:
        constants = [graph.exact(given[f"{name}.{part}.LayerNorm.{kind}"]) for kind in ("weight", "bias")]
        return graph.node("SkipLayerNormalization", [values, inner, *constants], epsilon=1e-12, domain=MICROSOFT)

    own = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([given[f"{part}.weight"].T for part in own], axis=1)
    biases = np.concatenate([given[f"{part}.bias"] for part in own])
    all_three = _linear(build, f"{name}.attention.self", values, weights, biases)
    three = graph.nodes_of("Split", [all_three, graph.exact(np.array([WIDTH] * 3))], 3, axis=-1)
    attended = graph.node("MultiHeadAttention", three, num_heads=HEADS, domain=MICROSOFT)
    values = added("attention.output", linear("attention.output.dense", attended))
    inner = graph.node("Gelu", [linear("intermediate.dense", values)], domain=MICROSOFT)
    return added("output", linear("output.dense", inner))


def _linear(build: _Build, name: str, values: str, weights: Array, bias: Array) -> str:
    """Add a linear map, in 8 bits where the size of its inputs is known.

    Channels that get large would leave few steps to the others. So each is divided by a power of its size over the middle
    one's, and its weights multiplied by it (after SmoothQuant, Xiao et al. 2023).
    """
    graph = build.graph
    build.inputs[name] = values
    if build.largest is None:
        return _affine(graph, values, weights, bias)
    size = np.maximum(build.largest[name], 1e-5)
    smooth = np.maximum((size / np.median(size)) ** SMOOTH, 1e-2).astype(np.float32)
    whole, scale = quantise(weights * smooth[:, None])
    constants = [graph.exact(part) for part in (whole, scale, np.zeros(len(scale), np.int8), bias)]
    smoothed = graph.node("Mul", [values, graph.exact(1 / smooth)])
    return graph.node("DynamicQuantizeMatMul", [smoothed, *constants], domain=MICROSOFT)


def _affine(graph: Graph, values: str, weights: Array, bias: Array) -> str:
    return graph.node("Add", [graph.node("MatMul", [values, graph.exact(weights.copy())]), graph.exact(bias)])
