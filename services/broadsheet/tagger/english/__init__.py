"""Names in English text, by the trained model."""
