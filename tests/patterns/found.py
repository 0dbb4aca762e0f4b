"""Every regular expression of the package: where it stands, and how it is used there."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import regex

import cleaner
from cleaner.integrations.extras import MissingError
from tests.conftest import ROOT

METHODS = frozenset(("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"))
ENGINES = {"re": re, "regex": regex}
_PATTERNS = (re.Pattern, type(regex.compile("")))


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, where it stands, and the methods that are called of it."""

    place: str
    pattern: Any
    methods: frozenset[str]


def in_modules() -> list[Found]:
    """The patterns that modules hold, alone or in a tuple; each where its name comes first."""
    used, found = _methods_of_names(), dict[int, Found]()
    for module in _modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns(value)):
                place = f"{module.__name__}.{name}{f'[{number}]' if number else ''}"
                known = found.get(id(pattern), Found(place, pattern, frozenset()))
                # A name that another module imports is the same object there.
                methods = known.methods | used[module.__name__, name]
                found[id(pattern)] = replace(known, methods=methods)
    # What is used by another name, such as that of a loop, may be used in any way.
    return [replace(each, methods=each.methods or METHODS) for each in found.values()]


def in_calls() -> list[Found]:
    """The patterns that stand in calls such as `re.sub`, where they are literals."""
    return [
        Found(place, ENGINES[engine].compile(first.value), frozenset({name}))
        for place, engine, name, first in calls()
        if name in METHODS and engine in ENGINES and isinstance(first, ast.Constant)
    ]


def calls() -> Iterator[tuple[str, str, str, ast.expr]]:
    """Place, engine, function and first argument of each call that makes or matches a pattern."""
    for file, tree in _trees().items():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re" | "regex" | "re2" as engine)),
                    args=[first, *_],
                ) if node.func.attr in {*METHODS, "compile"}:  # type: ignore[attr-defined]
                    yield f"{file}:{node.lineno}", engine, node.func.attr, first  # type: ignore[attr-defined]


def functions_that_compile() -> set[str]:
    """The functions in which patterns are compiled, by file and name."""
    return {
        f"{file}:{function.name}"
        for file, tree in _trees().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".compile")
    }


def _modules() -> Iterator[ModuleType]:
    """Every module of the package, but for those that stand on a library that is not there."""
    for about in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if not about.name.endswith("__main__"):
            try:
                yield importlib.import_module(about.name)
            except MissingError:
                continue


def _patterns(value: object) -> Iterator[Any]:
    if isinstance(value, _PATTERNS):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _patterns(each)
    elif isinstance(value, dict):
        yield from _patterns(list(value.values()))


def _trees() -> Mapping[str, ast.Module]:
    files = sorted((ROOT / "cleaner").rglob("*.py"))
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
    }


def _methods_of_names() -> Mapping[tuple[str, str], frozenset[str]]:
    """The methods that are called, or handed on, of each name in each module."""
    found: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    for file, tree in _trees().items():
        module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found[module, node.value.id] |= METHODS & {node.attr}
    return found
