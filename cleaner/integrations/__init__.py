"""Inside other pipelines: one file for each library; `rows` is what they share.

Every adapter reads a row as `cleaner run` reads a row of JSON Lines, and gives the same bytes.
"""
