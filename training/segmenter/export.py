"""Fitted networks to one ONNX file that needs nothing but onnxruntime, and that says what it is."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from training.onnx_graph import Graph
from training.segmenter.fit import Fitted
from training.segmenter.network import DILATIONS, EMBEDDING, KERNEL, ROLES

OPSET = 17
"""The first opset with LayerNormalization."""


OUTPUTS = ("roles", "begins", "title")


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
    table = graph.half(np.concatenate([member.params["table"] for member in members], axis=1))
    grams = _averages(graph, table)
    outputs = [_member(graph, member, numbers, grams, place) for place, member in enumerate(members)]
    for name, parts in zip(OUTPUTS, zip(*outputs, strict=True), strict=True):
        mean = graph.node("Mean", list(parts))
        kind, more = ("Identity", []) if name == "roles" else ("Squeeze", [graph.exact(np.array([1]))])
        graph.nodes.append(helper.make_node(kind, [mean, *more], [name]))
    model = helper.make_model(
        helper.make_graph(graph.nodes, "segmenter", _inputs(len(scale.names)), _outputs(), graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)],
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
    found = graph.node("Gather", [table, "rows"], axis=0)
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


def _member(graph: Graph, member: Fitted, numbers: str, grams: str, place: int) -> tuple[str, str, str]:
    """Add one network; give its outputs."""
    params = {name: np.asarray(value) for name, value in member.params.items()}
    own = graph.node(
        "Slice",
        [
            grams,
            graph.exact(np.array([place * EMBEDDING])),
            graph.exact(np.array([(place + 1) * EMBEDDING])),
            graph.exact(np.array([1])),
        ],
    )
    both = graph.node("Concat", [numbers, own], axis=1)
    weights = graph.half(np.concatenate([params["numbers_w"], params["grams_w"]]))
    values = graph.node("Relu", [_affine(graph, both, weights, params["in_b"])])
    for number, dilation in enumerate(DILATIONS):
        normal = _normal(graph, values, params[f"norm{number}_g"], params[f"norm{number}_b"])
        near = _neighbours(graph, normal, dilation)
        inner = _affine(graph, near, graph.half(params[f"conv{number}_w"]), params[f"conv{number}_b"])
        values = graph.node("Add", [values, graph.node("Relu", [inner])])
    last = _normal(graph, values, params["out_g"], params["out_b"])
    logits = _affine(graph, last, graph.half(params["roles_w"]), params["roles_b"])
    one = graph.exact(np.array([1]))
    ends = [graph.exact(np.array([value])) for value in (0, ROLES, ROLES + 1, ROLES + 2)]
    parts = [graph.node("Slice", [logits, start, stop, one]) for start, stop in pairwise(ends)]
    return graph.node("Softmax", parts[:1], axis=1), graph.node("Sigmoid", parts[1:2]), parts[2]


def _affine(graph: Graph, values: str, weights: str, bias: NDArray[Any]) -> str:
    return graph.node("Add", [graph.node("MatMul", [values, weights]), graph.exact(np.asarray(bias, np.float32))])


def _normal(graph: Graph, values: str, gain: NDArray[Any], bias: NDArray[Any]) -> str:
    constants = [graph.exact(np.asarray(value, np.float32)) for value in (gain, bias)]
    return graph.node("LayerNormalization", [values, *constants], axis=-1, epsilon=1e-5)


def _neighbours(graph: Graph, values: str, dilation: int) -> str:
    """Put each line's neighbours side by side: (lines, KERNEL * width)."""
    reach = dilation * (KERNEL // 2)
    padded = graph.node("Pad", [values, graph.exact(np.array([reach, 0, reach, 0]))])
    starts = [step * dilation for step in range(KERNEL)]
    parts = [_rows(graph, padded, start, start - 2 * reach or _END) for start in starts]
    return graph.node("Concat", parts, axis=1)
