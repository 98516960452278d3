"""What a container build is given: the files that `.dockerignore` leaves, and the sources that a Dockerfile copies."""

import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|\\.|.", re.DOTALL)


class Ignored:
    """The rules of a `.dockerignore` (https://docs.docker.com/build/concepts/context/#dockerignore-files).

    The last pattern that matches a path, or a folder above it, decides; `!` takes back in. Patterns start at the root.
    """

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
        self._rules = [(line.startswith("!"), _expression(line.removeprefix("!").strip())) for line in lines if line]

    def __contains__(self, path: PurePosixPath) -> bool:
        names = [str(path), *(str(folder) for folder in path.parents if folder.name)]
        ignored = False
        for taken_back, expression in self._rules:
            if any(expression.fullmatch(name) for name in names):
                ignored = not taken_back
        return ignored


def context(root: Path, paths: Iterable[str]) -> list[str]:
    """Give those of `paths`, relative to `root`, that a build is given."""
    ignored = Ignored((root / ".dockerignore").read_text("utf-8"))
    return [path for path in paths if PurePosixPath(path) not in ignored]


def copied(dockerfile: str) -> Iterator[str]:
    """Give the sources that COPY and ADD take from the context, not those from another stage of the build."""
    for line in re.sub(r"\\\n", " ", dockerfile).splitlines():
        instruction, *words = shlex.split(line, comments=True) or [""]
        if instruction.upper() not in {"COPY", "ADD"} or any(word.startswith("--from=") for word in words):
            continue
        *sources, _target = (word for word in words if not word.startswith("--"))
        yield from sources


def _expression(pattern: str) -> re.Pattern[str]:
    tokens = _TOKENS.findall(str(PurePosixPath(pattern.lstrip("/"))))
    return re.compile("".join(_WILDCARDS.get(token) or _literal(token) for token in tokens), re.DOTALL)


def _literal(token: str) -> str:
    return token if token.startswith(("[", "\\")) and len(token) > 1 else re.escape(token)
