r"""Separates the article from tickers, comments, spam and boilerplate in crawled text.

>>> import cleaner
>>> cleaner.clean("Der Zug kam um acht Uhr an, und niemand stieg aus. Es war still am Bahnhof.")
'Der Zug kam um acht Uhr an, und niemand stieg aus. Es war still am Bahnhof.'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.decide.decisions import Decision, Decisions
    from cleaner.errors import CleanerError
    from cleaner.model import Document, HtmlPage, Label, Line, Lines, Page, Proposal, Stage
    from cleaner.pipeline import Pipeline, clean, explain
    from cleaner.record import Record
    from cleaner.record.sources import restore
    from cleaner.rows import Removal
    from cleaner.settings import Settings, load_settings

__version__ = "0.1.0"

__all__ = [
    "CleanerError",
    "Decision",
    "Decisions",
    "Document",
    "HtmlPage",
    "Label",
    "Line",
    "Lines",
    "Page",
    "Pipeline",
    "Proposal",
    "Record",
    "Removal",
    "Settings",
    "Stage",
    "clean",
    "explain",
    "load_settings",
    "restore",
]

# Names are loaded on first use: numpy and pydantic take most of a second on a slow machine, which a
# program that merely imports cleaner should not pay.
_HOMES = {
    "cleaner.decide.decisions": ("Decision", "Decisions"),
    "cleaner.errors": ("CleanerError",),
    "cleaner.model": (
        "Document",
        "HtmlPage",
        "Label",
        "Line",
        "Lines",
        "Page",
        "Proposal",
        "Stage",
    ),
    "cleaner.pipeline": ("Pipeline", "clean", "explain"),
    "cleaner.record": ("Record",),
    "cleaner.record.sources": ("restore",),
    "cleaner.rows": ("Removal",),
    "cleaner.settings": ("Settings", "load_settings"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name, from the module it lives in."""
    if name not in _HOME:
        raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
