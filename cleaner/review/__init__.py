"""Verdicts on what a run decided: kept in SQLite, asked for in a browser, and put to use."""
