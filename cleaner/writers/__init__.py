"""Rows out and in again, one file a format."""
