"""Separates the article from tickers, comments, spam and boilerplate in crawled text.

>>> import cleaner
>>> cleaner.clean("Der Zug kam um acht Uhr an, und niemand stieg aus. Es war still am Bahnhof.\\n")
'Der Zug kam um acht Uhr an, und niemand stieg aus. Es war still am Bahnhof.'
"""

from cleaner.decide import decide
from cleaner.errors import CleanerError
from cleaner.model import Decision, Document, Label, Line, Page, Proposal, Stage
from cleaner.pipeline import Pipeline, clean, explain
from cleaner.record import Record, Removal, restore
from cleaner.segment import segment
from cleaner.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "CleanerError",
    "Decision",
    "Document",
    "Label",
    "Line",
    "Page",
    "Pipeline",
    "Proposal",
    "Record",
    "Removal",
    "Settings",
    "Stage",
    "clean",
    "decide",
    "explain",
    "restore",
    "segment",
]
