"""Comments of pages, by their elements; the pages are invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.comments import comments
from cleaner.model import Label
from cleaner.rows import Comment
from tests.markdown.rendering import labelled, page

ARTICLE = """<article><h1>Die Fähre</h1><p class="byline">Von <span class="author">Ada Fluss</span>,
<time datetime="2020-01-01">1. Januar 2020</time></p><p>Sie fährt wieder.</p></article>"""
WORDPRESS = f"""{ARTICLE}<div id="comments"><h2>3 Kommentare</h2><ol class="comment-list">
<li class="comment byuser comment-author-max even depth-1" id="comment-7">
<article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Max Ufer</b>
<span class="says">sagt:</span></div><div class="comment-metadata"><a href="#c7">
<time datetime="2020-01-02T10:12:00+01:00">2. Januar 2020 um 10:12 Uhr</time></a></div></footer>
<div class="comment-content"><p>Endlich!</p><p>Zweiter Absatz.</p></div>
<div class="reply"><a class="comment-reply-link" href="#">Antworten</a></div></article>
<ol class="children"><li class="comment odd alt depth-2" id="comment-8">
<article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Eva</b></div>
<div class="comment-metadata"><time datetime="2020-01-02T11:00:00+01:00">11 Uhr</time></div>
</footer>
<div class="comment-content"><p>Finde ich auch.</p></div></article></li></ol></li>
<li class="comment even depth-1" id="comment-9"><article class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">עדה</b></div>
<div class="comment-metadata"><time datetime="2020-01-03">3. Januar 2020</time></div></footer>
<div class="comment-content"><p>שלום</p></div></article></li></ol>
<div class="comment-respond"><h3>Schreibe einen Kommentar</h3><form><p>Name bitte.</p></form></div>
</div>"""
GLUED = """<h1>Die Fähre</h1><p>Sie fährt wieder.</p><div class="comments"><ol>
<li class="comment"><div class="comment-header"><cite class="user"><a href="x">Iwo</a></cite><span
class="datetime"><a href="y">May 30, 2019 at 1:06 PM</a></span></div><p class="comment-content">Nice
place.</p><span class="comment-actions"><a>Reply</a><a>Delete</a></span></li>
<li class="comment"><div class="comment-header"><cite class="user"><a href="x">Liz</a></cite><span
class="datetime"><a href="y">May 31, 2019 at 5:38 PM</a></span></div><p class="comment-content">So
nice.</p><span class="comment-actions"><a>Reply</a><a>Delete</a></span></li></ol></div>"""
BELOW = """<h1>Die Fähre</h1><p>Sie fährt wieder.</p><div class="discussion">
<div class="entry"><div class="txt"><p>Eins.</p></div><div class="who">Max, 3. Mai 2019, 12:00</div>
</div><div class="entry"><div class="txt"><p>Zwei.</p><p>Drei.</p></div>
<div class="who">Eva, 4. Mai 2019, 13:00</div></div></div>"""
FLAT = """<h1>Die Fähre</h1><p>Sie fährt wieder.</p><dl class="kommentare">
<dt><span class="name">Max</span> <span class="datum">03.05.2019</span></dt><dd>Eins.</dd>
<dt><span class="name">Eva</span> <span class="datum">04.05.2019</span></dt><dd>Zwei.</dd></dl>"""
NUMBERED = """<h1>Die Fähre</h1><p>Sie fährt wieder.</p><ol class="comments"><li class="comment">
<div><p>Eins.</p><ul><li>Noch eins.</ul></div><p class="who"><span class="author_name">Max</span> ·
<span class="comment_date">03.05.2019</span></p></li><li class="comment"><div><p>&lt;3</p></div>
<p class="who"><span class="author_name">Eva</span> ·
<span class="comment_date">04.05.2019</span></p></li></ol>"""
NAMELESS = """<h1>Die Fähre</h1><p>Sie fährt wieder.</p><ul class="comments"><li class="comment">
<p>Eins.</p><p>Noch eins.</p></li><li class="comment"><p>Zwei.</p></li></ul>"""


def found(markup: str) -> Sequence[Comment]:
    """The comments of a page on which all below the article is comments."""
    document = page(markup)
    contents = document.contents()
    end = next(i for i, content in enumerate(contents) if content == "Sie fährt wieder.") + 1
    labels = [Label.TITLE, *[Label.BODY] * (end - 1)]
    return comments(document, labelled(document, [*labels, *[Label.COMMENT] * len(contents)]))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            WORDPRESS,
            [
                ("Endlich!\nZweiter Absatz.", "Max Ufer", "2020-01-02T10:12:00+01:00", None),
                ("Finde ich auch.", "Eva", "2020-01-02T11:00:00+01:00", 0),
                ("שלום", "עדה", "2020-01-03", None),
            ],
        ),
        (
            GLUED,
            [
                ("Nice place.", "Iwo", "2019-05-30T13:06", None),
                ("So nice.", "Liz", "2019-05-31T17:38", None),
            ],
        ),
        (
            BELOW,
            [
                ("Eins.", "Max", "2019-05-03T12:00", None),
                ("Zwei.\nDrei.", "Eva", "2019-05-04T13:00", None),
            ],
        ),
        (FLAT, [("Eins.", "Max", "2019-05-03", None), ("Zwei.", "Eva", "2019-05-04", None)]),
        (
            NUMBERED,
            [("Eins.\n• Noch eins.", "Max", "2019-05-03", None), ("<3", "Eva", "2019-05-04", None)],
        ),
        (NAMELESS, [("Eins.\nNoch eins.", None, None, None), ("Zwei.", None, None, None)]),
    ],
    ids=[
        "replies",
        "one line for who and when",
        "who and when below",
        "flat",
        "numbered",
        "nameless",
    ],
)
def test_each_comment_has_its_text_author_date_and_parent(
    markup: str, expected: Sequence[tuple[str, str | None, str | None, int | None]]
) -> None:
    assert expected == [(c.text, c.author, c.date, c.parent) for c in found(markup)]


def test_places_are_of_the_text() -> None:
    [first, *_] = found(WORDPRESS)

    assert page(WORDPRESS).text[first.start : first.end] == first.text


def test_what_the_page_shows_as_date_stays() -> None:
    markup = FLAT.replace("03.05.2019", "03/05/2019")

    assert [(None, "03/05/2019"), ("2019-05-04", "04.05.2019")] == [
        (c.date, c.date_text) for c in found(markup)
    ]


def test_the_byline_of_the_article_is_nobodys_comment() -> None:
    markup = f"{ARTICLE}<div id=comments><p>Noch keine Kommentare zu diesem Artikel.</p></div>"

    assert [] == list(found(markup))
