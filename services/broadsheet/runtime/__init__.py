"""What every processor needs and none should write twice: records, the processing loop, metrics, health, logs."""
