"""What pages say of themselves, in all the places where they do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Pipeline
from cleaner.html.flatten import flatten
from cleaner.html.metadata import metadata
from cleaner.model import HtmlPage, Metadata

PARAGRAPH = "<p>Der Fährmann legt um acht Uhr ab, und wer zu spät kommt, wartet am Ufer.</p>" * 3


def read(
    head: str = "",
    body: str = "<h1>Die Fähre</h1>",
    address: str | None = None,
    tag: str = "<html>",
) -> Metadata:
    page = f"<!doctype html>{tag}<head>{head}</head><body>{body}{PARAGRAPH}</body></html>"
    return metadata(flatten(page), address)


def linked(**article: Any) -> str:
    return script({"@context": "https://schema.org", "@type": "NewsArticle", **article})


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


ADA, ALAN = "Ada Lovelace", "Alan Turing"
HIDDEN = (
    '<script type="application/ld+json">//<![CDATA[\n'
    '{"@type": "Article", "author": "Ada Lovelace"}\n//]]></script>'
)
ESCAPED = linked(author=ADA).replace("ld+json", "ld&#x2B;json")
AUTHORS = {
    "entity in its type": (ESCAPED, "", (ADA,)),
    "object": (linked(author={"@type": "Person", "name": ADA}), "", (ADA,)),
    "list": (linked(author=[{"name": ADA}, ALAN]), "", (ADA, ALAN)),
    "list of names": (linked(author={"name": [ADA, ALAN]}), "", (ADA, ALAN)),
    "by reference": (
        script({"@graph": [
            {"@type": "Article", "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": ADA},
        ]}), "", (ADA,),
    ),
    "in a hidden script": (HIDDEN, "", (ADA,)),
    "meta": (meta("author", f"By {ADA} and {ALAN}"), "", (ADA, ALAN)),
    "meta with roles": (meta("author", f"{ADA}, Chief Reporter, {ALAN}"), "", (ADA, ALAN)),
    "family name first": (meta("dc.creator", "Lovelace, Ada"), "", (ADA,)),
    "the person, not the address": (
        meta("article:author", "https://example.com/ada") + meta("parsely-author", ADA), "", (ADA,),
    ),
    "the person, not the site": (
        meta("og:site_name", "Flussbote") + meta("author", "Flussbote") + meta("byl", ADA), "",
        (ADA,),
    ),
    "the site if there is nobody": (meta("author", "Flussbote"), "", ("Flussbote",)),
    "nobody": (meta("author", "admin") + meta("article:author", "@flussbote"), "", ()),
    "Yoast": (meta("twitter:label1", "Verfasst von") + meta("twitter:data1", ADA), "", (ADA,)),
    "Yoast's reading time": (
        meta("twitter:label1", "Lesezeit") + meta("twitter:data1", ADA), "", (),
    ),
    "byline": ("", f"<p>Von {ADA} und {ALAN} | 3. März 2019</p>", (ADA, ALAN)),
    "English byline": ("", f"<p>By {ADA} on May 3, 2019</p>", (ADA,)),
    "byline on two lines": ("", f"<p>Par</p><p><a>{ADA}</a></p>", (ADA,)),
    "element of an author": ("", f'<p><a rel="author" href="/a">{ADA}</a></p>', (ADA,)),
    "element with a date": ("", f'<p class="byline">{ADA} - May 3, 2019</p>', (ADA,)),
    "a commenter": ("", f'<ol class="comments"><li class="comment-author">{ADA}</li></ol>', ()),
    "a photographer": ("", f"<p>Foto von {ADA}</p>", ()),
    "a sentence": ("", "<p>Ein Brief von gestern, den niemand las.</p>", ()),
}  # fmt: skip


@pytest.mark.parametrize(("head", "body", "expected"), AUTHORS.values(), ids=AUTHORS.keys())
def test_authors(head: str, body: str, expected: tuple[str, ...]) -> None:
    assert expected == read(head, f"<h1>Die Fähre</h1>{body}").get("authors", ())


STAMP = "2019-03-05T08:30:00+01:00"
DATES = {
    "JSON-LD": (linked(datePublished=STAMP), "", STAMP),
    "page": (script({"@type": ["WebPage"], "datePublished": "2019-03-05"}), "", "2019-03-05"),
    "OpenGraph": (meta("article:published_time", STAMP), "", STAMP),
    "impossible": (linked(datePublished="2019-02-30") + meta("date", "2019-03"), "", "2019-03"),
    "future in a field": (meta("date", "2150-01-01"), "", "2150-01-01"),
    "future in the text": ("", "<p>1. Januar 2150</p>", None),
    "microdata": ("", f'<span itemprop="datePublished" content="{STAMP}">gestern</span>', STAMP),
    "time": ("", '<p><time datetime="2019-03-05">am Dienstag</time></p>', "2019-03-05"),
    "time of a comment": (
        "", '<div id="comments"><time datetime="2019-03-05">Dienstag</time></div>', None,
    ),
    "address": ('<link rel="canonical" href="https://a.example/2019/03/05/x">', "", "2019-03-05"),
    "month of the address, day of the text": (
        '<link rel="canonical" href="https://a.example/2019/03/x">', "<p>5. März 2019</p>",
        "2019-03-05",
    ),
    "German": ("", "<p>Dienstag, 5. März 2019, 08:30 Uhr</p>", "2019-03-05"),
    "French": ("", "<p>Publié le 5 mars 2019</p>", "2019-03-05"),
    "Japanese": ("", "<p>2019年3月5日</p>", "2019-03-05"),
    "far from the headline": (
        "", f"{PARAGRAPH * 9}<p>Veröffentlicht am 05.03.2019</p>", "2019-03-05",
    ),
    "of a change only": ("", "<p>Aktualisiert: 05.03.2019</p>", None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "body", "expected"), DATES.values(), ids=DATES.keys())
def test_dates_of_publication(head: str, body: str, expected: str | None) -> None:
    assert expected == read(head, f"<h1>Die Fähre</h1>{body}").get("date")


@pytest.mark.parametrize(
    ("tag", "expected"), [('<html lang="en-US">', "2019-03-05"), ('<html lang="fr">', "2019-05-03")]
)
def test_the_month_is_first_where_the_page_is_american(tag: str, expected: str) -> None:
    assert expected == read(body="<h1>X</h1><p>3/5/2019</p>", tag=tag)["date"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (linked(dateModified="2019-03-05"), ""),
        (meta("article:modified_time", "2019-03-05"), ""),
        ("", '<time itemprop="dateModified" datetime="2019-03-05">gestern</time>'),
        ("", "<p>Zuletzt aktualisiert: 5. März 2019</p>"),
    ],
)
def test_dates_of_change(head: str, body: str) -> None:
    found = read(head, f"<h1>Die Fähre</h1>{body}")

    assert ("2019-03-05", None) == (found["modified"], found.get("date"))


SITE = meta("og:site_name", "Flussbote")
TITLES = {
    "suffix": (SITE + "<title>Die Fähre - Flussbote</title>", "<p>x", "Die Fähre"),
    "prefix": (SITE + "<title>Flussbote | Die Fähre</title>", "<p>x", "Die Fähre"),
    "suffix like the host": (
        '<base href="https://flussbote.example/x"><title>Die Fähre – Flussbote</title>', "<p>x",
        "Die Fähre",
    ),
    "a stroke of its own": (SITE + "<title>Hin - und zurück</title>", "<p>x", "Hin - und zurück"),
    "as shown": (
        SITE + "<title>Fähre legt ab - Flussbote</title>", "<h1>Fähre legt pünktlich ab</h1>",
        "Fähre legt pünktlich ab",
    ),
    "not the logo": (
        SITE + meta("og:title", "Die Fähre"), "<h1>Flussbote</h1><h2>Die Fähre</h2>", "Die Fähre",
    ),
    "no title but a heading": ("", "<h1>Die Fähre</h1>", "Die Fähre"),
    "no title": ("", "<p>x", None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "body", "expected"), TITLES.values(), ids=TITLES.keys())
def test_titles(head: str, body: str, expected: str | None) -> None:
    assert expected == read(head, body).get("title")


SITES = {
    "OpenGraph": (SITE, "Flussbote"),
    "publisher": (linked(publisher={"@type": "Organization", "name": "Flussbote"}), "Flussbote"),
    "WebSite": (script({"@type": "WebSite", "name": "Flussbote"}), "Flussbote"),
    "title": ("<title>Die Fähre | Der Bote</title>", "Der Bote"),
    "host": ("<title>Die Fähre | Kultur</title>", "derbote.example"),
}


@pytest.mark.parametrize(("head", "expected"), SITES.values(), ids=SITES.keys())
def test_names_of_sites(head: str, expected: str) -> None:
    assert expected == read(head, address="https://www.derbote.example/1")["sitename"]


@pytest.mark.parametrize(
    ("tag", "head", "expected"),
    [
        ('<html lang="de-AT">', "", "de"),
        ("<html>", meta("og:locale", "pt_BR"), "pt"),
        ('<html lang="en">', meta("og:locale", "fr_FR"), "fr"),
        ('<html lang="en">', linked(inLanguage="en-GB"), "en"),
        ('<html lang="nb">', "", "no"),
        ('<html lang="x-default">', "", None),
    ],
)
def test_declared_languages(tag: str, head: str, expected: str | None) -> None:
    assert expected == read(head, tag=tag).get("declared_language")


@pytest.mark.parametrize(
    ("tag", "expected"), [('<html lang="en">', "de"), ('<html lang="fr">', "fr"), ("<html>", "de")]
)
def test_what_templates_say_by_default_gives_way_to_the_text(tag: str, expected: str) -> None:
    record = Pipeline().run(HtmlPage("a", f"{tag}<h1>Die Fähre</h1>{PARAGRAPH}"))

    assert expected == record.language


CANONICAL = '<link rel="canonical" href="{}">'
URLS = {
    "canonical": (CANONICAL.format("https://a.example/1"), "https://a.example/1"),
    "without scheme": (CANONICAL.format("//a.example/1"), "https://a.example/1"),
    "relative": (CANONICAL.format("/1"), "https://b.example/1"),
    "relative to the base": (
        '<base href="https://a.example/x/">' + CANONICAL.format("1"), "https://a.example/x/1",
    ),
    "the site only": (
        CANONICAL.format("https://a.example/") + meta("og:url", "https://a.example/1"),
        "https://a.example/1",
    ),
    "no address": (CANONICAL.format("javascript:void(0)"), None),
    "broken": (CANONICAL.format("http://[x"), None),
    "none": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), URLS.values(), ids=URLS.keys())
def test_canonical_addresses(head: str, expected: str | None) -> None:
    assert expected == read(head, address="https://b.example/0").get("url")


def test_half_an_address_is_none_where_the_page_is_from_nowhere() -> None:
    assert "url" not in read(CANONICAL.format("/1"))


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [("https://b.example/0", "https://b.example/0"), (None, "https://a.example/1")],
)
def test_a_source_is_where_the_page_was_fetched_or_what_it_says(
    given_url: str | None, expected: str
) -> None:
    page = "<html><head>" + CANONICAL.format("https://a.example/1") + meta("author", ADA)
    record = Pipeline().run(HtmlPage("a", page + "<body>" + PARAGRAPH, url=given_url))

    assert (expected, "https://a.example/1") == (record.source.url, record.url)
    assert ("a.example", (ADA,)) == (record.sitename, record.authors)


def test_days_of_a_record_have_no_time() -> None:
    head = linked(datePublished=STAMP, dateModified="2019-04-06T10:00:00Z")
    record = Pipeline().run(HtmlPage("a", f"<head>{head}</head>{PARAGRAPH}"))

    assert ("2019-03-05", "2019-04-06") == (record.date, record.modified)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(("2019-03-05", "\ud800", ADA, "#a", "99999999999", "https://[", "Article")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from((
            "@type", "@id", "@graph", "@value", "name", "author", "creator", "publisher",
            "headline", "datePublished", "dateModified", "inLanguage", "articleBody",
        )), inner, max_size=5,
    ), max_leaves=30,
)  # fmt: skip
NAMES = (
    "author", "og:title", "og:url", "og:site_name", "article:published_time", "date", "og:locale",
    "twitter:label1", "twitter:data1", "publisher", "content-language",
)  # fmt: skip


@given(JSON, st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)), st.text(max_size=40))
def test_whatever_a_head_holds_its_metadata_are_texts_fit_for_a_file(
    value: object, named: dict[str, str], text: str
) -> None:
    article = {"@type": "Article", "author": value, "headline": value, "datePublished": value}
    given_names = "".join(meta(name, content) for name, content in named.items())
    head = script(value) + script(article) + given_names + f"<title>{text}</title>"
    found = read(head, f"<h1>{text}</h1><p class=byline>{text}</p><time>{text}</time>", text)

    for each in found.values():
        for part in [each] if isinstance(each, str) else each:
            assert part.encode()


@pytest.mark.parametrize(
    "value",
    [
        "[" * 100_000,
        '{"author":' * 100_000,
        "[" + "9" * 10_000 + "]",
        '{"@type":{"a":1},"name":[{}]}',
    ],
    ids=["lists", "objects", "a number", "types"],
)
def test_hostile_json_is_passed_over(value: str) -> None:
    assert {"title": "Die Fähre"} == read(f'<script type="application/ld+json">{value}</script>')
