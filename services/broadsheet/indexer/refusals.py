"""OpenSearch is there and does not take this client: waiting will not help, a person must mend certificates, user or rights."""

from http import HTTPStatus

from opensearchpy.exceptions import TransportError

from broadsheet.indexer.client import BLOCKED, explain
from broadsheet.runtime import tls
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


def refusal_of(error: TransportError, where: str) -> OperatorError | None:
    """Say that OpenSearch does not take this client, and which setting to look at; None where the error says other things.

    Args:
        error: of a request.
        where: what the message calls the server.
    """
    info = error.info
    failed = tls.handshake_failure(info) if isinstance(info, Exception) else None
    if failed is not None:
        advice = "check BROADSHEET_OPENSEARCH_CA_FILE and the server's certificate"
        return OperatorError(ErrorCode.TLS_FAILED, f"{where}: {tls.explain(failed)}; {advice}")
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        advice = (
            "check BROADSHEET_OPENSEARCH_USERNAME with BROADSHEET_OPENSEARCH_PASSWORD, or BROADSHEET_OPENSEARCH_API_KEY"
        )
        return OperatorError(
            ErrorCode.CREDENTIALS_REFUSED, f"{where} does not accept the credentials ({explain(error)}): {advice}"
        )
    if error.status_code == HTTPStatus.FORBIDDEN and error.error != BLOCKED:
        return OperatorError(
            ErrorCode.ACCESS_DENIED, f"{where} does not allow this client what it needs ({explain(error)})"
        )
    return None
