"""Trained models, read only as they were shipped, and run by onnxruntime."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnxruntime as ort

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

CHECKSUMS = "SHA256SUMS"
"""The file beside the models that says what they must be, in the form of `sha256sum`."""

_RUNTIME_ERRORS: tuple[Any, ...] = (
    ort.capi.onnxruntime_pybind11_state.InvalidProtobuf,
    ort.capi.onnxruntime_pybind11_state.Fail,
)


@dataclass(frozen=True, slots=True)
class ShippedModel:
    """A model that was shipped.

    Attributes:
        session: runs it.
        told: what its file says of itself, by name.
        sha256: of the file, in hex.
    """

    session: ort.InferenceSession
    told: dict[str, Any]
    sha256: str


def open_model(path: Path) -> ShippedModel:
    """Load a model on one core: a processor's worker processes share the cores, not its threads.

    Raises:
        OperatorError: `model_unusable`, the file is missing, is not the one that was shipped, or is no such model.
    """
    content, digest = read_shipped(path)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # the arena keeps the memory of the largest page for ever
    options.enable_mem_pattern = False  # a plan for every size of input: 57 MB after a page of 8 MB, for no speed
    try:
        session = ort.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except _RUNTIME_ERRORS as error:
        raise OperatorError(
            ErrorCode.MODEL_UNUSABLE, f"{path} is not a model that onnxruntime reads: {error}"
        ) from error
    told = {name: json.loads(value) for name, value in session.get_modelmeta().custom_metadata_map.items()}
    return ShippedModel(session, told, digest)


def read_shipped(path: Path) -> tuple[bytes, str]:
    """Read a file of a model; give its content and the SHA-256 of it, in hex.

    Raises:
        OperatorError: `model_unusable`, the file is missing or is not the one that `SHA256SUMS` beside it names.
    """
    content = _read(path)
    digest = hashlib.sha256(content).hexdigest()
    if f"{digest}  {path.name}" not in _read(path.parent / CHECKSUMS).decode(errors="replace").splitlines():
        raise OperatorError(
            ErrorCode.MODEL_UNUSABLE, f"{path} has SHA-256 {digest}, which {CHECKSUMS} beside it does not name"
        )
    return content, digest


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(ErrorCode.MODEL_UNUSABLE, f"{path} cannot be read: {error.strerror}") from error
