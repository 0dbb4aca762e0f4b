"""Cross-validation: every page is judged by a pipeline that was fitted on other pages only."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from urllib.parse import urlsplit

from cleaner.errors import SettingsError
from cleaner.evaluate.fate import Judged, judge
from cleaner.gold import GoldPage
from cleaner.pipeline import Pipeline

Train = Callable[[Sequence[GoldPage]], Pipeline]
"""A pipeline fitted on these pages."""

# What follows says in which form a page is given: '4f89#wrapped', '4f89~2'.
_FORM_RE = re.compile(r"(?<=.)[#~+@].*$", re.DOTALL)
_SEPARATOR_RE = re.compile(r"[\W_]")


def cross_validate(
    files: Sequence[Sequence[GoldPage]], train: Train, folds: int, *, by_site: bool = False
) -> list[list[Judged]]:
    """The pages of each file, judged by a pipeline that saw none of their group, in their order.

    All files share the folds: no form of a page is learnt from while another is judged.

    Raises:
        SettingsError: there are fewer groups than folds.
    """
    pages = [page for file in files for page in file]
    fold_of = assign_folds(pages, folds, by_site=by_site)
    judged: dict[int, Judged] = {}
    for fold in range(folds):
        held = [i for i, own in enumerate(fold_of) if own == fold]
        pipeline = train([page for page, own in zip(pages, fold_of, strict=True) if own != fold])
        judged.update(zip(held, judge((pages[i] for i in held), pipeline), strict=True))
    in_order = iter([judged[i] for i in range(len(pages))])
    return [list(islice(in_order, len(file))) for file in files]


def assign_folds(pages: Sequence[GoldPage], folds: int, *, by_site: bool = False) -> list[int]:
    """The fold of each page, from 0; whole groups, in the order of a hash, dealt out like cards.

    Dealt out, for a hash alone leaves some folds of few groups empty.

    Raises:
        SettingsError: there are fewer groups than folds.
    """
    groups = groups_of(pages, by_site=by_site)
    shuffled = sorted(set(groups), key=lambda name: (_hash(name), name))
    if len(shuffled) < folds:
        raise SettingsError(
            f"{folds} folds of {len(shuffled)} {'sites' if by_site else 'pages'}: take fewer folds,"
            " or more gold"
        )
    rank = {name: i for i, name in enumerate(shuffled)}
    return [rank[name] % folds for name in groups]


def _hash(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def groups_of(pages: Sequence[GoldPage], *, by_site: bool = False) -> list[str]:
    """The group of each page: pages that share a key, directly or through others, are one group."""
    ids = {page.id for page in pages}
    keys = [list(_keys(page, ids, by_site=by_site)) for page in pages]
    parents: dict[str, str] = {}
    for first, *others in keys:
        for other in others:
            one, two = sorted((_root(parents, first), _root(parents, other)))
            if one != two:
                parents[two] = one
    return [_root(parents, first) for first, *_ in keys]


def _root(parents: dict[str, str], name: str) -> str:
    while name in parents:
        name = parents[name]
    return name


def _keys(page: GoldPage, ids: Collection[str], *, by_site: bool) -> Iterator[str]:
    yield from (f"page:{form}" for form in _forms(page.id) if form in ids)
    yield f"page:{page_key(page.id)}"
    site = site_of(page) if by_site else None
    if site:
        yield f"site:{site}"


def _forms(name: str) -> Iterator[str]:
    """An id and its beginnings: where '4f89' is a page, '4f89-wrapped' is a form of it."""
    yield name
    yield from (name[: found.start()] for found in _SEPARATOR_RE.finditer(name))


def page_key(name: str) -> str:
    """The id of a page, without what tells in which form it is given.

    >>> page_key("4f89#wrapped"), page_key("4f89")
    ('4f89', '4f89')
    """
    return _FORM_RE.sub("", name)


def site_of(page: GoldPage) -> str | None:
    """The host of a page's address without 'www.'; None where there is none.

    Hosts of one owner are different sites: what belongs together only a list of suffixes knows.

    >>> site_of(GoldPage(id="a", url="https://WWW.example.com:443/news", lines=()))
    'example.com'
    """
    try:
        host = urlsplit(page.url or "").hostname
    except ValueError:  # such as an address of '[' only
        return None
    return (host or "").removeprefix("www.") or None
