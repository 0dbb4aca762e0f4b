from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer

from cleaner import Label, Settings
from cleaner.cli import app
from cleaner.readers import SUFFIXES
from cleaner.readers.streams import COMPRESSIONS
from cleaner.settings import Fields, LanguageSettings
from cleaner.writers.formats import ROW_FORMATS
from tests.conftest import ROOT

LONGEST_MODULE_LINES = 300
# Each may import its own layer and those above it, nobody one below.
LAYERS = (
    ("errors", "markup", "recurrence", "zstandard"),
    ("model", "together"),
    ("batches", "measure", "rows", "settings", "text"),
    ("html", "languages"),
    ("repeats",),
    ("rules",),
    ("page",),
    ("stages",),
    ("decide",),
    ("comments", "markdown"),
    ("record",),
    ("pipeline",),
    ("gold", "readers", "writers"),
    ("runs",),
    ("diff", "evaluate", "fit", "engines", "integrations", "report", "show", "stats"),
    ("review",),
    ("cli",),
    ("__main__",),
)
VALUES = {"markup", "recurrence"}
LAYER_OF = {name: number for number, layer in enumerate(LAYERS) for name in layer}
# `import cleaner` stands for all that a caller of the library may use: the pipeline and above.
LAYER_OF["__init__"] = LAYER_OF["pipeline"]

MODULES = sorted((ROOT / "cleaner").rglob("*.py"))
# Not what is made from the program itself, which has all options.
DOCS = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    if page.name != "cli.md"
]
every_module = pytest.mark.parametrize(
    "module", MODULES, ids=[str(module.relative_to(ROOT)) for module in MODULES]
)


def part(module: Path) -> str:
    """The file or folder right below cleaner/ that a module is, or lies in."""
    return module.relative_to(ROOT / "cleaner").parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each module of ours that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "cleaner":
            yield from ((node.lineno, f"cleaner.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def parts_imported(module: Path) -> Iterator[tuple[int, str]]:
    """Line and part of cleaner/ of each import of ours; names of the package itself are no part."""
    for line, name in imported(module):
        package, _, rest = name.partition(".")
        if package == "cleaner":
            first = rest.partition(".")[0]
            yield line, first if first in LAYER_OF else "__init__"


@every_module
def test_every_module_has_its_layer(module: Path) -> None:
    assert part(module) in LAYER_OF


@every_module
def test_imports_point_to_upper_layers_only(module: Path) -> None:
    own = LAYER_OF.get(part(module), len(LAYERS))

    assert [] == [
        f"{module.name}:{line} imports {name}"
        for line, name in parts_imported(module)
        if LAYER_OF[name] > own
    ]


def test_the_values_import_nothing_of_ours() -> None:
    found = [
        f"{line}: {name}"
        for module in MODULES
        if part(module) in {*VALUES, "model"}
        for line, name in parts_imported(module)
        if part(module) != "model" or name not in VALUES
    ]

    assert [] == found


@every_module
@pytest.mark.parametrize("name", ["cli", "fit"])
def test_nobody_but_the_command_line_imports(module: Path, name: str) -> None:
    users = {"__main__", "cli", name}

    assert part(module) in users or name not in {other for _, other in parts_imported(module)}


@every_module
def test_no_import_is_relative(module: Path) -> None:
    assert [] == [
        node.lineno
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def test_parts_do_not_import_each_other_in_circles() -> None:
    graph = {
        name: {other for m in MODULES if part(m) == name for _, other in parts_imported(m)} - {name}
        for name in LAYER_OF
        if name != "__init__"  # the package loads its names on first use
    }
    left = set(graph)
    while free := {name for name in left if not graph[name] & left}:
        left -= free

    assert set() == left


@every_module
def test_no_module_is_longer_than_a_few_screens(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE_LINES


@every_module
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def docs() -> str:
    """README and all pages of docs/ as one text."""
    return "\n".join(file.read_text(encoding="utf-8") for file in DOCS)


@pytest.mark.parametrize("verb", sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
def test_every_verb_is_documented(docs: str, verb: str) -> None:
    assert f"cleaner {verb}" in docs


@pytest.mark.parametrize(
    "spellings",
    [
        pytest.param(option.opts, id=f"{name} {option.opts[0]}")
        for name, verb in sorted(typer.main.get_command(app).commands.items())  # type: ignore[attr-defined]
        for option in verb.params
        if option.param_type_name == "option"
    ],
)
def test_every_option_is_documented(docs: str, spellings: Sequence[str]) -> None:
    found = [name for name in spellings if re.search(rf"(?<![\w-]){name}(?![\w-])", docs)]

    assert found, f"none of {spellings} is in README.md or docs/"


@pytest.mark.parametrize("label", Label)
def test_every_label_is_documented(docs: str, label: Label) -> None:
    assert re.search(rf"`{label}`", docs)


@pytest.mark.parametrize("name", [*Settings.model_fields, *LanguageSettings.model_fields])
def test_every_setting_is_documented(docs: str, name: str) -> None:
    assert re.search(rf"(?<![\w.]){name}(?!\w)", docs)


@pytest.mark.parametrize("name", Fields.model_fields)
def test_every_field_that_is_read_is_documented(docs: str, name: str) -> None:
    assert f"`fields.{name}`" in docs


@pytest.mark.parametrize("suffix", [*SUFFIXES, *COMPRESSIONS, *ROW_FORMATS])
def test_every_suffix_is_documented(docs: str, suffix: str) -> None:
    assert f"`{suffix}`" in docs
