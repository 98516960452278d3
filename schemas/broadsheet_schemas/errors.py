"""Every error code of Broadsheet, with what it means and what to do about it.

A code is stable: it stands in dead letters, logs, metric labels and exit messages, and is never given another meaning.
To add one, add a member to `ErrorCode` and its line to `ERRORS`; a test holds the two together.
"""

from dataclasses import dataclass
from enum import StrEnum


class ErrorCode(StrEnum):
    """The stable code of an error; the value is what dead letters, logs and metrics show."""

    EMPTY_PAGE = "empty_page"
    PAGE_TOO_LARGE = "page_too_large"
    NOT_TEXT = "not_text"
    UNKNOWN_CONTENT_TYPE = "unknown_content_type"
    UNDECODABLE = "undecodable"
    INVALID_JSON = "invalid_json"
    INVALID_DOCUMENT = "invalid_document"
    INVALID_DATE = "invalid_date"
    UNSUPPORTED_EVENT = "unsupported_event"
    INVALID_EVENT = "invalid_event"
    OUTPUT_TOO_LARGE = "output_too_large"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    WORKER_DIED = "worker_died"
    BUG = "bug"
    INDEX_REFUSED = "index_refused"
    DEAD_LETTER_RATIO = "dead_letter_ratio"
    CONFIGURATION = "configuration"
    BROKER_UNAVAILABLE = "broker_unavailable"
    INDEX_UNAVAILABLE = "index_unavailable"
    INDEX_DIFFERS = "index_differs"
    TOPIC_MISSING = "topic_missing"
    TOPIC_DIFFERS = "topic_differs"
    USAGE = "usage"
    FILE_UNREADABLE = "file_unreadable"
    NOT_FOUND = "not_found"
    STACK = "stack"
    MODEL_UNUSABLE = "model_unusable"
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"
    REPLAY_SUPERSEDED = "replay_superseded"
    TLS_FAILED = "tls_failed"
    CREDENTIALS_REFUSED = "credentials_refused"
    ACCESS_DENIED = "access_denied"


@dataclass(frozen=True, slots=True)
class ErrorDescription:
    """What a code means to the person who meets it.

    Attributes:
        meaning: what happened, in one sentence.
        action: what to do about it, in one sentence.
        document: true when the code marks one page (a dead letter), false when it marks a command or a processor.
    """

    meaning: str
    action: str
    document: bool


