"""What elements around comments are called, and the words of buttons and bylines beside them."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.html.families import FAMILIES, families_of
from cleaner.html.tags import attributes, name

CACHED_TAGS = 1 << 12
LONGEST_NAME_CHARS = 60
COMMENT = 1 << FAMILIES.index("comment")
LONGEST_BUTTON_CHARS = 40
_CAMEL_RE = re.compile(r"(?<=[a-z])(?=[A-Z])")
# The last word of a class counts: `comment-author` is an author, `comment-author-admin` a comment.
_AUTHOR_RE = re.compile(
    r"(?:^|[-_])(?:author|autor|auteur|autore|verfasser|user|username|nick|nickname|fn|name"
    r"|benutzer|usuario|utilisateur|commenter|commentator|poster|pseudo|member|screenname|displayname)"
    r"(?:[-_]?(?:name|link|url|title|display))?$"
)
_DATE_RE = re.compile(
    r"(?:^|[-_])(?:date|datum|fecha|data|time|datetime|timestamp|published|posted|created|ago"
    r"|metadata|commentmetadata)(?:[-_]?(?:time|link|created|posted))?$"
)
_ACTION_RE = re.compile(
    r"(?:^|[-_])(?:reply|replies|actions?|votes?|voting|likes?|rating|report|flag|edit|share"
    r"|sharing|tools|toolbar|buttons?|controls?|permalink|toggle|navigation|pagination|respond"
    r"|says|moderation|avatar)(?:[-_]?(?:link|login|count|box|button|container))?$"
)
_COMMENT_RE = re.compile(
    r"^(?:li-?)?(?:comment|kommentar|commentaire|comentario)(?:[-_]?(?:\d+|item))?$"
)
_NAMING = ("class", "id", "itemprop", "rel", "data-testid")
_SAYS = (
    r"sagte?|schreibt|schrieb|meinte?|kommentiert(?:e)?|says|said|wrote|writes|commented|a\sécrit"
    r"|a\sdit|dit|écrit|dice|dijo|escribió|escribe|ha\sscritto|scrive|disse|zegt|schreef|pisze"
    r"|napisał(?:a|\(a\))?"
)
_SAYS_RE = re.compile(rf"\b(?:{_SAYS})$", re.IGNORECASE)
_BEFORE_SAYS, _BEHIND_SAYS = " ,:–—-", " :,…|•·–—-"
_BY_RE = re.compile(
    r"^(?:\d+\.\s)?[\s|•·,#@–—-]*(?:(?:(?:kommentar\s+)?von|by|par|por|di|door|comment\s+by"
    r"|posted\s+by|geschrieben\svon)\b[\s:]+)?",
    re.IGNORECASE,
)
_BETWEEN_RE = re.compile(
    rf"(?:\b(?:{_SAYS}|von|by|par|por|am|um|on|at|le|à|uhr|\d+|permalink|link)\b"
    r"|[\W_])+",
    re.IGNORECASE,
)
_COUNT_RE = re.compile(r"[\d\s#+()\[\].,:|/·•*×−–-]+")
_BUTTON_RE = re.compile(
    r"(?:[\W\d_]|\b(?:antworten?|reply|replies|répondre|réponses?|responder|respuestas?|rispondi"
    r"|beantwoorden|odpowiedz|zitieren|quote|citer|melden|report|signaler|gefällt\s\w+|like"
    r"|likes|liked|loading|lädt|wird|geladen|teilen|share|permalink|link|delete"
    r"|löschen|entfernen|edit|bearbeiten|kommentare?|comments?|commentaires?|comentarios?|commenti"
    r"|reacties|komentarze|als\sspam|zum|hinterlassen?\seinen|schreiben?\seinen|verfassen|keine"
    r"|noch|no|leave|post|write|add|an?|be\sthe\sfirst|laisser|un|aucun|réagir|deja|escribe|dejar"
    r"|comment\snow|commenter|comentar|kommentieren|log\sin\sto|anmelden(?:,?\sum\szu)?|to\sleave\sa|this)\b)+",
    re.IGNORECASE,
)


@lru_cache(CACHED_TAGS)
def _words(tag: str) -> tuple[str, ...]:
    given = attributes(tag)
    values = " ".join(given[key] for key in _NAMING if key in given)
    return tuple(_CAMEL_RE.sub("-", word).lower() for word in values.split())


def names_author(tag: str) -> bool:
    """Whether an element is called after who wrote something."""
    return name(tag) in {"cite", "address"} or any(map(_AUTHOR_RE.search, _words(tag)))


def names_date(tag: str) -> bool:
    """Whether an element is called after when something was written."""
    return name(tag) == "time" or any(map(_DATE_RE.search, _words(tag)))


def names_action(tag: str) -> bool:
    """Whether an element is called after what readers can do with a comment."""
    return name(tag) in {"button", "label", "form"} or any(map(_ACTION_RE.search, _words(tag)))


def names_comments(tag: str) -> bool:
    """Whether an element is called after comments, one or many or what belongs to them."""
    return any(families_of(part) & COMMENT for word in _words(tag) for part in word.split("-"))


def names_comment(tag: str) -> bool:
    """Whether an element is called one comment."""
    return any(map(_COMMENT_RE.match, _words(tag)))


def author_name(text: str) -> str | None:
    """The name in a byline; None where it is none.

    >>> author_name("Von Max Muster sagt:"), author_name("12 Kommentare"), author_name("12.")
    ('Max Muster', None, None)
    """
    said = " ".join(text.split()).rstrip(_BEHIND_SAYS)
    named = _SAYS_RE.sub("", said).rstrip(_BEFORE_SAYS)
    found = _BY_RE.sub("", named, count=1).strip(" \t|•·,:、，：")
    if not any(map(str.isalpha, found)) or len(found) > LONGEST_NAME_CHARS or is_button(found):
        return None
    return found


def is_button(text: str) -> bool:
    """Whether a line is what readers can press, or counts something.

    >>> is_button("Antworten"), is_button("12 Kommentare:"), is_button("Antworten gibt es nicht.")
    (True, True, False)
    >>> is_button("+3"), is_button("<3"), is_button("👍")
    (True, False, False)
    """
    if len(text) > LONGEST_BUTTON_CHARS or not _BUTTON_RE.fullmatch(text):
        return False
    return any(map(str.isalpha, text)) or bool(_COUNT_RE.fullmatch(text))


def says_nothing(text: str) -> bool:
    """Whether a text is only what stands between a name and a date.

    >>> says_nothing(" schrieb am "), says_nothing(" Schön!")
    (True, False)
    """
    return not text or bool(_BETWEEN_RE.fullmatch(text))
