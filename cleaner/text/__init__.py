"""Bytes to text with every repair on record, and text to the lines of a document."""
