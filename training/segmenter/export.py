"""Fitted networks to one ONNX file that needs nothing but onnxruntime, and that says what it is."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from training.eight_bits import quantise
from training.onnx_graph import MICROSOFT, Graph
from training.segmenter.fit import Fitted
from training.segmenter.network import DILATIONS, EMBEDDING, KERNEL, ROLES, WIDTH

OPSET = 17
"""The first opset with LayerNormalization."""

NORMAL = 6.0
"""Normalised values, whose spread is 1, are kept to within this before a convolution, in 8 bits. Of 17,105 lines of 117 pages no
role's probability moved by more than 0.022 and 5 lines got another role; with 4 it was 0.058 and 11, with 8 0.021 and 8. The bound
is fixed, not taken from the page, so that a line's answer does not hang on which others are read in one go."""

ZERO = 128
"""What stands for 0 among unsigned bytes."""

MOST = 127
"""Largest value in the table of embeddings, which is read and not multiplied."""

OUTPUTS = ("roles", "begins", "title")


class _Embedded(NamedTuple):
    """The averaged embeddings of one network, (lines, `EMBEDDING`), and the step of each column."""

    values: str
    steps: NDArray[np.float32]


def export(members: Sequence[Fitted], path: Path, properties: Mapping[str, object]) -> None:
    """Write the average of some networks as one model.

    Inputs are `numbers` (lines, columns), as the features give them, `rows` (grams,) int64 and `starts` (lines + 1,)
    int64; outputs `roles` (lines, roles), probabilities, `begins` (lines,), the probability that a line begins an item,
    and `title` (lines,), a score that is compared between the lines of a page, with 0 for having no title.
    """
    graph = Graph()
    scale = members[0].scale
    shifted = graph.node("Sub", ["numbers", graph.exact(scale.mean)])
    scaled = graph.node("Div", [shifted, graph.exact(scale.spread)])
    numbers = graph.node("Clip", [scaled, graph.exact(np.float32(-6)), graph.exact(np.float32(6))])
    table, steps = quantise(np.concatenate([member.params["table"] for member in members], axis=1), MOST)
    grams, near = _averages(graph, graph.exact(table)), _near(graph)
    outputs: list[tuple[str, str, str]] = []
    for place, member in enumerate(members):
        own = slice(place * EMBEDDING, (place + 1) * EMBEDDING)
        outputs.append(_member(graph, member, numbers, _Embedded(_columns(graph, grams, own), steps[own]), near))
    for name, parts in zip(OUTPUTS, zip(*outputs, strict=True), strict=True):
        mean = graph.node("Mean", list(parts))
        kind, more = ("Identity", []) if name == "roles" else ("Squeeze", [graph.exact(np.array([1]))])
        graph.nodes.append(helper.make_node(kind, [mean, *more], [name]))
    model = helper.make_model(
        helper.make_graph(graph.nodes, "segmenter", _inputs(len(scale.names)), _outputs(), graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=9,
    )
    helper.set_model_props(model, {name: json.dumps(value) for name, value in properties.items()})
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _inputs(columns: int) -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("numbers", TensorProto.FLOAT, ["lines", columns]),
        helper.make_tensor_value_info("rows", TensorProto.INT64, ["grams"]),
        helper.make_tensor_value_info("starts", TensorProto.INT64, ["bounds"]),
    ]


def _outputs() -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("roles", TensorProto.FLOAT, ["lines", ROLES]),
        *(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["lines"]) for name in OUTPUTS[1:]),
    ]


def _averages(graph: Graph, table: str) -> str:
    """Average the rows of each line's n-grams, as differences of running sums."""
    one = graph.exact(np.array([1]))
    found = graph.node("Cast", [graph.node("Gather", [table, "rows"], axis=0)], to=TensorProto.FLOAT)
    sums = graph.node("CumSum", [found, graph.exact(np.int64(0))])
    at = graph.node("Gather", [graph.node("Pad", [sums, graph.exact(np.array([1, 0, 0, 0]))]), "starts"], axis=0)
    total = graph.node("Sub", [_rows(graph, at, 1, _END), _rows(graph, at, 0, -1)])
    counted = graph.node("Sub", [_rows(graph, "starts", 1, _END), _rows(graph, "starts", 0, -1)])
    counts = graph.node("Cast", [counted], to=TensorProto.FLOAT)
    return graph.node("Div", [total, graph.node("Unsqueeze", [counts, one])])


_END = np.iinfo(np.int64).max


