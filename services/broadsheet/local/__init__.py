"""The stack on one machine without containers: Kafka, OpenSearch and the four processors."""
