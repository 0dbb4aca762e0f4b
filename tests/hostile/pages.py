"""Pages of HTML: broken, enormous, lying, or made to be read in two ways."""

from __future__ import annotations

import codecs

from tests.hostile.cases import Case, page, sized
from tests.hostile.texts import GERMAN, JAPANESE, RUSSIAN

P = f"<p>{GERMAN}</p>"
ENTITIES = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
ODD_ARTICLE = (
    '{"@type": "NewsArticle", "headline": [1, {}], "author": {"name": {"a": null}},'
    ' "datePublished": -1e999, "articleBody": [[]], "publisher": "x"}'
)

STRUCTURE = (
    page("empty page", "", flags={"empty", "no_text"}),
    page("only a doctype", "<!doctype html>", flags={"empty", "no_text"}),
    page("10,000 deep", "<div>" * 10_000 + GERMAN, has=[GERMAN]),
    page("a million deep", "<div>" * sized(1_000_000) + GERMAN, has=[GERMAN]),
    page("10,000 deep in each kind", "<ul><li><table><tr><td><b>" * 10_000 + GERMAN),
    page("10,000 quotations in each other", "<blockquote>" * 10_000 + P, has=[GERMAN]),
    page("formatting opened again and again", "<b><i><u><font size=1>" * 2_000 + P * 200),
    page("end tags only", "</p></div></html>" * 10_000 + GERMAN, has=[GERMAN]),
    page("nothing closed", f"<html><body><div><section><p>{GERMAN}<p>{GERMAN}", has=[GERMAN]),
    page("closed crosswise", f"<b><i><p>{GERMAN}</b></i></p>", has=[GERMAN]),
    page("two bodies", f"<body>{P}</body><body><p>Die zweite Hälfte.</p>", has=["zweite Hälfte"]),
    page("text behind the end", f"<html><body>{P}</body></html><p>Danach.", has=["Danach."]),
    page("head in the body", f"<body>{P}<head><title>Spät</title></head>", has=[GERMAN]),
    page("a page in a page", f"<html><body>{P}<html><head><body>{P}</html>", has=[GERMAN]),
    page("a tag that never ends", f"{P}<p class='x {GERMAN}", has=[GERMAN]),
    page("a quote that never ends", f'{P}<a href="http://x>{GERMAN}</a>{P}', has=[GERMAN]),
    page("a comment that never ends", f"{P}<!-- {GERMAN}", has=[GERMAN]),
    page("comments in comments", f"<!-- <!-- <!-- -->{P}", has=[GERMAN]),
    page("a comment that ends at once", f"<!-->{P}<!--->{P}", has=[GERMAN]),
    page("a comment that ends like none", f"<!-- a --!>{P}", has=[GERMAN]),
    page("a comment in raw text", f"{P}<plaintext><!-- {GERMAN}", has=[GERMAN]),
    page("a comment in a tag", f"<p <!--x>{GERMAN}", has=[GERMAN]),
    page("a comment in a name", f"<a<!--b>{GERMAN}", has=[GERMAN]),
    page("conditional comments", f"<!--[if IE]><p>Alt</p><![endif]-->{P}", lacks=["Alt"]),
    page("conditions for others", f"<!--[if !IE]><!-->{P}<!--<![endif]-->", has=[GERMAN]),
    page("CDATA in a page", f"<![CDATA[ {GERMAN} ]]>{P}", has=[GERMAN]),
    page("instructions", f"<?php echo '<p>x</p>' ?>{P}<?xml version='1.0'?>", has=[GERMAN]),
    page("markup of another language", f"<% if x > 1 %>{{{{ a < b }}}}{P}", has=[GERMAN]),
    page("only brackets", "<" * sized(20_000_000)),
    page("only closing brackets", ">" * sized(20_000_000)),
    page("only ampersands", "&" * sized(20_000_000)),
    page("100,000 siblings", "<i></i>" * 100_000 + P, has=[GERMAN]),
    page("500,000 tags", f"<p>{GERMAN}<br>" * sized(500_000), has=[GERMAN]),
    page("unknown elements", f"<x-a><y:b><z.c>{GERMAN}</x-a>", has=[GERMAN]),
    page("names of 1 MB", f"<{'a' * 1_000_000}>{GERMAN}", has=[GERMAN]),
    page("a tag of 3 MB that has no end", "<div>" * 50_000 + P + "</" + "a" * 3_000_000),
)

