"""Gold pages in other forms, so that the decision is fitted to whatever form its input has.

A whole page teaches little about an article that another extractor left, or one that somebody
wrapped in headlines: so each page is also given without its noise, wrapped in the noise of other
pages, and with its lines in another dress. Forms never mix pages of different folds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from cleaner.fit.dress import Lines, bare, broken, dressed, tabled, with_text
from cleaner.fit.foreign_forms import in_two_languages, with_foreign, with_quotations
from cleaner.fit.noise import KINDS, Noise, headline, scored
from cleaner.fit.scripts import in_another_script
from cleaner.gold import GoldLine, GoldPage, weigh
from cleaner.model import ARTICLE, NOISE, Label

# A page with less article than this (letters and digits) is not wrapped.
LEAST_ARTICLE = 300
# Wrapped as it comes, and with the article whole. (With the latter, of comments around whole
# articles .90 instead of .83 were found on pages not seen; mean F1 of these rose by .0075.)
WRAPPED_PER_PAGE, WHOLE_PER_PAGE = 2, 2
# Captions and bylines stay in half of the wrapped articles.
KEEP_OTHER = 0.5
# Of the pages, this share is given once more in another dress.
DRESSED_SHARE = 0.35
# And this share in a script that no page is written in.
SCRIPTED_SHARE = 0.25
BLOCK_LINES = (4, 40)
FOREIGN_LINES = (2, 15)
# Of the wrapped articles, this share is cut short, to this many lines.
SHORT_SHARE = 0.4
SHORT_LINES = (2, 9)
# Runs of noise follow each other with this probability, a coin that falls a little on one side.
NEXT_RUN = 0.7
# Of the blocks of headlines, this share is as it was; about as many are in crawled tickers. Half of
# the others get a mark before each headline, half one on a line of its own above each.
UNMARKED_SHARE, MARKED_BEFORE_SHARE = 0.7, 0.15
# Articles with foreign lines in and around them; of the articles, this share quotes foreign lines,
# and that is in two languages.
MIXED_PER_PAGE, QUOTING_SHARE, BILINGUAL_SHARE = 3, 0.3, 0.15
# Between foreign headlines stands one in the page's own language about every third time.
OWN_BETWEEN = 0.35
MADE_PER_LANGUAGE = 8
# What is left of a page's runs of noise; how often comments of other pages are put in.
THINNED_PER_PAGE = 2
THINNED_SHARES = (0.1, 0.3, 0.6)
COMMENTED_SHARE = 0.35
# Comments without what announces them: lines of so many words, at least so many lines. (Of comments
# in extracted text, .38 instead of .33 were found with this form.)
BARE_PER_PAGE, BARE_WORDS, FEWEST_BARE = 2, 6, 2
BARE_LINES = (1, 12)
# Of the articles, these shares are given broken into short lines, and with a table between two
# paragraphs, too.
BROKEN_SHARE, TABLED_SHARE = 0.5, 0.4
# What the lines of a form count, where those of others count 1: without this, many forms of the
# same articles drown the pages themselves (.941 became .944, mean F1 of whole unseen pages).
PAGE_SHARE = 2.5
SHARES = {
    "broken": 0.6, "tabled": 0.6, "short": 0.7, "made": 0.5, "mixed": 0.5, "quoting": 0.5,
    "bilingual": 0.5, "scripted": 0.5,
}  # fmt: skip
# How often a crawl dump's date stands in front.
DATED_SHARE = 0.25
PARAGRAPH_SENTENCES = (1, 5)
FOREIGN = "foreign"


def share_of(name: str) -> float:
    """How much the lines of a form count, by the page's name: pages as they are count most.

    >>> share_of("4f89"), share_of("4f89~broken-short"), share_of("4f89~wrapped-1")
    (2.5, 0.6, 1.0)
    """
    _, tilde, form = name.partition("~")
    return SHARES.get(form.partition("-")[0], 1.0) if tilde else PAGE_SHARE


def forms(
    pages: Sequence[GoldPage], foreign: Mapping[str, Sequence[str]], seed: int = 0
) -> Iterator[GoldPage]:
    """The pages, and other forms of them; of pages with the same id, of the first."""
    rng = random.Random(seed)  # noqa: S311  # no secret, and the same each time
    first = {page.id: page for page in reversed(pages)}
    noise = Noise.of(list(first.values()), foreign)
    for page in pages:
        yield page
        if not scored(page):
            continue
        if rng.random() < DRESSED_SHARE:
            yield renamed(page, "dressed", dressed(scored(page), rng))
        if rng.random() < SCRIPTED_SHARE:
            yield renamed(page, "scripted", in_another_script(scored(page), rng))
        if first[page.id] is page:
            yield from _made_of(page, noise, rng)
    for made in made_pages(foreign, rng):
        yield renamed(made, "wrapped", wrapped(made, noise, rng))


def made_pages(foreign: Mapping[str, Sequence[str]], rng: random.Random) -> Iterator[GoldPage]:
    """Articles made of sentences, language by language."""
    for language, sentences in sorted(foreign.items()):
        for k in range(MADE_PER_LANGUAGE):
            yield GoldPage(id=f"{language}~made-{k}", lang=language, lines=_made(sentences, rng))


def is_wrappable(page: GoldPage) -> bool:
    """Whether a page has article enough to put noise around it."""
    article = (weigh(line.text) for line in page.lines if line.label in ARTICLE)
    return sum(article) >= LEAST_ARTICLE


def _made_of(page: GoldPage, noise: Noise, rng: random.Random) -> Iterator[GoldPage]:
    """A page with less noise, with none, broken into short lines, cut short, wrapped."""
    article = [line for line in scored(page) if line.label in ARTICLE]
    for k in range(THINNED_PER_PAGE):
        yield renamed(page, f"thinned-{k}", thinned(page, noise, rng))
    for k, lines in enumerate(_bare(page, rng)):
        yield renamed(page, f"bare-{k}", lines)
    if article:
        yield from _alone(page, article, rng)
    if is_wrappable(page):
        yield from foreign_forms(page, noise, rng)
        yield renamed(page, "short", _dated(_shortened(article, rng), rng))
        if rng.random() < BROKEN_SHARE:
            yield renamed(page, "broken-short", broken(_shortened(article, rng), rng))
        for k in range(WRAPPED_PER_PAGE):
            yield renamed(page, f"wrapped-{k}", wrapped(page, noise, rng))
        for k in range(WHOLE_PER_PAGE):
            yield renamed(page, f"whole-{k}", wrapped(page, noise, rng, short_share=0))
        if rng.random() < BROKEN_SHARE:
            poem = page.model_copy(update={"lines": tuple(broken(scored(page), rng))})
            yield renamed(page, "broken-wrapped", wrapped(poem, noise, rng))


def _alone(page: GoldPage, article: Lines, rng: random.Random) -> Iterator[GoldPage]:
    """The article without anything else; also broken into short lines, and with a table."""
    yield renamed(page, "clean", _dated(article, rng))
    if rng.random() < BROKEN_SHARE:
        yield renamed(page, "broken", broken(article, rng))
    if rng.random() < TABLED_SHARE:
        yield renamed(page, "tabled", tabled(article, rng))


def foreign_forms(
    page: GoldPage, noise: Noise, rng: random.Random, mixed: int = MIXED_PER_PAGE
) -> Iterator[GoldPage]:
    """A page's article with lines of other languages: not its own, `mixed` times, and its own."""
    article = [line for line in scored(page) if line.label in ARTICLE]
    for k in range(mixed):
        own = _shortened(article, rng) if rng.random() < SHORT_SHARE else article
        yield renamed(page, f"mixed-{k}", with_foreign(own, noise.short, page.lang, rng))
    if rng.random() < QUOTING_SHARE:
        yield renamed(page, "quoting", with_quotations(article, noise.short, page.lang, rng))
    if rng.random() < BILINGUAL_SHARE:
        yield renamed(page, "bilingual", in_two_languages(article, noise.short, page.lang, rng))


