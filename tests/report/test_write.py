"""A report as a whole: complete, replaced as one, and nothing else ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Label
from cleaner.errors import CleanerError, LedgerError
from cleaner.report import write_report
from tests.report.making import called, pages, parsed, record, run_of, unfounded


def test_every_link_and_fragment_of_the_seeds_resolves(seeds_report: Path) -> None:
    assert len(pages(seeds_report)) == 6
    assert {} == {page.name: bad for page in pages(seeds_report) if (bad := unfounded(page))}


def ways(page: Path) -> dict[str, str | None]:
    """Where a page says the ones around it are."""
    links = parsed(page).xpath("//nav[@class='ways']//a[@rel]")
    return {link.get("rel"): link.get("href") for link in links}


def test_documents_link_to_the_one_before_and_after(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record(f"Text {i}.", name=f"{i}") for i in range(3)]))

    one, two, three = (f"../../documents/000/0000{i}.html" for i in (1, 2, 3))
    up = "../../index.html"
    assert [
        {"up": up, "prev": None, "next": two},
        {"up": up, "prev": one, "next": three},
        {"up": up, "prev": two, "next": None},
    ] == [ways(page) for page in pages(index)[1:]]


def test_a_sample_has_pages_of_so_many_documents_linked_to_each_other(tmp_path: Path) -> None:
    run = run_of(tmp_path, [record(f"Text {i}.", name=f"{i}") for i in range(20)])

    index = write_report(run, sample=3)

    first, second, third = pages(index)[1:]
    assert Path(ways(second)["prev"] or "").name == first.name
    assert Path(ways(second)["next"] or "").name == third.name
    assert "3 documents, by chance, of 20" in parsed(index).xpath("normalize-space(//header)")
    numbers = [int(page.stem) for page in (first, second, third)]
    assert [str(number - 1) for number in numbers] == [row[0] for row in called(index, "rows-0")[1]]
    assert numbers == called(index, "columns-0")[0]["number"]


def test_a_sample_is_the_same_every_time(tmp_path: Path) -> None:
    run = run_of(tmp_path, [record(f"Text {i}.", name=f"{i}") for i in range(20)])

    one, other = (write_report(run, tmp_path / name, sample=5) for name in ("a", "b"))

    assert [page.name for page in pages(one)] == [page.name for page in pages(other)]


def test_a_sample_of_more_than_there_are_is_all(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record("Text.")]), sample=5)

    assert 2 == len(pages(index))
    assert "by chance" not in parsed(index).xpath("string(//header)")


def test_an_earlier_report_is_replaced_as_a_whole(tmp_path: Path) -> None:
    run = run_of(tmp_path, [record("Eins.", name="1"), record("Zwei.", name="2")])
    write_report(run)

    index = write_report(run_of(tmp_path, [record("Drei.", name="3")]))

    assert [page.name for page in pages(index)] == ["index.html", "00001.html"]
    assert "Drei." in parsed(pages(index)[1]).text_content()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".report")]


def test_a_folder_that_is_no_report_is_left_alone(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", [record("Text.")])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")

    with pytest.raises(CleanerError, match="is not a report"):
        write_report(run, tmp_path / "mine")

    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_a_ledger_that_does_not_add_up_leaves_the_earlier_report(tmp_path: Path) -> None:
    index = write_report(run_of(tmp_path, [record("Eins.\nZwei.", [Label.BODY, Label.SPAM])]))
    before = index.read_bytes()
    removed = tmp_path / "removed.jsonl"
    removed.write_text(removed.read_text().replace('"doc":"page"', '"doc":"other"'))

    with pytest.raises(LedgerError):
        write_report(tmp_path)

    assert index.read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".report")]


def test_a_run_that_does_not_exist_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="not found"):
        write_report(tmp_path / "nowhere")

    assert list(tmp_path.iterdir()) == []


def test_a_report_can_go_to_another_folder(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", [record("Text.")])

    index = write_report(run, tmp_path / "deep" / "site")

    assert index == tmp_path / "deep" / "site" / "index.html"
    assert sorted(path.name for path in index.parent.iterdir()) == [
        "data",
        "document.css",
        "document.js",
        "documents",
        "index.css",
        "index.html",
        "index.js",
        "keys.js",
        "style.css",
    ]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = run_of(tmp_path, [record("Eins.\nZwei.", [Label.BODY, Label.SPAM])])
    first, second = (write_report(run, tmp_path / name) for name in ("a", "b"))

    assert [page.read_bytes() for page in pages(first)] == [
        page.read_bytes() for page in pages(second)
    ]
