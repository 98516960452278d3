"""The segmenter and the programs that it is held against, each as a function of a page."""

import logging
from collections.abc import Callable
from typing import Any

import trafilatura
from readability import Document
from resiliparse.extract.html2text import extract_plain_text

from benchmarks.made_pages import MadePage, document_of
from broadsheet.segmenter.segment import segment, warm_up

Extract = Callable[[], Any]

OURS, OURS_TEXT, TRAFILATURA = "broadsheet, HTML", "broadsheet, plain text", "trafilatura"


def get_ready() -> None:
    """Load what is loaded once a process, and keep the others' warnings about pages to themselves."""
    logging.disable(logging.CRITICAL)
    warm_up()


def extractors(page: MadePage) -> dict[str, Extract]:
    """Give what is to be timed on a page, by the name it has in the table; the input is ready in each."""
    html = document_of(page.html, "text/html", page.url)
    text = document_of(page.text, "text/plain", page.url)
    return {
        OURS: lambda: segment(html),
        OURS_TEXT: lambda: segment(text),
        TRAFILATURA: lambda: trafilatura.extract(page.html, include_comments=False),
        "readability-lxml": lambda: Document(page.html).summary(),
        "resiliparse": lambda: extract_plain_text(page.html, main_content=True),
    }
