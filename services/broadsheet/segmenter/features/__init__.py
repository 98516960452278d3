"""What the model sees of a page: numbers and hashed n-grams of every line, computed for a whole page at a time."""
