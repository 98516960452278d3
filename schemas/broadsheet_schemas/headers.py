"""Names of the Kafka headers that Broadsheet reads and writes.

CloudEvents attributes follow the Kafka binding of CloudEvents 1.0 (binary mode: prefix `ce_`, value UTF-8).
"""

CONTENT_TYPE = "content-type"
URL = "url"
DOCUMENT_ID = "document-id"
FETCHED_AT = "fetched-at"
TRACEPARENT = "traceparent"
TRACESTATE = "tracestate"

CE_SPECVERSION = "ce_specversion"
CE_ID = "ce_id"
CE_TYPE = "ce_type"
CE_SOURCE = "ce_source"
CE_TIME = "ce_time"
CE_SUBJECT = "ce_subject"

SPECVERSION = "1.0"
JSON_CONTENT_TYPE = "application/json"
STRUCTURED_CONTENT_TYPE = "application/cloudevents+json"

ERROR_PREFIX = "broadsheet-error-"
ERROR_STAGE = f"{ERROR_PREFIX}stage"
ERROR_CLASS = f"{ERROR_PREFIX}class"
ERROR_CODE = f"{ERROR_PREFIX}code"
ERROR_MESSAGE = f"{ERROR_PREFIX}message"
ERROR_ATTEMPTS = f"{ERROR_PREFIX}attempts"
ERROR_TOPIC = f"{ERROR_PREFIX}topic"
ERROR_PARTITION = f"{ERROR_PREFIX}partition"
ERROR_OFFSET = f"{ERROR_PREFIX}offset"
ERROR_TIMESTAMP = f"{ERROR_PREFIX}timestamp"
ERROR_FIRST_FAILED_AT = f"{ERROR_PREFIX}first-failed-at"

REPLAYED = "broadsheet-replayed"
"""On a record that `dead-letters replay` sent: topic, partition and offset of the dead letter it came from."""
