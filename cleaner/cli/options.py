"""The command line's options that are shared by verbs, or too many for the verb's own lines."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        envvar="CLEANER_SETTINGS",
        help="A TOML file of settings; default: ./cleaner.toml if it exists.",
    ),
]


class PresetName(str, Enum):
    """How readily lines go."""

    STRICT = "strict"
    BALANCED = "balanced"
    GENTLE = "gentle"
    OFF = "off"


Preset = Annotated[
    PresetName | None,
    typer.Option(
        "--preset", help="How readily lines go: strict, balanced (default), gentle, or off."
    ),
]
Packs = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="A rule pack (file or folder) beside the built-in."),
]
Without = Annotated[
    list[str] | None, typer.Option("--without", help="A stage to leave out; may be repeated.")
]
Keep = Annotated[
    list[str] | None, typer.Option("--keep", help="A label to keep (default: title and body).")
]
WeightsFolder = Annotated[
    Path | None,
    typer.Option(
        "--weights", metavar="FOLDER", help="Weights of `cleaner train` instead of the built-in."
    ),
]
CountsFile = Annotated[
    Path | None,
    typer.Option(
        "--repeats", metavar="COUNTS", help="What `cleaner repeats` wrote: lines of whole sites."
    ),
]


TextField = Annotated[
    str | None,
    typer.Option("--text-field", metavar="NAME", help="The field of rows to clean: text."),
]
HtmlField = Annotated[
    str | None,
    typer.Option("--html-field", metavar="NAME", help="The one of pages, where there is no text."),
]
IdField = Annotated[
    str | None, typer.Option("--id-field", metavar="NAME", help="The one that names a row: id.")
]
UrlField = Annotated[
    str | None, typer.Option("--url-field", metavar="NAME", help="The one of its address: url.")
]


class Incoming(str, Enum):
    """What stdin is read as: the keys of cleaner.readers.FORMATS, which --help need not load."""

    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


StdinFormat = Annotated[
    Incoming, typer.Option("--stdin-format", help="What '-' holds, packed by gzip or zstd or not.")
]


class Extractor(str, Enum):
    """What reads HTML pages."""

    CLEANER = "cleaner"
    TRAFILATURA = "trafilatura"


ExtractorName = Annotated[
    Extractor | None,
    typer.Option(
        "--extractor", help="What reads HTML: cleaner (default), or trafilatura's article first."
    ),
]


class Form(str, Enum):
    """In what forms rows have the clean text."""

    TEXT = "text"
    MARKDOWN = "markdown"


FormName = Annotated[
    Form | None,
    typer.Option("--format", help="text (default), or markdown: the clean text as that too."),
]


class ReasonsName(str, Enum):
    """How much the ledger tells."""

    FULL = "full"
    BRIEF = "brief"


Reasons = Annotated[
    ReasonsName | None,
    typer.Option(
        "--reasons",
        help="full (default), or brief: of removed lines only what rules and stages said.",
    ),
]
Links = Annotated[bool | None, typer.Option("--links", help="Put links into the Markdown.")]


class Engine(str, Enum):
    """Where documents are cleaned."""

    LOCAL = "local"
    RAY = "ray"


EngineName = Annotated[
    Engine, typer.Option("--engine", help="Clean on this machine, or on a Ray cluster.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=0,
        envvar="CLEANER_WORKERS",
        help="Processes that clean (default: all cores); 0: this one, without limits.",
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        min=1,
        metavar="SECONDS",
        help="Most that one document may take (default: 120).",
    ),
]
Memory = Annotated[
    int | None,
    typer.Option(
        "--memory",
        min=512,  # without any document a worker holds some 130
        metavar="MB",
        help="Most that its worker may hold (default: 4096).",
    ),
]


class Outgoing(str, Enum):
    """How rows are written."""

    JSONL = "jsonl"
    PARQUET = "parquet"


class Packing(str, Enum):
    """How JSON Lines are packed."""

    GZ = "gz"
    ZST = "zst"


To = Annotated[Outgoing, typer.Option("--to", help="How rows are written.")]
Compress = Annotated[
    Packing | None, typer.Option("--compress", help="Pack JSON Lines: documents.jsonl.gz, ...")
]


class Grouping(str, Enum):
    """What must not be in two folds."""

    PAGE = "page"
    SITE = "site"


Gold = Annotated[list[Path], typer.Argument(metavar="GOLD...", help="JSONL of labelled pages.")]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FOLDER",
        help="The pages of GOLD in HTML, files named by their ids: 4f89.html or 4f89.html.gz.",
    ),
]
Folds = Annotated[
    int | None,
    typer.Option(
        "--folds", min=2, help="Cross-validate: fit on the pages of the other folds, score on one."
    ),
]
Group = Annotated[
    Grouping, typer.Option("--group", help="What stays together in a fold: a page, or a site.")
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="FIELD", help="Break down by lang, site or a field of the rows."),
]
Worst = Annotated[
    int,
    typer.Option("--worst", min=0, help="How many of the worst pages to name, by F1 and by size."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a file, for programs.")]
EvalFolder = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for scores.json and worst.md, a diff of lines.",
    ),
]
TrainFolder = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for the weights.")
]
Foreign = Annotated[
    list[Path] | None,
    typer.Option(
        "--foreign",
        metavar="LANG.txt",
        help="Sentences of a language, one a line, to make articles and noise of.",
    ),
]
Languages = Annotated[
    Path | None,
    typer.Option(
        "--languages",
        metavar="DIR",
        help="Tell how well languages are told apart, on sentences in DIR/LANG.txt and on GOLD.",
    ),
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Another seed, other weights.")]
Epochs = Annotated[
    int | None, typer.Option("--epochs", min=1, help="How often the fit sees every page.")
]
