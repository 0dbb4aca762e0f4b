"""The same text has the same labels, scores and reasons whatever a machine's processor can do."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

# Prints a hash of all that is decided about every fourth invented page.
PROGRAM = """
import hashlib
from cleaner import Pipeline
from tests.test_pages import cases, head_and_rows

texts = ["\\n".join(row.partition("\\t")[2] for row in head_and_rows(f)[1]) for f in cases()[::4]]
found = hashlib.sha256()
for record in Pipeline().map(texts):
    found.update(repr([(d.label, d.score, d.voices) for _, d in record.explained]).encode())
print(len(texts), found.hexdigest())
"""
WIDE = "AVX2,FMA3,AVX512F,AVX512CD,AVX512_SKX,AVX512_CLX,AVX512_CNL,AVX512_ICL,AVX512_SPR"
MACHINES = {
    "a processor without wide registers": {
        "NPY_DISABLE_CPU_FEATURES": WIDE,
        "OPENBLAS_CORETYPE": "Prescott",
    },
    "another kernel for products": {"OPENBLAS_CORETYPE": "Sandybridge"},
    "two threads": {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"},
}


@cache
def decided(machine: str = "") -> str:
    found = subprocess.run(  # our own interpreter
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, **MACHINES.get(machine, {})},
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout


@pytest.mark.parametrize("machine", MACHINES)
def test_decisions_are_the_same_on(machine: str) -> None:
    assert decided() == decided(machine)
