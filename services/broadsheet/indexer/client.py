"""The OpenSearch client, made the same way everywhere, and what its errors mean to Broadsheet."""

import logging
import ssl
from base64 import b64encode
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

from opensearchpy import AIOHttpConnection, AsyncOpenSearch
from opensearchpy.exceptions import TransportError

from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.runtime.errors import UnavailableError
from broadsheet.runtime.quoting import shorten
from broadsheet.runtime.tls import client_context
from broadsheet_schemas.errors import ErrorCode

NO_INDEX = "index_not_found_exception"
"""OpenSearch's type of the error that an index or alias is not there."""

BLOCKED = "cluster_block_exception"
"""OpenSearch's type of the error (403) that an index takes no writes now: a full disk, a rebuild in its last pass, an operator.
It is not about the client."""

REASON_CHARACTERS = 300
"""OpenSearch's reasons can quote the document; the field and what is wrong with it stand well before this."""


class StreamingConnection(AIOHttpConnection):
    """A connection that sends a request piece by piece; in one piece, a large one holds up the event loop.

    aiohttp does so for files, in memory or not, and warns (`ResourceWarning`) of bytes over 1 MiB.
    """

    async def perform_request(  # noqa: PLR0917 - the base class's own
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the base class's own
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send a request; see the base class."""
        stream: Any = BytesIO(body) if body else None
        return await super().perform_request(method, url, params, stream, timeout, ignore, headers)


def connect(settings: OpenSearchSettings) -> AsyncOpenSearch:
    """Make a client; it connects with its first request, and whoever made it closes it.

    It never tries again by itself: who calls it knows whether and how long to wait.

    Raises:
        OperatorError: the file of certificate authorities cannot be used (`configuration`).
    """
    # On DEBUG the client's logger writes whole documents, on WARNING a traceback for each failed request.
    logging.getLogger("opensearch").setLevel(logging.ERROR)
    secured = settings.opensearch_url.startswith("https:")
    return AsyncOpenSearch(
        hosts=[settings.opensearch_url],
        connection_class=StreamingConnection,
        ssl_context=_context(settings) if secured else None,
        timeout=settings.opensearch_timeout_seconds,
        max_retries=0,
        headers=_credentials(settings),
    )


def _context(settings: OpenSearchSettings) -> ssl.SSLContext:
    return client_context(settings.opensearch_ca_file, verify=settings.opensearch_verify_certs)


def _credentials(settings: OpenSearchSettings) -> dict[str, str]:
    """Give the header that tells the server who asks, if anybody.

    Not by the client's `http_auth`: it fails at a password with characters beyond Latin-1, and the server reads UTF-8.
    """
    if settings.opensearch_api_key is not None:
        return {"authorization": f"ApiKey {settings.opensearch_api_key.get_secret_value()}"}
    if settings.opensearch_username is None or settings.opensearch_password is None:
        return {}
    pair = f"{settings.opensearch_username}:{settings.opensearch_password.get_secret_value()}"
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def unavailable(error: TransportError, url: str) -> UnavailableError:
    """Say that OpenSearch cannot do the work now, and why."""
    return UnavailableError(ErrorCode.INDEX_UNAVAILABLE, f"OpenSearch at {url}: {explain(error)}")


def explain(error: TransportError) -> str:
    """Say what went wrong in one line: the status and OpenSearch's reason, or the network's."""
    info = error.info
    if isinstance(info, Exception):
        return _one_line(f"{type(info).__name__}: {info}".rstrip(": "))
    cause = info.get("error") if isinstance(info, dict) else error.error
    return f"status {error.status_code}: {reason(cause)}"


def reason(cause: Any) -> str:
    """Give OpenSearch's own reason for an error, shortened and without the value that it quotes from the document."""
    if not isinstance(cause, dict):
        return _one_line(str(cause))
    text = str(cause.get("reason") or "no reason given").split(" Preview of field's value:")[0].rstrip(". ")
    deeper = cause.get("caused_by")
    detail = f" ({deeper.get('type')})" if isinstance(deeper, dict) else ""
    return _one_line(f"{cause.get('type')}: {text}{detail}")


def _one_line(text: str) -> str:
    return shorten(" ".join(text.split()), REASON_CHARACTERS)