def _shortened(article: Lines, rng: random.Random) -> Lines:
    """A beginning of an article: many a page has no more."""
    return article[: rng.randint(*SHORT_LINES)]


def _made(sentences: Sequence[str], rng: random.Random) -> tuple[GoldLine, ...]:
    """An article of some sentences: else every text in a language without gold looked foreign."""
    title = GoldLine(text=headline(rng.choice(sentences)), label=Label.TITLE)
    paragraphs = (
        " ".join(rng.choices(sentences, k=rng.randint(*PARAGRAPH_SENTENCES)))
        for _ in range(rng.randint(*SHORT_LINES))
    )
    return (title, *(GoldLine(text=text, label=Label.BODY) for text in paragraphs))


def _dated(lines: Lines, rng: random.Random) -> Lines:
    """Lines below a date, now and then, as crawl dumps give it."""
    if rng.random() >= DATED_SHARE:
        return lines
    day = f"-{rng.randint(1, 28):02}" if rng.random() < DATED_SHARE else ""
    date = f"date {rng.randint(2005, 2026)}-{rng.randint(1, 12):02}{day}"
    return [GoldLine(text=date, label=Label.META), *lines]


def renamed(page: GoldPage, form: str, lines: Sequence[GoldLine]) -> GoldPage:
    """A form of a page, with lines of its own."""
    return page.model_copy(update={"id": f"{page.id}~{form}", "lines": tuple(lines)})


