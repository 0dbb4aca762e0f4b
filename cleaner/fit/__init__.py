"""Fits the weights of the decision to labelled pages; deterministic, with NumPy alone."""

from cleaner.fit.learn import Options
from cleaner.fit.train import fit

__all__ = ["Options", "fit"]