ELEMENTS = (
    page("absurd colspans", "<table><tr>" + "<td colspan=99999999 rowspan=99999999>a" * 100 + P),
    page("negative spans", f"<table><tr><td colspan=-1 rowspan=1e9>{P}</table>", has=[GERMAN]),
    page("a table with 100,000 cells", "<table><tr>" + "<td>a" * 100_000 + f"</table>{P}"),
    page("lists numbered beyond all bounds", f"<ol start=99999999999999999999><li>{GERMAN}</ol>"),
    page(
        "frames", f"<frameset><frame src=a.html><noframes>{P}</noframes></frameset>", has=[GERMAN]
    ),
    page(
        "frames that nobody can read",
        "<frameset><frame src=a.html></frameset>",
        flags={"empty", "no_text"},
    ),
    page(
        "a frame in the page", f'{P}<iframe srcdoc="<p>Fremd</p>">Ersatz</iframe>', lacks=["Fremd"]
    ),
    page(
        "only scripts",
        "<script>document.write('<p>x</p>')</script>" * 50,
        flags={"empty", "no_text"},
    ),
    page(
        "a shell of an app",
        '<div id="root"></div><script src="app.js"></script>',
        flags={"empty", "no_text"},
    ),
    page("a script that never ends", f"{P}<script>if (a < b) {{ {GERMAN}", has=[GERMAN]),
    page("a script in a script", f"<script><!-- <script></script> --></script>{P}", has=[GERMAN]),
    page("a style that never ends", f"{P}<style>p {{ {GERMAN}", has=[GERMAN]),
    page("text in svg", f"<svg><text>Achse</text></svg>{P}", has=[GERMAN], lacks=["Achse"]),
    page("a page in svg", f"<svg><foreignObject>{P}</foreignObject></svg>{P}", has=[GERMAN]),
    page("a formula", f"<math><mi>x</mi><mo>=</mo><mn>1</mn></math>{P}", has=[GERMAN]),
    page(
        "a page in the title of a picture", f"<svg><title><p>{GERMAN}", flags={"empty", "no_text"}
    ),
    page(
        "math that is a style", f"<math><mtext><style><img src=x></style></math>{P}", has=[GERMAN]
    ),
    page("a template", f"<template><p>Vorlage</p></template>{P}", has=[GERMAN], lacks=["Vorlage"]),
    page("a template that never ends", f"{P}<template>{P}", has=[GERMAN]),
    page("a shadow", f"<div><template shadowrootmode=open>{P}</template></div>", has=[GERMAN]),
    page("a text field", f"{P}<textarea>{GERMAN} im Feld</textarea>", lacks=["im Feld"]),
    page("a choice of 10,000", f"<select>{'<option>Land' * 10_000}</select>{P}", lacks=["Land"]),
    page("old raw text", f"<xmp><b>{GERMAN}</b></xmp><listing>{GERMAN}</listing>", has=[GERMAN]),
    page("hidden text", f'<p style="display:none">Versteckt</p>{P}', has=[GERMAN]),
    page("a base that leads away", f'<base href="javascript:alert(1)">{P}', has=[GERMAN]),
    page("a refresh", f'<meta http-equiv=refresh content="0;url=http://x">{P}', has=[GERMAN]),
    page(
        "a million meta elements",
        "<meta name=author content=A>" * sized(1_000_000) + P,
        has=[GERMAN],
    ),
    page("a title of 3 MB", f"<title>{'a b ' * sized(750_000)}</title>{P}", has=[GERMAN]),
    page("blanks in a title", f"<title>a{' ' * 3_000_000}b</title>{P}", has=[GERMAN]),
    page(
        "deep JSON-LD",
        f'<script type="application/ld+json">{"[" * 100_000}</script>{P}',
        has=[GERMAN],
    ),
    page(
        "JSON-LD that is none",
        f'<script type="application/ld+json">{{"@type": 7}}</script>{P}',
        has=[GERMAN],
    ),
    page(
        "JSON-LD of odd types",
        f'<script type="application/ld+json">{ODD_ARTICLE}</script>{P}',
        has=[GERMAN],
    ),
)

