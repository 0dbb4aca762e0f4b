"""Libraries that are installed on demand."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cleaner.errors import SettingsError


class MissingError(SettingsError, ImportError):
    """A library is not installed that an extra of cleaner brings."""


def library(module: str, extra: str) -> Any:
    """A module of a library that an extra of cleaner brings.

    Raises:
        MissingError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingError(
            f"{package} cannot be imported ({error}); get it with pip install 'cleaner[{extra}]'"
        ) from error
