"""Writes the pages of docs/ that are made from the program, so that they say what it does."""
