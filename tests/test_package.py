"""The wheel: built, installed beside nothing else of ours, and run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import cleaner
from tests.conftest import ROOT, names, rows

pytestmark = pytest.mark.slow


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
