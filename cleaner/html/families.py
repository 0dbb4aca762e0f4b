"""Names that pages give their parts, in families: comments, related, share, navigation and so on.

Words of `class`, `id`, `role`, `itemprop` and the like belong to the families one of whose stems
they begin with, or equal where the stem ends in `$`. Elements belong to families by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

CACHED_WORDS = 1 << 14

_STEMS = {
    "comment": "comment coment komment commentaire commenti reacti reaktion respond$ responses$"
    " disqus repl discuss diskus yorum kommentt komentar livefyre pingback trackback thread$",
    "related": "relat similar recommend verwandt aehnlich empfehl recomend correlat connex"
    " powiazan gerelateerd readmore readalso weiterlesen mehr$ more$ further trending popular"
    " mostread meist latest recent neueste ultim next$ prev next previous vorherig naechst",
    "teaser": "teaser card cards tile tiles promo carousel slider swiper river feed grid$ listing"
    " archive vorschau thumbnail thumb",
    "share": "share sharing social shariff teilen partag compart condivi delen udost addthis"
    " addtoany sharethis facebook twitter whatsapp pinterest linkedin telegram instagram xing like"
    " follow tools$ toolbar print$ bookmark",
    "nav": "nav navi menu menue breadcrumb crumb brotkrum topbar pagin pager paging sitemap tabs$"
    " tab$ tablist skip$ skiplink toc$ megamenu dropdown",
    "header": "header masthead kopf topbar banner$ site$ logo brand",
    "footer": "footer foot$ fuss fusszeile pie$ piede colophon impressum copyright legal"
    " contentinfo bottom",
    "sidebar": "sidebar aside widget rail$ seitenleiste secondary complementary marginal sidecol"
    " barra lateral spalte",
    "ad": "ad$ ads$ adv$ advert adsense adslot adunit adbox anzeige werbung sponsor publicid"
    " pubblic reklam dfp$ gpt$ banner$ billboard outbrain taboola affiliate commercial paid$"
    " partner$ native$ shop$ deal$ deals$",
    "newsletter": "newsletter subscri abo$ abonn suscrip paywall premium signup mailchimp regwall"
    " membership spende donat don$ support$",
    "cookie": "cookie consent gdpr dsgvo cmp$ privacy datenschutz onetrust usercentrics borlabs",
    "login": "login signin account konto user$ search suche buscar recherche cerca zoek szuka"
    " anmeld registr",
    "author": "author autor auteur autore verfasser writer byline vcard profile$ bio$ reporter"
    " redakt contributor",
    "date": "date$ dates$ datum fecha data$ time$ datetime timestamp published publish pubdate"
    " veroeffentlich posted updated modified dateline datemodified datepublished datecreated",
    "meta": "meta metadata info$ infos$ postmeta entrymeta details$ category categor kategorie"
    " rubri section$ tags$ tag$ taglist keywords topics topic$ schlagw etiquet reading views$"
    " counter",
    "caption": "caption credit legend bildunter bildtext bildquelle figcaption didascalia gallery"
    " galerie photo foto image img$ picture bild media$ video audio player embed",
    "headline": "headline title titel titre titol titul heading hed$ ueberschrift name$ subject$",
    "deck": "lead$ lede$ standfirst intro dek$ deck$ subtitle subheadline subline untertitel"
    " vorspann chapeau chapo summary abstract excerpt entradilla bajada kicker dachzeile"
    " description sommario catenaccio ingress",
    "article": "article artikel artigo articulo articolo entry post$ story beitrag blogpost hentry"
    " newsarticle blogposting nota$ noticia",
    "body": "body$ content contenu contenido inhalt text$ texte textbody articlebody prose"
    " paragraph richtext copy$ fliesstext wysiwyg body mw$ markdown cuerpo corpo",
    "main": "main$ primary maincontent hauptinhalt principal",
    "modal": "modal popup overlay dialog lightbox tooltip alert toast notice hinweis notification",
    "hidden": "hidden hide$ invisible visuallyhidden screenreader sr$ offscreen collapse$ collapsed"
    " assistive print$",
    "product": "product produkt price preis precio prix cart$ warenkorb basket rating review bewert"
    " offer buy$ ingredient recipe rezept instruction",
    "quote": "quote zitat blockquote pullquote cita$ citation tweet bluesky",
    "bio": "about$ aboutauthor authorbox authorbio bio$ biography contact kontakt imprint",
}
_BY_ELEMENT = {
    "main": "main", "nav": "nav menu", "header": "header", "footer": "footer", "sidebar": "aside",
    "article": "article", "hidden": "dialog", "headline": "h1", "date": "time",
    "caption": "figcaption", "quote": "blockquote", "author": "address",
}  # fmt: skip
_HOLDERS = {
    "in_main": "main", "in_article": "article", "in_nav": "nav", "in_header": "header",
    "in_footer": "footer", "in_aside": "aside", "in_form": "form", "in_figure": "figure",
    "in_table": "table", "in_list": "ul ol dl menu", "in_quote": "blockquote", "in_link": "a",
    "in_control": "button label fieldset", "in_heading": "h1 h2 h3 h4 h5 h6", "in_time": "time",
    "in_code": "pre code", "in_section": "section",
}  # fmt: skip

FAMILIES: tuple[str, ...] = (*_STEMS, *_HOLDERS)
"""Their names; a set of families is a number in which the bit of each family's index is set."""


def _elements() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for family, names in (*_BY_ELEMENT.items(), *_HOLDERS.items()):
        for name in names.split():
            found[name] = found.get(name, 0) | 1 << FAMILIES.index(family)
    return found


FAMILIES_OF_ELEMENT = _elements()
"""The families that an element belongs to by its name; most belong to none."""


def _stems() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for i, stems in enumerate(_STEMS.values()):
        for stem in stems.split():
            found[stem] = found.get(stem, 0) | 1 << i
    return found


_FAMILIES_OF_STEM = _stems()
_LONGEST_STEM_CHARS = max(map(len, _FAMILIES_OF_STEM))


@lru_cache(CACHED_WORDS)
def families_of(word: str) -> int:
    """The families of a word in lower case, as bits.

    >>> names_of(families_of("kommentare"))
    ['comment']
    """
    found = _FAMILIES_OF_STEM.get(f"{word}$", 0)
    for end in range(2, min(len(word), _LONGEST_STEM_CHARS) + 1):
        found |= _FAMILIES_OF_STEM.get(word[:end], 0)
    return found


def names_of(families: int) -> list[str]:
    """The names of the families in a set."""
    return [name for i, name in enumerate(FAMILIES) if families >> i & 1]