ERRORS: dict[ErrorCode, ErrorDescription] = {
    ErrorCode.EMPTY_PAGE: ErrorDescription(
        "The page holds no visible character.",
        "Check the fetcher: an empty page is most often a blocked or failed download. Publish the page again once it has text.",
        document=True,
    ),
    ErrorCode.PAGE_TOO_LARGE: ErrorDescription(
        "The page is larger than the limit (BROADSHEET_MAX_PAGE_BYTES).",
        "Publish the article alone, or raise the limit of intake together with the topics' max.message.bytes.",
        document=True,
    ),
    ErrorCode.NOT_TEXT: ErrorDescription(
        "The bytes are an image, a PDF, an archive or another binary format, not a page of text.",
        "Convert the file to text or HTML before it is published, or leave it out.",
        document=True,
    ),
    ErrorCode.UNKNOWN_CONTENT_TYPE: ErrorDescription(
        "The declared content type is none that intake reads.",
        "Declare text/plain, text/html, application/xhtml+xml, application/json or application/cloudevents+json, or nothing.",
        document=True,
    ),
    ErrorCode.UNDECODABLE: ErrorDescription(
        "The bytes are not text in the declared charset, nor in any that can be detected.",
        "Publish UTF-8, or declare the right charset in the content-type header.",
        document=True,
    ),
    ErrorCode.INVALID_JSON: ErrorDescription(
        "The record declares JSON and its value is not JSON.",
        "Publish a RawDocument as UTF-8 JSON; for a bare page declare text/plain or text/html.",
        document=True,
    ),
    ErrorCode.INVALID_DOCUMENT: ErrorDescription(
        "The JSON is not a RawDocument: a field is missing or of the wrong type.",
        "Correct the field that the message names; `broadsheet schemas show raw-document` prints the contract.",
        document=True,
    ),
    ErrorCode.INVALID_DATE: ErrorDescription(
        "A date or time of the document cannot be read.",
        "Give dates as RFC 3339, for example 2026-01-31T08:30:00Z, or leave the field out.",
        document=True,
    ),
    ErrorCode.UNSUPPORTED_EVENT: ErrorDescription(
        "The record is a CloudEvent of a specification or type version that this release does not read.",
        "Publish CloudEvents 1.0 and the event types that `broadsheet schemas list` shows, or upgrade the reader.",
        document=True,
    ),
    ErrorCode.INVALID_EVENT: ErrorDescription(
        "A record between two stages is not the event that its topic promises.",
        "See who else writes to the topic: stages write only what `broadsheet schemas show` describes.",
        document=True,
    ),
    ErrorCode.OUTPUT_TOO_LARGE: ErrorDescription(
        "What the stage made of the page is larger than the largest record the next topic takes.",
        "Publish the article alone; a page that grows past the limit is nearly always a dump of many pages.",
        document=True,
    ),
    ErrorCode.TIME_LIMIT: ErrorDescription(
        "The page took longer than the time limit of one page (BROADSHEET_PAGE_TIMEOUT_SECONDS).",
        "Look at the page with `broadsheet dead-letters show`; raise the limit only if such pages are wanted.",
        document=True,
    ),
    ErrorCode.MEMORY_LIMIT: ErrorDescription(
        "The page needs more memory than a worker process may take (BROADSHEET_WORKER_MAX_MEMORY_BYTES).",
        "Look at the page with `broadsheet dead-letters show`; raise the limit only if such pages are wanted.",
        document=True,
    ),
    ErrorCode.WORKER_DIED: ErrorDescription(
        "The worker process died on this page, twice: by a crash, or in a library that ends the process for want of memory.",
        "Keep the dead letter and report it: a page must not be able to kill a worker.",
        document=True,
    ),
    ErrorCode.BUG: ErrorDescription(
        "The stage raised an unexpected error on this page.",
        "Report it with the dead letter; once it is fixed, `broadsheet dead-letters replay --code bug` sends the pages again.",
        document=True,
    ),
    ErrorCode.INDEX_REFUSED: ErrorDescription(
        "OpenSearch refused the document and will refuse it again.",
        "Read the reason in the message: it names the field. Correct the mapping or the producer, then replay.",
        document=True,
    ),
    ErrorCode.DEAD_LETTER_RATIO: ErrorDescription(
        "So many of the last records became dead letters that the processor stopped, to keep the topic from draining.",
        "Look at `broadsheet dead-letters list`, mend the cause (often the last deployment), then start the processor again.",
        document=False,
    ),
    ErrorCode.CONFIGURATION: ErrorDescription(
        "A setting is missing or has a value that cannot be used.",
        "Correct the environment variable that the message names; docs/settings.md lists them all.",
        document=False,
    ),
    ErrorCode.BROKER_UNAVAILABLE: ErrorDescription(
        "Kafka cannot be reached, or cannot do what it is asked.",
        "Check BROADSHEET_BOOTSTRAP_SERVERS and BROADSHEET_SECURITY_PROTOCOL; `broadsheet up` starts a broker on this machine.",
        document=False,
    ),
    ErrorCode.INDEX_UNAVAILABLE: ErrorDescription(
        "OpenSearch cannot be reached, or cannot do what it is asked.",
        "Check BROADSHEET_OPENSEARCH_URL; `broadsheet up` starts a server on this machine.",
        document=False,
    ),
    ErrorCode.INDEX_DIFFERS: ErrorDescription(
        "The index is not as this release expects it.",
        "Read what `broadsheet index check` prints; `broadsheet index reindex` builds a new version from the old one.",
        document=False,
    ),
    ErrorCode.TOPIC_MISSING: ErrorDescription(
        "A topic that the command needs does not exist.",
        "Run `broadsheet topics create`, with the same BROADSHEET_TOPIC_PREFIX.",
        document=False,
    ),
    ErrorCode.TOPIC_DIFFERS: ErrorDescription(
        "A topic has other settings than the design gives it.",
        "Read what `broadsheet topics check` prints and alter the topic, or accept the difference knowingly.",
        document=False,
    ),
    ErrorCode.USAGE: ErrorDescription(
        "The command was called with arguments that do not go together.",
        "See the command's --help.",
        document=False,
    ),
    ErrorCode.FILE_UNREADABLE: ErrorDescription(
        "A file cannot be read or written, or is not of a kind the command takes.",
        "Check the path and its permissions; paths end in .jsonl, .jsonl.gz, .txt, .html, or are `-`.",
        document=False,
    ),
    ErrorCode.NOT_FOUND: ErrorDescription(
        "What was asked for is not there.",
        "Check the name or id against what the message lists, and the topic prefix.",
        document=False,
    ),
    ErrorCode.STACK: ErrorDescription(
        "A server of the local stack did not start or stopped by itself.",
        "Read the log that the message names; a port in use or too little memory are the usual causes.",
        document=False,
    ),
    ErrorCode.MODEL_UNUSABLE: ErrorDescription(
        "The file of a trained model is missing, damaged, or not the one that this release was shipped with.",
        "Install Broadsheet again; in a checkout, `git checkout` the file that the message names.",
        document=False,
    ),
    ErrorCode.ATTEMPTS_EXHAUSTED: ErrorDescription(
        "A dead letter has failed as often as a replay allows, and is left where it is.",
        "Mend what its code names first; then `broadsheet dead-letters replay --max-attempts N` sends it once more.",
        document=False,
    ),
    ErrorCode.REPLAY_SUPERSEDED: ErrorDescription(
        "Another replay of the same installation has begun, and this one has stopped: what it had sent is not sent again.",
        "Let the other one end, then run this one again if it chose other dead letters.",
        document=False,
    ),
    ErrorCode.TLS_FAILED: ErrorDescription(
        "Kafka or OpenSearch is there, and one side does not accept the other's certificate: it has expired, is for another "
        "name, or comes from an unknown authority.",
        "Read in the message whose certificate is meant; docs/secure.md says which setting names which file.",
        document=False,
    ),
    ErrorCode.CREDENTIALS_REFUSED: ErrorDescription(
        "Kafka or OpenSearch does not accept the name, password or key of this client.",
        "Correct the setting that the message names, or the user on the server; docs/secure.md shows how to give secrets.",
        document=False,
    ),
    ErrorCode.ACCESS_DENIED: ErrorDescription(
        "Kafka or OpenSearch knows this client and does not allow it what it needs.",
        "Give its user the rights that the message names; docs/kafka-access.md lists what each processor and command needs.",
        document=False,
    ),
}
"""The meaning of every code; `docs/errors.md` is generated from it."""
