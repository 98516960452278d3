"""What is installed is what was locked, and the locked versions can be looked up in the advisories."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[3]
INSTALLS = re.compile(r"\b(pip|uv pip)\s+(install|sync)\b")
OURS_ALONE = ("--no-deps", "--no-build-isolation", "--editable")
"""How our own two distributions are installed: from this checkout, and nothing with them."""


def recipe(target: str) -> list[str]:
    """Give the commands that `make` would run for a target, every prerequisite taken as out of date."""
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("target", ["install", "train-tagger", "word-vectors"])
def test_make_installs_nothing_without_its_hash(target: str) -> None:
    installs = [line for line in recipe(target) if INSTALLS.search(line)]
    assert installs
    for line in installs:
        locked = "--require-hashes" in line and line.split()[-1].endswith(".lock")
        assert locked or all(option in line for option in OURS_ALONE), line


def test_the_image_installs_nothing_without_its_hash() -> None:
    text = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    commands = re.findall(r"(?:^RUN|&&)\s+((?:uv )?pip (?:install|sync).*)$", text.replace("\\\n", " \n"), re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        assert "--require-hashes" in command or ("--no-deps" in command and "/wheels/" in command), command


def test_every_line_of_every_lock_is_a_package_with_hashes() -> None:
    """No line installs from a URL, a path or a repository, and pip itself refuses what has no hash."""
    locks = [path for folder in (".", "deploy", "training") for path in (ROOT / folder).glob("[a-z]*.lock")]
    assert len(locks) >= 5
    for lock in locks:
        entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", lock.read_text("utf-8"), flags=re.MULTILINE).strip())
        assert entries, lock
        for entry in entries:
            assert re.match(
                r"[a-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+( ; [^\n\\]+)? \\\n\s+--hash=sha256:[0-9a-f]{64}", entry
            ), f"{lock.name}: {entry[:100]}"


class Advisories(BaseHTTPRequestHandler):
    """Answers as OSV does: `yarl` has an advisory, everything else has none. Names that are asked for are kept."""

    vulnerable = "yarl"
    asked: set[str]

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = query["package"]["name"]
        self.asked.add(name)
        affected = [{"package": query["package"], "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "99"}]}]}]
        answer = {"vulns": [{"id": "TEST-2026-1", "summary": "A hole.", "affected": affected}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer if name == self.vulnerable else {}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def advisories() -> Iterator[tuple[str, type[Advisories]]]:
    """A service of advisories on a free port, in the place of the one on the network."""
    answering = type("Answering", (Advisories,), {"asked": set()})
    with ThreadingHTTPServer(("127.0.0.1", 0), answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query", answering
        server.shutdown()


def audit(*options: str) -> subprocess.CompletedProcess[str]:
    """Run what `make audit` runs, with further options."""
    (command,) = [line.split() for line in recipe("audit") if "pip-audit" in line and "--strict" in line]
    program = [sys.executable, "-m", "pip_audit", *command[1:]]
    return subprocess.run([*program, *options], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.processes
def test_an_audit_asks_for_every_package_and_fails_on_one_with_an_advisory(
    advisories: tuple[str, type[Advisories]], tmp_path: Path
) -> None:
    url, service = advisories
    options = ("--vulnerability-service", "osv", "--osv-url", url, "--cache-dir", str(tmp_path))
    found = audit(*options)
    assert found.returncode == 1
    assert re.search(r"yarl +\S+ +TEST-2026-1 +99", found.stdout), found.stdout
    assert {"aiokafka", "faust-streaming", "pytest", "uv", "pydantic"} <= service.asked

    service.vulnerable = "nothing"
    clean = audit(*options)
    assert clean.returncode == 0, clean.stderr
    assert "No known vulnerabilities found" in clean.stderr


@pytest.mark.processes
def test_an_audit_that_cannot_ask_fails(unused_tcp_port: int, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/v1/query"
    assert audit("--vulnerability-service", "osv", "--osv-url", url, "--cache-dir", str(tmp_path)).returncode != 0