def _rows(graph: Graph, values: str, start: int, stop: int) -> str:
    """Take the rows of a tensor from `start` to before `stop`."""
    return graph.node("Slice", [values, *(graph.exact(np.array([value])) for value in (start, stop, 0))])


def _near(graph: Graph) -> dict[int, str]:
    """Give, for each dilation, the places of every line's neighbours among the lines with the padding, (lines, KERNEL)."""
    lines = graph.node("Squeeze", [graph.node("Shape", ["numbers"], start=0, end=1)])
    places = graph.node("Range", [graph.exact(np.int64(0)), lines, graph.exact(np.int64(1))])
    column = graph.node("Unsqueeze", [places, graph.exact(np.array([1]))])
    offsets = np.arange(KERNEL)[None]
    return {
        dilation: graph.node("Add", [column, graph.exact(offsets * dilation)]) for dilation in dict.fromkeys(DILATIONS)
    }


def _columns(graph: Graph, values: str, columns: slice) -> str:
    """Take some columns."""
    ends = [graph.exact(np.array([value])) for value in (columns.start, columns.stop)]
    return graph.node("Slice", [values, *ends, graph.exact(np.array([1]))])


def _member(
    graph: Graph, member: Fitted, numbers: str, grams: _Embedded, near: Mapping[int, str]
) -> tuple[str, str, str]:
    """Add one network; give its outputs."""
    params = {name: np.asarray(value, np.float32) for name, value in member.params.items()}
    both = graph.node("Concat", [numbers, grams.values], axis=1)
    weights = graph.half(np.concatenate([params["numbers_w"], params["grams_w"] * grams.steps[:, None]]))
    values = graph.node("Relu", [_affine(graph, both, weights, params["in_b"])])
    for number, dilation in enumerate(DILATIONS):
        gain, bias, taps = (params[name] for name in (f"norm{number}_g", f"norm{number}_b", f"conv{number}_w"))
        step = np.maximum(np.abs(gain) * NORMAL + np.abs(bias), 1e-9) / (ZERO - 1)
        beside = _beside(
            graph, _bytes(graph, _normal(graph, values, gain / step, bias / step)), dilation, near[dilation]
        )
        inner = _whole_affine(graph, beside, taps * np.tile(step, KERNEL)[:, None], params[f"conv{number}_b"])
        values = graph.node("Add", [values, graph.node("Relu", [inner])])
    last = _normal(graph, values, params["out_g"], params["out_b"])
    logits = _affine(graph, last, graph.half(params["roles_w"]), params["roles_b"])
    parts = [_columns(graph, logits, slice(*ends)) for ends in pairwise((0, ROLES, ROLES + 1, ROLES + 2))]
    return graph.node("Softmax", parts[:1], axis=1), graph.node("Sigmoid", parts[1:2]), parts[2]


def _affine(graph: Graph, values: str, weights: str, bias: NDArray[Any]) -> str:
    return graph.node("Add", [graph.node("MatMul", [values, weights]), graph.exact(bias)])


def _bytes(graph: Graph, values: str) -> str:
    """Round values to bytes, each their difference from `ZERO`."""
    return graph.node("QuantizeLinear", [values, graph.exact(np.float32(1)), graph.exact(np.uint8(ZERO))])


def _whole_affine(graph: Graph, values: str, weights: NDArray[Any], bias: NDArray[Any]) -> str:
    """Add a linear map of bytes."""
    whole, scale = quantise(weights)
    zeros = (graph.exact(np.uint8(ZERO)), graph.exact(np.int8(0)))
    inputs = [values, graph.exact(whole), graph.exact(np.float32(1)), graph.exact(scale), *zeros, graph.exact(bias)]
    return graph.node("MatMulIntegerToFloat", inputs, domain=MICROSOFT)


def _normal(graph: Graph, values: str, gain: NDArray[Any], bias: NDArray[Any]) -> str:
    return graph.node("LayerNormalization", [values, graph.exact(gain), graph.exact(bias)], axis=-1, epsilon=1e-5)


def _beside(graph: Graph, values: str, dilation: int, near: str) -> str:
    """Put each line's neighbours side by side: (lines, KERNEL * width)."""
    reach = dilation * (KERNEL // 2)
    padded = graph.node("Pad", [values, graph.exact(np.array([reach, 0, reach, 0])), graph.exact(np.uint8(ZERO))])
    found = graph.node("Gather", [padded, near], axis=0)
    return graph.node("Reshape", [found, graph.exact(np.array([-1, KERNEL * WIDTH]))])
