"""Rules for lines that were decided wrongly more than once, with what they would do on gold."""