ATTRIBUTES = (
    page(
        "100,000 attributes",
        f"<p {' '.join(f'a{i}=1' for i in range(100_000))}>{GERMAN}",
        has=[GERMAN],
    ),
    page("the same attribute 10,000 times", f"<p {'class=a ' * 10_000}>{GERMAN}", has=[GERMAN]),
    page("an attribute of 5 MB", f'<p id="{"x" * 5_000_000}">{GERMAN}', has=[GERMAN]),
    page("a class of 100,000 names", f'<p class="{"comment " * 100_000}">{GERMAN}'),
    page("attributes without names", f'<p ="a" =b "c" \'d\'>{GERMAN}', has=[GERMAN]),
    page("brackets in attributes", f'<p title="a > b < c">{GERMAN}</p>', has=[GERMAN]),
    page(
        "a picture in the address",
        f'<img src="data:image/png;base64,{"A" * 1_000_000}">{P}',
        has=[GERMAN],
    ),
)

CHARACTERS = (
    page("entities of nothing", f"&#0;&#xD800;&#x110000;&#99999999999;&nosuch;{P}", has=[GERMAN]),
    page(
        "entities without end",
        f"<p>F&uuml&szligige &amp&lt&#65 {GERMAN}",
        has=[f"Füßige &<A {GERMAN}"],
    ),
    page("entities in entities", f"&amp;amp;amp;lt;script&amp;amp;gt;{P}", has=[GERMAN]),
    page(
        "a billion laughs",
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{ENTITIES}]>{P}<p>&a11;',
        has=[GERMAN],
    ),
    page(
        "an entity that reads a file",
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{P}<p>&x;',
        has=[GERMAN],
        lacks=["root:"],
    ),
    page("NULs in markup", f"<p\0>{GERMAN}</p\0><scr\0ipt>a</scr\0ipt>", has=[GERMAN]),
    page("a lying charset", f"<meta charset=iso-8859-1>{P}", has=[GERMAN], encoding="utf-8"),
    page(
        "a charset that lies the other way",
        f"<meta charset=utf-8>{P}".encode("cp1252"),
        has=[GERMAN],
    ),
    page(
        "a charset that nobody knows", f"<meta charset=klingon>{P}".encode("cp1252"), has=[GERMAN]
    ),
    page(
        "a charset that is no charset", f"<meta charset=base64>{P}".encode("cp1252"), has=[GERMAN]
    ),
    page(
        "UTF-7 is not read",
        f"<meta charset=utf-7>+ADw-script+AD4-{P}",
        lacks=["<script>"],
        has=[GERMAN],
    ),
    page(
        "two charsets",
        f"<meta charset=koi8-r><meta charset=cp1251><p>{RUSSIAN}".encode("koi8-r"),
        has=[RUSSIAN],
    ),
    page("a charset in quotes that never end", f'<meta charset="{" " * 2_000}{P}'.encode("cp1252")),
    page("UTF-16 with a mark", codecs.BOM_UTF16_LE + P.encode("utf-16-le"), has=[GERMAN]),
    page("UTF-16 without a mark", P.encode("utf-16-le"), has=[GERMAN]),
    page(
        "Shift JIS as it says",
        f"<meta charset=shift_jis><p>{JAPANESE}".encode("cp932"),
        has=[JAPANESE],
    ),
    page(
        "two encodings in one page",
        P.encode() + P.encode("cp1252") + P.encode(),
        has=[GERMAN],
        repairs=["invalid_bytes: read as windows-1252"],
    ),
    page(
        "right to left in markup",
        f"<p dir=rtl>\u202e{GERMAN}\u202c<bdo dir=rtl>abc</bdo>",
        has=[GERMAN],
    ),
    page(
        "every byte there is in a page",
        b"<p>" + bytes(range(256)) * 50 + P.encode(),
        has=["Der Zug"],
    ),
    page("a text by another name", GERMAN, has=[GERMAN]),
    page("a picture by another name", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
)

CASES: tuple[Case, ...] = (*STRUCTURE, *ELEMENTS, *ATTRIBUTES, *CHARACTERS)
