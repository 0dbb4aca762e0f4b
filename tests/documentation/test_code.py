"""All code in the documentation runs, page by page, in a folder that has what pages speak of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner import Pipeline
from cleaner.engines.local import clean_into
from cleaner.readers import split
from cleaner.review.values import Kind
from cleaner.rules import failing_examples, load_rules
from tests.conftest import ROOT, Command
from tests.documentation.blocks import Block, blocks, commands
from tests.documentation.shell import missing, outcome
from tests.documentation.world import make_world
from tests.review.made import opened

PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    # A notebook's own test runs it; adapters have processes of their own in tests/integrations.
    if not page.with_suffix(".ipynb").is_file() and page.name != "integrations.md"
]


@pytest.fixture(scope="module")
def finished_run(tmp_path_factory: pytest.TempPathFactory, seeds_folder: Path) -> Path:
    """The results of a run over the seeds."""
    folder = tmp_path_factory.mktemp("run")
    clean_into(folder, split([str(seeds_folder)]), Pipeline())
    with opened(folder) as review:
        review.say("004_d389304084a65964.txt", "Kommentare", Kind.ACCEPT)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_runs(
    page: Path, cleaner_command: Command, tmp_path: Path, finished_run: Path
) -> None:
    make_world(tmp_path, finished_run)
    names: dict[str, object] = {"__name__": page.stem}
    lacking = set()

    for block in filter(lambda each: each.is_run, blocks(page.read_text(encoding="utf-8"))):
        try:
            run(block, page, names, cleaner_command, tmp_path)
        except ModuleNotFoundError as error:
            if not error.name or error.name.startswith("cleaner"):
                raise
            lacking.add(error.name)

    if lacking:
        pytest.skip(f"examples of {page.name} need {', '.join(sorted(lacking))}")


def run(
    block: Block, page: Path, names: dict[str, object], cleaner_command: Command, world: Path
) -> None:
    """Run a block, or write the file that its title names."""
    if block.language == "python":
        code = "\n" * (block.line - 1) + block.text  # tracebacks tell the line of the page
        # In a thread: the tests in a browser leave an event loop running in the main one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(exec, compile(code, page, "exec"), names).result()
    elif block.language in {"sh", "console"}:
        for command, shown in commands(block.text):
            code, printed = outcome(command, cleaner_command, world)
            place = f"{page.name}, block at line {block.line}: {command}"
            assert 0 == code, f"{place}\n{printed}"
            assert [] == list(missing(shown, printed)), f"{place}\n{printed}"
    else:
        file = world / (block.title or "untitled")
        file.write_text(block.text, encoding="utf-8")
        if block.language == "toml" and "[[rule]]" in block.text:
            pack = file.rename(file.with_suffix(".toml"))
            assert [] == [why for rule in load_rules(pack).rules for why in failing_examples(rule)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_code_that_is_not_run_says_why(page: Path) -> None:
    untold = [
        block.line
        for block in blocks(page.read_text(encoding="utf-8"))
        if not block.is_run and not block.title.startswith("not run by the tests: ")
    ]

    assert [] == untold, f'{page.name}: lines of blocks; say title="not run by the tests: …"'
