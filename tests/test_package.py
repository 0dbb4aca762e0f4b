"""The wheel: built, installed beside nothing else of ours, and run from another folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import cleaner
from tests.conftest import ROOT, names, rows

pytestmark = pytest.mark.slow

# Of the checkout, what git does not keep and no package needs.
NO_SOURCES = (".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", "site", "dist")
# Installed without compiled Python files; 64-bit Linux.
MOST_INSTALLED_MB = 158


def run(*command: object, cwd: Path) -> str:
    """What a command prints; it must end well. Nothing of the checkout is on its path."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_"))}
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT),
        cwd=folder,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel; dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    # A path file of a path file is not read: the checkout, which is installed editable, stays out.
    packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    )
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(packages.strip(), "dependencies.pth").write_text("\n".join(dependencies), encoding="utf-8")
    return programs


def packages(folder: Path, sources: Path) -> dict[str, bytes]:
    """The wheel and the source archive that are built of these sources, by name."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, sources, cwd=sources)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_sources_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(ROOT, elsewhere, ignore=shutil.ignore_patterns(*NO_SOURCES))
    for path in elsewhere.rglob("*"):
        os.utime(path, (time.time(), 1_600_000_000))
        if path.is_file():
            path.chmod(0o600)

    assert packages(tmp_path / "first", ROOT) == packages(tmp_path / "second", elsewhere)


def needed(name: str, found: set[str]) -> Iterator[str]:
    """A package and all that it brings, by name, but what was found before."""
    name = re.sub(r"[-_.]+", "-", name).lower()
    if name not in found:
        found.add(name)
        yield name
        for required in map(Requirement, distribution(name).requires or ()):
            if not required.marker or required.marker.evaluate({"extra": ""}):
                yield from needed(required.name, found)


def installed_mb(name: str) -> float:
    """The size of a package's files without compiled Python ones."""
    files = [Path(path.locate()) for path in distribution(name).files or ()]
    return sum(file.stat().st_size for file in files if file.suffix != ".pyc") / 1e6


@pytest.mark.skipif(sys.platform != "linux", reason="sizes differ between systems")
def test_the_package_brings_no_more_than_it_says() -> None:
    brought = {name: installed_mb(name) for name in needed("cleaner", set()) if name != "cleaner"}

    assert sum(brought.values()) < MOST_INSTALLED_MB, brought


def test_the_wheel_is_named_for_the_version(wheel: Path) -> None:
    assert f"cleaner-{cleaner.__version__}-py3-none-any.whl" == wheel.name


def test_the_wheel_carries_every_file_of_rules(wheel: Path) -> None:
    expected = [f"cleaner/_rules/{name}" for name in names(ROOT / "rules")]

    assert expected == sorted(
        name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("cleaner/_rules/")
    )


def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "cleaner").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert set() == expected - set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_carries_templates(wheel: Path) -> None:
    assert [name for name in zipfile.ZipFile(wheel).namelist() if "/report/templates/" in name]


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    parts = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {"cleaner", f"cleaner-{cleaner.__version__}.dist-info"} == parts


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    found = run(installed / "python", "-c", "import cleaner; print(cleaner.__file__)", cwd=tmp_path)

    assert found.startswith(str(installed.parent))


def test_the_installed_program_cleans_the_seeds(installed: Path, tmp_path: Path) -> None:
    run(installed / "cleaner", "run", ROOT / "seeds", "-o", "out", cwd=tmp_path)

    removed = rows(tmp_path / "out" / "removed.jsonl")
    assert 5 == len(rows(tmp_path / "out" / "documents.jsonl"))
    assert {"ticker", "spam", "comment", "meta"} == {row["label"] for row in removed}


def test_the_installed_program_writes_a_report(installed: Path, tmp_path: Path) -> None:
    run(installed / "cleaner", "run", ROOT / "seeds", "-o", "out", cwd=tmp_path)

    run(installed / "cleaner", "report", "out", cwd=tmp_path)

    assert (tmp_path / "out" / "report" / "index.html").is_file()


def test_the_installed_rules_do_what_they_promise(installed: Path, tmp_path: Path) -> None:
    assert not run(installed / "cleaner", "rules", "--check", cwd=tmp_path)
