"""Zstandard: Python's own from 3.14 on, its backport before; loaded where it is needed."""

import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["zstd"]
