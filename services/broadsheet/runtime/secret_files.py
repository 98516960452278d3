"""Secrets from files: every secret setting may be given by the path of a file that holds it instead.

An environment variable is seen by whoever may look at the process, is inherited by every child and ends in crash reports;
a file, as Docker and Kubernetes mount secrets, has an owner and a mode.
"""

from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings

SUFFIX = "_file"
"""A field `x` of type `SecretStr` is also read from the file that the field `x_file` names."""

MAX_BYTES = 4096
"""Largest file taken: tokens and API keys have some hundred bytes; a larger file is another one than was meant."""


class SettingsWithSecrets(BaseSettings):
    """Base of settings classes: fills each secret from its file where one is named."""

    @model_validator(mode="before")
    @classmethod
    def _fill_secrets(cls, values: dict[str, Any]) -> dict[str, Any]:
        prefix = str(cls.model_config.get("env_prefix", ""))
        found = dict(values)
        for name in secret_fields(cls):
            variable = f"{prefix}{name}".upper()
            direct, file = found.get(name), found.get(name + SUFFIX)
            if direct is not None and file is not None:
                msg = f"{variable} and {variable}_FILE are both set: give one"
                raise ValueError(msg)
            if file is not None:
                found[name] = read_secret(Path(file), f"{variable}_FILE")
            elif direct is not None:
                check_secret(direct.get_secret_value() if isinstance(direct, SecretStr) else direct, variable)
        return found


def secret_fields(settings: type[BaseSettings]) -> list[str]:
    """Name the secret fields of a settings class."""
    return [
        name
        for name, field in settings.model_fields.items()
        if SecretStr in (field.annotation, *get_args(field.annotation))
    ]


def read_secret(path: Path, variable: str) -> str:
    """Read a secret; one line end after it, as editors and `echo` leave it, is no part of it.

    Args:
        path: the file.
        variable: the environment variable that names it, for messages.

    Raises:
        ValueError: the file cannot be read, is larger than `MAX_BYTES`, or does not hold a secret; the message shows
            nothing of what it holds.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        msg = f"{variable}: {path} cannot be read: {error.strerror}"
        raise ValueError(msg) from None
    if len(data) > MAX_BYTES:
        msg = f"{variable}: {path} has more than {MAX_BYTES} bytes, too many for a secret"
        raise ValueError(msg)
    try:
        text = data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        msg = f"{variable}: {path} is not UTF-8 text"
        raise ValueError(msg) from None
    check_secret(text, f"{variable}: {path}")
    return text


def check_secret(secret: str, where: str) -> None:
    """Check that a secret is one line of text: others would break the request that carries it.

    Raises:
        ValueError: it is empty or holds control characters.
    """
    if not secret.strip():
        msg = f"{where} is empty"
        raise ValueError(msg)
    if not secret.isprintable():
        msg = f"{where} holds control characters or more than one line"
        raise ValueError(msg)
