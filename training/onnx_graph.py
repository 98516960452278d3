"""Building the graph of an ONNX model, node by node."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
"""The operators that onnxruntime adds to ONNX: several steps of a network in one."""


class Graph:
    """Collects the nodes and constants of a graph."""

    def __init__(self) -> None:
        """Begin an empty graph."""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def half(self, values: NDArray[Any]) -> str:
        """Add weights, kept in half precision in the file and widened when the file is loaded."""
        name = self._name("half")
        self.constants.append(numpy_helper.from_array(np.asarray(values, np.float16), name))
        return self.node("Cast", [name], to=TensorProto.FLOAT)

    def exact(self, values: NDArray[Any] | np.generic) -> str:
        """Add a constant as it is."""
        name = self._name("constant")
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        """Add a node; give the name of its output."""
        return self.nodes_of(kind, inputs, 1, **attributes)[0]

    def nodes_of(self, kind: str, inputs: Sequence[str], outputs: int, **attributes: Any) -> list[str]:
        """Add a node of several outputs; give their names."""
        names = [self._name(kind) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names

    def _name(self, kind: str) -> str:
        self._count += 1
        return f"{kind}_{self._count}"
