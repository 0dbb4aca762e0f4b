"""Names of people, as pages list them in fields and in bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from cleaner.html.months import MONTHS

# Longer ones are sentences.
LONGEST_NAME_CHARS, MOST_WORDS = 60, 6
LONGEST_BYLINE_CHARS = 300
# A line as short as this that begins like a byline is one.
SHORT_BYLINE_CHARS = 60
MOST_NAMES = 20

_INTRODUCTIONS = (
    "(?:written|posted|published|words|text|story|reported|reviewed|compiled) by|by|authors?"
    "|(?:geschrieben|verfasst|erstellt|veröffentlicht|gespeichert|eingestellt) von|artikel von"
    "|(?:ein )?(?:beitrag|text|gastbeitrag) von|von|autor(?:in|en|es|a)?|verfasser(?:in)?|texte?"
    "|(?:écrit|publié|rédigé|posté) par|par|auteure?s?|propos recueillis par"
    "|(?:escrito|publicado|redactado|redigido) por|por"
    "|(?:scritto|pubblicato) da|a cura di|di|autore|autrice|(?:geschreven|geplaatst) door|door"
    "|auteur|skrevet av|skriven av|av|af|text av|napisał|autorka|автор|投稿者|作者|文"
)
_HINTS = (
    "by", "von", "par", "por", "di ", "da ", "door", "av ", "af ", "aut", "text", "verfass",
    "recueillis", "cura", "napisał", "автор", "投稿者", "作者", "文",
)  # fmt: skip
_INTRODUCTION_RE = re.compile(rf"(?:{_INTRODUCTIONS})(?:\s*[:：]\s*|\s+|$)", re.IGNORECASE)
_INTRODUCED_RE = re.compile(
    rf"(?:^|[\s|/·•,])(?:(?i:{_INTRODUCTIONS})(?:\s*[:：]\s*|\s+)(?=[^\W\d])"
    r"|(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)(?=[A-Z]))"
)
# Blanks are looked at from the first of a run only: from each, a long run takes quadratic time.
# What follows the names in a byline: a date, a place, a time, an address, another thing.
_END_RE = re.compile(
    r"(?:(?<!\s)\s+)?(?:[|•·/(\[\n@<=]|[–—]| - |--|\d|\.{3}"
    r"|\b(?:on|am|le|at|in|um|el|il|op|den|für|for|im|aus|from|updated|published|posted|last|veröffentlicht|publi\w*|aktualisiert|abgelegt"
    r"|(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b|\b\w+:\s"
    rf"|\b(?:{'|'.join(sorted(MONTHS))})\b\.?\s+\d).*",
    re.IGNORECASE | re.DOTALL,
)
_SEPARATOR_RE = re.compile(
    r"(?:(?<!\s)\s+)?[;/|&•·\n，、]\s*|(?<!\s)\s+(?:and|und|et|y|och|og|with|mit|avec|sowie|plus|e(?=\s[A-Z]))\s+"
)
_POSTED_RE = re.compile(
    r"\W*(?:\d|am \d|posted|published|written|added|created|submitted|veröffentlicht|erstellt"
    r"|geschrieben|eingestellt|gespeichert|hinzugefügt|publi|escrito|scritto|geplaatst)",
    re.IGNORECASE,
)
_PICTURE_RE = re.compile(
    r"(?:foto|photo|bild|image|illustration|grafik|video|picture)", re.IGNORECASE
)
_SENTENCE_RE = re.compile(r"\w\w[.!?…:]\W*$")
_NUMBER_RE = re.compile(r"^\d+$|\d{4}")
_COMMA_RE = re.compile(r"(?:(?<!\s)\s+)?,\s*")
_BRACKET_RE = re.compile(r"[(\[]")
_ADDRESS_RE = re.compile(
    r"<[^>]*>|(?:https?:)?//\S+|\S+(?:@|\[at\]|\(at\))\S+|(?<!\w)@\w+|\bwww\.\S+|\S+\.(?:com|org)/\S*",
    re.IGNORECASE,
)
_PARTICLES = frozenset((
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le",
    "el", "al", "bin", "ibn", "ben", "zu", "zur", "vom", "und", "y", "e", "af", "av", "ter", "ten",
    "st.", "d'", "and", "the", "e.v.", "e.v",
))  # fmt: skip
_ROLE_RE = re.compile(
    r"\b(?:\w*(?:redakt(?:eur|ör)|editor|reporter|journalist|correspond|korrespond|writer|autor"
    r"|author|chief|chef|ceo|director|professor|manager|contributor|columnist|freelance|leiter"
    r"|präsident|president|founder|gründer|analyst|producer|intern|senior|ressort|foto|photo"
    r"|staff|special to|ph\.?d|m\.?d\.?$|jr\.?$|germany$|deutschland$))",
    re.IGNORECASE,
)
_NOBODY_RE = re.compile(
    r"(?:(?:wordpress|site|web)?[\s_-]*(?:admin\w*|webmaster|root|user\d*|test|guest|gast|author"
    r"|autor|default|editor|anonymous|anonym|anónimo|anonyme|unknown|unbekannt|none|null|undefined"
    r"|n/?a|no author|username|www|by|von|team admin|view all.*|(?:all|more) posts))",
    re.IGNORECASE,
)
_BODY_RE = re.compile(
    r"redak[tc]|redacci[oó]n|redazione|rédaction|redação|\b(?:team|staff|editors?|editorial"
    r"|newsroom|news|desk|press|presse|media|magazin\w*|verlag|gmbh|ag|e\.\s?v\.|ltd|inc|llc|s\.a\."
    r"|bundes\w+|verein\w*|verband\w*|agency|agencia|agence|agentur|digital|online|tv|radio"
    r"|zeitung|times|post|journal|university|universität|institut\w*|stiftung|foundation"
    r"|contributors?|company|group|gruppe|redakcja|association|associated|society|noticias|images|shutterstock|pixabay|unsplash|istock"
    r"|diario|el|la|die|the|dpa|afp|apa|efe|ap|reuters|sid|ots|epd|kna|ansa|lusa|tass|xinhua)\b"
    r"|\.(?:com|de|org|net|at|ch|info|tv|fr|es|it|eu|co|io|cl|pe)\b",
    re.IGNORECASE,
)


def authors(names: str) -> tuple[str, ...]:
    """The names in a list that semicolons separate.

    >>> authors("Ada Lovelace; Alan Turing")
    ('Ada Lovelace', 'Alan Turing')
    """
    return tuple(name.strip() for name in names.split(";") if name.strip())


def people(text: str) -> tuple[str, ...]:
    """The names that a field of authors holds, without roles, addresses and placeholders.

    >>> people("By Ada Lovelace, Chief Reporter, and Alan Turing")
    ('Ada Lovelace', 'Alan Turing')
    >>> people("Lovelace, Ada"), people("admin"), people("https://example.com/ada")
    (('Ada Lovelace',), (), ())
    """
    text = unescape(unescape(text[:LONGEST_BYLINE_CHARS]))
    text = " ".join(_ADDRESS_RE.sub(" ", text).split()).strip(" '\"“”„«»*-–—.,:;|")
    text = _INTRODUCTION_RE.sub("", text, count=1) if _INTRODUCTION_RE.match(text) else text
    found: list[str] = []
    for part in _SEPARATOR_RE.split(text):
        found += _named(part)
    return distinct(found)[:MOST_NAMES]


def _named(part: str) -> Iterator[str]:
    """The names in a list that commas separate; a family name may come first."""
    pieces = [piece for piece in _COMMA_RE.split(part) if piece]
    single = [len(piece.split()) == 1 for piece in pieces]
    if len(pieces) == 2 and all(single) and all(map(is_name, pieces)):
        yield f"{pieces[1]} {pieces[0]}"
        return
    of_body = len(pieces) > 1 and bool(_BODY_RE.search(pieces[0]))
    for i, piece in enumerate(pieces):
        if i and of_body and single[i]:  # the seat of an organisation
            continue
        name = _BRACKET_RE.split(piece, maxsplit=1)[0].strip(" '\"*-–—:|")
        # What comes behind a name and is no name of two words is a role, a place, a paper.
        if is_name(name) and not (i and (_ROLE_RE.search(name) or _BODY_RE.search(name))):
            yield name


def is_name(text: str) -> bool:
    """Whether a text may be somebody's name, or that of an organisation.

    >>> is_name("Ada von Lovelace"), is_name("the end of it"), is_name("Room 101")
    (True, False, False)
    """
    words = text.split()
    if (
        not text[:1].isalnum()
        or not 1 <= len(words) <= MOST_WORDS
        or len(text) > LONGEST_NAME_CHARS
    ):
        return False
    if _NOBODY_RE.fullmatch(text) or sum(map(str.isalpha, text)) < 2:
        return False
    if len(words) == 1:
        return True
    return not any(map(_NUMBER_RE.search, words)) and is_capitalised(words)


def is_capitalised(words: Iterable[str]) -> bool:
    """Whether all words begin as names do; in scripts without capitals, all do."""
    own = [word for word in words if word.lower() not in _PARTICLES and word[0].isalpha()]
    small = sum(word[0].islower() for word in own)
    return small == 0 or (small < len(own) and len(own) == 2)


def is_person(name: str) -> bool:
    """Whether a name looks like a person's, not like that of an office, a paper or an account.

    >>> [is_person(name) for name in ("Ada Lovelace", "Redaktion", "sv_team", "example.com")]
    [True, False, False, False]
    """
    if _BODY_RE.search(name):
        return False
    return " " in name or (not name[:1].islower() and name.replace("-", "").isalpha())


def byline(text: str, *, alone: bool = False) -> tuple[str, ...]:
    """The names that a line of text introduces as its authors'.

    `alone` says that the line is known to be no part of running text.

    >>> byline("Von Ada Lovelace und Alan Turing | 3. März 2019"), byline("Posted on May 3 by ada")
    (('Ada Lovelace', 'Alan Turing'), ('ada',))
    >>> byline("Ein Brief von gestern, den niemand las.")
    ()
    """
    lower = text.lower()
    # Most lines have none of these, and to look for them takes a tenth of a search.
    hinted = any(hint in lower for hint in _HINTS)
    found = _INTRODUCED_RE.search(text) if hinted else None
    if not found or _PICTURE_RE.search(text):
        return ()
    given = people(_END_RE.sub("", text[found.end() :]))
    names = tuple(name for name in given if " " not in name or _is_large(name))
    before = text[: found.start()].strip(" •|,·–-")
    opens = not before or before[-1].isdigit() or bool(_POSTED_RE.match(text))
    if opens and (alone or len(text) <= SHORT_BYLINE_CHARS):
        return names
    # "von" and its like stand in every sentence; only full names are written large behind it.
    return names if (opens or not _SENTENCE_RE.search(text)) and all(map(_is_full, names)) else ()


def listed(text: str) -> tuple[str, ...]:
    """The names that a line is a list of, whatever comes behind them.

    >>> listed("Ada Lovelace - Aug 10, 1843"), listed("He read on and on.")
    (('Ada Lovelace',), ())
    """
    names = people(_END_RE.sub("", text.lstrip(" /|·•–-")))
    plain = all(_is_full(name) or (" " not in name and is_person(name)) for name in names)
    return names if plain and not _SENTENCE_RE.search(text) else ()


def _is_full(name: str) -> bool:
    """Whether a name has at least two words, all of them written large."""
    return " " in name and is_person(name) and _is_large(name)


def _is_large(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    return len(words) > 1 and not any(word[0].islower() for word in words)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, as it was first written."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())