def wrapped(
    page: GoldPage, noise: Noise, rng: random.Random, *, short_share: float = SHORT_SHARE
) -> Lines:
    """A page's article with blocks of other pages' noise above and below it.

    Of so many articles, `short_share` is cut to a few lines.
    """
    other = rng.random() < KEEP_OTHER
    kept = (*ARTICLE, Label.CAPTION, Label.META) if other else ARTICLE
    above: Lines = []
    below: Lines = []
    kinds = rng.sample([*KINDS, FOREIGN], rng.choice([1, 1, 2, 2, 3]))
    for kind in kinds:
        block = (
            _foreign(page, noise, rng) if kind == FOREIGN else _block(page, Label(kind), noise, rng)
        )
        side = above if rng.random() < _ABOVE[kind] else below
        side += block
    article = [line for line in scored(page) if line.label in kept]
    if rng.random() < short_share:
        article = _shortened(article, rng)
    return _dated([*above, *article, *below], rng)


# How often each kind of noise stands above the article.
_ABOVE = {Label.TICKER: 0.6, Label.COMMENT: 0.0, Label.SPAM: 0.3, FOREIGN: 0.2}


def thinned(page: GoldPage, noise: Noise, rng: random.Random) -> Lines:
    """A page without most of its noise, as extractors leave it; some with comments from elsewhere.

    The comments stand behind the article's last line, where a page's own would.
    """
    share = rng.choice(THINNED_SHARES)
    found: Lines = []
    for label, group in groupby(scored(page), key=lambda line: line.label):
        if label not in NOISE or rng.random() < share:
            found += group
    if rng.random() < COMMENTED_SHARE:
        last = max((i for i, x in enumerate(found) if x.label in ARTICLE), default=-1)
        found[last + 1 : last + 1] = _block(page, Label.COMMENT, noise, rng)
    return found or scored(page)


def _bare(page: GoldPage, rng: random.Random) -> Iterator[Lines]:
    """The article and its own comments only, as extractors leave them, names and times left out.

    Last with some of the comments: pages with many count no more than those with few.
    """
    comments = [line for line in scored(page) if _is_bare_comment(line)]
    if len(comments) < FEWEST_BARE:
        return
    for _ in range(BARE_PER_PAGE):
        other = (Label.CAPTION, Label.META) if rng.random() < KEEP_OTHER else ()
        kept = (*ARTICLE, *other)
        yield [x for x in scored(page) if x.label in kept or _is_bare_comment(x)]
    article = [line for line in scored(page) if line.label in ARTICLE]
    first = rng.randrange(len(comments))
    yield [*article, *comments[first : first + rng.randint(*BARE_LINES)]]


def _is_bare_comment(line: GoldLine) -> bool:
    return line.label is Label.COMMENT and len(line.text.split()) >= BARE_WORDS


def _block(page: GoldPage, label: Label, noise: Noise, rng: random.Random) -> Lines:
    """Runs of one kind of noise from other pages of the language."""
    runs = [r for r in noise.runs.get(label, ()) if r[0] != page.id and r[1] == page.lang]
    most = rng.randint(*BLOCK_LINES)
    if not runs:
        headlines = noise.headlines.get(page.lang, ()) if label is Label.TICKER else ()
        some = rng.sample(headlines, min(most, len(headlines)))
        return _marked([line.model_copy(update={"label": Label.TICKER}) for line in some], rng)
    found: Lines = []
    while len(found) < most and (not found or rng.random() < NEXT_RUN):
        found += rng.choice(runs)[2]
    return _marked(found[:most], rng) if label is Label.TICKER else found[:most]


def _marked(lines: Lines, rng: random.Random) -> Lines:
    """Headlines, sometimes with a mark before each, or on a line of its own above each."""
    dress = rng.random()
    if dress < UNMARKED_SHARE:
        return lines
    if dress < UNMARKED_SHARE + MARKED_BEFORE_SHARE:
        return [with_text(line, f"- {bare(line.text)}") for line in lines]
    mark = rng.choice("-–*")
    return [x for line in lines for x in (with_text(line, mark), line)]


def _foreign(page: GoldPage, noise: Noise, rng: random.Random) -> Lines:
    """Headlines in another language, some of the page's own among them: all of it spam."""
    languages = [x for x in noise.headlines if x != page.lang and noise.headlines[x]]
    if not languages:
        return []
    foreign = noise.headlines[rng.choice(languages)]
    own = noise.headlines.get(page.lang, ())
    count = rng.randint(*FOREIGN_LINES)
    found: Lines = []
    for _ in range(count):
        found.append(rng.choice(foreign))
        if own and count > FOREIGN_LINES[0] + 1 and rng.random() < OWN_BETWEEN:
            found.append(rng.choice(own))
    return [line.model_copy(update={"label": Label.SPAM}) for line in found]
