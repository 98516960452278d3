"""The files of the model, read only as they were shipped."""

import hashlib
from pathlib import Path

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

FOLDER = Path(__file__).parent / "models"

CHECKSUMS = "SHA256SUMS"
"""The file beside the models that says what they must be, in the form of `sha256sum`."""


def read_shipped(path: Path) -> tuple[bytes, str]:
    """Read a file of the model; give its content and the SHA-256 of it, in hex.

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
