"""What tags tell by themselves."""

from __future__ import annotations

import pytest

from cleaner.html.families import FAMILIES, families_of, names_of
from cleaner.html.naming import name_words
from cleaner.html.shapes import READ_WORDS, Shapes
from tests.html.pages import tokens_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("post-comments__list", ["post", "comments", "list"]),
        ("postCommentsList", ["post", "comments", "list"]),
        ("HTMLPage", ["html", "page"]),
        ("c-12 a1b2 SHARE", ["share"]),
        ("größe überRaum", ["größe", "über", "raum"]),
        ("", []),
    ],
)
def test_words_of_names(name: str, expected: list[str]) -> None:
    words = name_words([b"other", name.encode()])
    found = zip(words.names.tolist(), words.of_distinct.tolist(), strict=True)

    assert expected == [words.distinct[i] for of, i in found if of == 1]


def test_a_word_has_one_hash_wherever_it_stands() -> None:
    hashes = name_words([b"commentList", b"a-comment", b"Comment"]).hashes.tolist()

    assert 1 == len({hashes[0], hashes[2], hashes[3]})


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('div class="kommentare"', ["comment"]),
        ('div id="disqus_thread"', ["comment"]),
        ('nav class="x"', ["nav", "in_nav"]),
        ('div role="navigation"', ["nav"]),
        ('div itemprop="articleBody"', ["article", "body"]),
        ('p title="comment" data-class="comment" alt=" class=&quot;comment&quot;"', []),
        ('body class="comments-open"', []),
        ("/nav", []),
    ],
)
def test_families_of_tags(tag: str, expected: list[str]) -> None:
    [families] = Shapes.of(tokens_of([tag])).families.tolist()

    assert expected == names_of(families)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('p hidden=""', True),
        ('p hidden="until-found"', True),
        ('p aria-hidden="true"', True),
        ('p aria-hidden="false"', False),
        ('p style="color: red; DISPLAY : none"', True),
        ('p style="display: block"', False),
        ('p data-hidden="true" class="hidden"', False),
    ],
)
def test_hidden_tags(tag: str, expected: bool) -> None:  # noqa: FBT001  # a parameter of a table
    assert [False, expected] == Shapes.of(tokens_of(["p", tag])).hidden.tolist()


def test_tags_that_differ_in_numbers_only_have_one_signature() -> None:
    tags = ['li class="post-1"', 'li class="post-22" id="x"', 'li class="page"', 'p class="post-1"']
    signatures = Shapes.of(tokens_of(tags)).signatures.tolist()

    assert signatures[0] == signatures[1]
    assert 3 == len(set(signatures))


def test_no_more_words_are_read_of_a_tag_than_a_page_needs() -> None:
    many = " ".join(f"{a}{b}" for a in "abcdefgh" for b in "abcdefgh")

    assert [1, READ_WORDS] == Shapes.of(tokens_of(["p", f'p class="{many}"'])).word_counts.tolist()


def test_sets_of_families_fit_into_64_bits() -> None:
    assert len(FAMILIES) <= 64


def test_short_stems_are_whole_words() -> None:
    assert [] == names_of(families_of("adjust"))
    assert ["ad"] == names_of(families_of("ads"))
