"""What is installed, and what it may do: pinned, licensed, no network, no code from data."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "cleaner").rglob("*.py"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# Each pin with all that stands below it.
PINS = {
    found[1]: found[0] for found in re.finditer(r"^([\w.-]+)==.*(?:\n .*)*", LOCK, re.MULTILINE)
}

# Runs verbs in a process in which nothing may ask the network or make objects from a pickle.
WATCHED = """
import sys
FORBIDDEN = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
    "urllib.Request", "pickle.find_class", "os.system", "subprocess.Popen",
)
def watch(event, arguments):
    if event in FORBIDDEN:
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(watch)
from cleaner.cli import main
sys.argv = ["cleaner", *sys.argv[1:]]
main()
"""
VERBS: Mapping[str, Sequence[str]] = {
    "run": ("run", "{seeds}", "{page}", "-o", "{out}", "--comments", "--format", "markdown"),
    "run trafilatura": ("run", "{page}", "-o", "{out}", "--extractor", "trafilatura"),
    "explain": ("explain", "{page}"),
    "restore": ("restore", "{cleaned}", "-o", "{out}"),
    "report": ("report", "{cleaned}", "-o", "{out}"),
    "eval": ("eval", "{seeds}/seeds.gold.jsonl"),
    "rules": ("rules",),
    "schema": ("schema",),
}
PAGE = "<!doctype html><title>Die Fähre</title><base href=http://a.example><img src=http://a.example/x>"


def watched(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WATCHED, *map(str, arguments)]
    # All in this process: it cannot see what others do.
    here = {**os.environ, "CLEANER_WORKERS": "0"}
    return subprocess.run(command, capture_output=True, check=False, text=True, env=here)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path) -> dict[str, Path]:
    """What verbs are run on, and a run that is finished."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "page.html").write_text(f"{PAGE}<p>{'Ein Satz. ' * 20}", encoding="utf-8")
    watched("run", seeds_folder, "-o", folder / "cleaned").check_returncode()
    return {
        "seeds": seeds_folder,
        "page": folder / "page.html",
        "cleaned": folder / "cleaned",
    }


@pytest.mark.parametrize("arguments", VERBS.values(), ids=VERBS)
def test_verbs_ask_no_network_start_no_program_and_read_no_pickle(
    places: Mapping[str, Path], tmp_path: Path, arguments: Sequence[str]
) -> None:
    out = tmp_path / "out"

    ran = watched(*(argument.format(out=out, **places) for argument in arguments))

    assert 0 == ran.returncode, ran.stderr


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("import socket; socket.socket().connect(('127.0.0.1', 9))", "socket.connect"),
        ("import socket; socket.getaddrinfo('a.example', 80)", "socket.getaddrinfo"),
        ("import pickle, pathlib; pickle.loads(pickle.dumps(pathlib.Path()))", "pickle.find_class"),
    ],
)
def test_the_watch_would_notice(code: str, event: str) -> None:
    program = WATCHED.replace("main()\n", f"{code}\n")
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert event.encode() in ran.stderr


NO_MODULES = frozenset(("pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"))
NO_CALLS = frozenset(("eval", "exec", "compile", "__import__", "execfile", "input"))


def dangers(module: Path) -> Iterator[str]:
    """What could make code of data in a module."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names) if NO_MODULES & {n.name.split(".")[0] for n in names}:
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.ImportFrom(module=str(name)) if name.split(".")[0] in NO_MODULES:
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Call(func=ast.Name(id=name)) if name in NO_CALLS:
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Call(func=ast.Attribute(attr="load" | "read_array"), keywords=words):
                allowed = {word.arg: ast.unparse(word.value) for word in words}
                of_numpy = ast.unparse(node.func).startswith(("np.", "npy.", "numpy."))
                if of_numpy and allowed.get("allow_pickle") != "False":
                    yield f"{node.lineno}: {ast.unparse(node)}"


# A run sends its pipeline to worker processes that it has started itself, through their own pipes.
TO_OWN_WORKERS = frozenset(
    ("cleaner/engines/child.py", "cleaner/engines/crew.py", "cleaner/engines/on_ray.py")
)


@pytest.mark.parametrize("module", MODULES, ids=[str(m.relative_to(ROOT)) for m in MODULES])
def test_no_module_makes_code_of_data(module: Path) -> None:
    allowed = module.relative_to(ROOT).as_posix() in TO_OWN_WORKERS
    found = [danger for danger in dangers(module) if not (allowed and "import pickle" in danger)]

    assert [] == found


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from yaml import load",
        "eval('1')",
        "np.load(f)",
        "np.load(f, allow_pickle=x)",
    ],
)
def test_code_of_data_would_be_found(tmp_path: Path, code: str) -> None:
    (tmp_path / "bad.py").write_text(code, encoding="utf-8")

    assert list(dangers(tmp_path / "bad.py"))


def test_time_is_measured_by_a_clock_that_does_not_jump() -> None:
    found = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "time.time"
    ]

    assert [] == found


@pytest.mark.parametrize("name", PINS)
def test_every_pin_has_a_hash(name: str) -> None:
    assert "--hash=sha256:" in PINS[name]


def test_the_lock_has_pins_only() -> None:
    others = [
        line for line in LOCK.splitlines() if not re.match(r"[\w.-]+==[\w.]+ |    --hash=", line)
    ]

    assert [] == others


@pytest.fixture(scope="module")
def third_party() -> ModuleType:
    """docsite/third_party.py, run by itself."""
    return script(ROOT / "docsite" / "third_party.py")


def script(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_licences_are_listed_as_packages_state_them(third_party: ModuleType) -> None:
    assert third_party.written() == third_party.FILE.read_text(encoding="utf-8")


def test_every_dependency_and_extra_is_in_the_list(third_party: ModuleType) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = text[text.index("\ndependencies") : text.index("[project.scripts]")]
    names = set(re.findall(r'^  "([\w.-]+)', declared, re.MULTILINE))

    assert names
    # The libraries of other pipelines are there already where an adapter is used.
    hosts = (ROOT / "requirements-integrations.lock").read_text(encoding="utf-8")
    others = {name for name in names if f"\n{name}==" in hosts and f"\n{name}==" not in LOCK}
    listed = third_party.packages().keys()
    assert set() == {name.replace(".", "-") for name in names - others} - listed


ASKED: Mapping[str, tuple[Any, int]] = {
    "no answer": (None, 3),
    "an empty answer": ({"dependencies": []}, 3),
    "nothing could be looked up": ({"dependencies": [{"name": "a", "skip_reason": "x"}]}, 3),
    "no fault": ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0),
    "a fault": (
        {
            "dependencies": [
                {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]},
                {"name": "b", "skip_reason": "x"},
            ]
        },
        1,
    ),
}


@pytest.mark.parametrize(("report", "status"), ASKED.values(), ids=ASKED)
def test_an_audit_that_could_not_be_made_is_no_clean_one(
    report: Mapping[str, Any] | None, status: int
) -> None:
    found, messages = script(ROOT / ".ci" / "audit.py").verdict(report)

    assert status == found
    assert messages
