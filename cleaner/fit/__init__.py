"""Fits the weights of the decision to labelled pages; deterministic, with NumPy alone."""

from cleaner.fit.train import Options, fit

__all__ = ["Options", "fit"]
