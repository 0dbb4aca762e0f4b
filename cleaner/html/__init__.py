"""HTML pages as lines of text, each with what the markup says about it."""
