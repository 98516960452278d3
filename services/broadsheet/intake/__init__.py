"""Intake: raw bytes in, `AcceptedDocument` out."""
