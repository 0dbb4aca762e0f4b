"""Comments in a page's tree: what stands with one date, or one name, is one of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.comments.bylines import LONGEST_NAME_WORDS, byline
from cleaner.comments.told import Piece, Told, author_of, date_of, told
from cleaner.comments.tree import Tree, tree_of
from cleaner.comments.words import author_name, names_comment, names_comments
from cleaner.decide.decisions import Decisions
from cleaner.html.tags import name
from cleaner.model import Document
from cleaner.rows import Comment

_DIGITS_RE = re.compile(r"\d+")
# A comment has a few elements for who and when.
MOST_COMPARED = 8


@dataclass(frozen=True, slots=True)
class Post:
    """A comment in the making: the elements that announce it, and the one that holds it."""

    told: tuple[int, ...]
    held: int
    pieces: tuple[Piece, ...] = ()
    authors: tuple[int, ...] = ()


def tree_comments(document: Document, decisions: Decisions, spoken: Sequence[int]) -> list[Comment]:
    """The comments of a page with markup, in the order of its text; `spoken` are their lines.

    The comments of most pages name who wrote and when in elements of their own. What holds one of
    these, and no more, is one comment; pages that do so for none give elements of one shape. Lines
    that are in none of them, headings, buttons and forms are left out.
    """
    tree = tree_of(document, decisions)
    found = told(tree, spoken)
    posts = _posts(tree, found, frozenset(spoken)) or _alike(tree, found.pieces)
    return _rows(tree, [post for post in posts if post.pieces], found)


def _posts(tree: Tree, found: Told, spoken: frozenset[int]) -> list[Post]:
    dates = _clusters(tree, found.dates, found.pieces)
    authors = _clusters(tree, found.authors, found.pieces)
    clusters = dates if 2 * len(dates) >= len(authors) else authors
    clusters = [cluster for cluster in clusters if _is_of_comments(tree, cluster[0], spoken)]
    counts: Counter[int] = Counter()
    for cluster in clusters:
        counts.update(tree.above(tree.common(cluster)))
    posts = [Post(tuple(c), _widest(tree, tree.common(c), counts, found.pieces)) for c in clusters]
    posts = _with_pieces(tree, posts, counts, found.pieces)
    return _with_authors(tree, posts, counts, found.authors)


def _is_of_comments(tree: Tree, element: int, spoken: frozenset[int]) -> bool:
    """Whether it belongs to comments by its label or by what is around it, unlike a byline."""
    if tree.line_of(tree.starts[element]) in spoken:
        return True
    around = (e for e in tree.above(element) if tree.free[e])
    return any(names_comments(tree.tags[e]) for e in around)


def _clusters(tree: Tree, elements: Sequence[int], pieces: Sequence[Piece]) -> list[list[int]]:
    """The elements between which there is no text, but for those of another comment."""
    starts, found = [piece.start for piece in pieces], list[list[int]]()
    for element in sorted(elements, key=lambda e: (tree.starts[e], -tree.ends[e])):
        if found and not _is_next(tree, found[-1], element, starts):
            found[-1].append(element)
        else:
            found.append([element])
    return found


def _is_next(tree: Tree, cluster: Sequence[int], element: int, starts: Sequence[int]) -> bool:
    end = max(tree.ends[e] for e in cluster[-MOST_COMPARED:])
    if bisect_left(starts, end) < bisect_left(starts, tree.starts[element]):
        return True
    if _named_around(tree, element) != _named_around(tree, cluster[-1]):
        return True
    shape, parent = _shape(tree, element), tree.parents[element]
    return any(
        _shape(tree, e) == shape and tree.parents[e] != parent for e in cluster[-MOST_COMPARED:]
    )


def _named_around(tree: Tree, element: int) -> int | None:
    """The innermost element around one that is called a comment."""
    return next((e for e in tree.above(element) if names_comment(tree.tags[e])), None)


def _shape(tree: Tree, element: int) -> tuple[int, str]:
    return _depth(tree, element), _DIGITS_RE.sub("", tree.tags[element].partition(" href=")[0])


def _depth(tree: Tree, element: int) -> int:
    return sum(1 for _ in tree.above(element))


def _widest(tree: Tree, element: int, counts: Counter[int], pieces: Sequence[Piece]) -> int:
    """The widest element around one that announces one comment only.

    It does not reach over headings and forms for more text than it has.
    """
    for above in tree.above(tree.parents[element]):
        if counts[above] > 1 or not tree.free[above] or above == element:
            return element
        if _has_text(tree, element, pieces):
            stops = tree.stops(above) > tree.stops(element)
            if stops or names_comment(tree.tags[element]):
                return element
        element = above
    return element


def _has_text(tree: Tree, element: int, pieces: Sequence[Piece]) -> bool:
    at = bisect_left(pieces, tree.starts[element], key=lambda piece: piece.start)
    return at < len(pieces) and pieces[at].end <= tree.ends[element]


def _with_pieces(
    tree: Tree, posts: Sequence[Post], counts: Counter[int], pieces: Sequence[Piece]
) -> list[Post]:
    """The posts with their text: what they hold, and what stands beside those that hold none."""
    places = [(piece.start, piece.end, tree.own_lines[piece.line]) for piece in pieces]
    owners = _owners(tree, posts, counts, places)
    held: list[list[Piece]] = [[] for _ in posts]
    for piece, at in zip(pieces, owners, strict=True):
        if at is not None:
            held[at].append(piece)
    return [replace(post, pieces=tuple(own)) for post, own in zip(posts, held, strict=True)]


def _with_authors(
    tree: Tree, posts: Sequence[Post], counts: Counter[int], authors: Sequence[int]
) -> list[Post]:
    """The posts with the elements that name who wrote them."""
    owners = _owners(tree, posts, counts, [(tree.starts[e], tree.ends[e], e) for e in authors])
    held: list[list[int]] = [[] for _ in posts]
    for author, at in zip(authors, owners, strict=True):
        if at is not None:
            held[at].append(author)
    return [replace(post, authors=tuple(own)) for post, own in zip(posts, held, strict=True)]


def _owners(
    tree: Tree,
    posts: Sequence[Post],
    counts: Counter[int],
    places: Sequence[tuple[int, int, int]],
) -> list[int | None]:
    """The post that holds each stretch of the text, or the one beside it that holds none.

    `places` are starts, ends and the elements they are in.
    """
    # What holds one seldom holds another: then the inner one comes later here.
    order = sorted(range(len(posts)), key=lambda i: _outer_first(tree, posts[i].held))
    starts = [tree.starts[posts[i].held] for i in order]
    found: list[int | None] = []
    for start, end, _ in places:
        last = bisect_right(starts, start)
        near = reversed(order[max(0, last - MOST_COMPARED) : last])
        found.append(next((i for i in near if tree.holds(posts[i].held, start, end)), None))
    needy = frozenset(range(len(posts))) - frozenset(found)
    told_at = [min(tree.starts[e] for e in post.told) for post in posts]
    for i, (start, _, element) in enumerate(places):
        if found[i] is None and needy:
            at = _beside(tree, told_at, counts, element, start)
            found[i] = at if at in needy else None
    return found


def _outer_first(tree: Tree, element: int) -> tuple[int, int]:
    return tree.starts[element], -tree.ends[element]


def _beside(
    tree: Tree, told_at: Sequence[int], counts: Counter[int], element: int, start: int
) -> int | None:
    """Which post something belongs to that none holds, by the nearest element around both.

    To the last one announced above it; where it comes first, to the first. `told_at` is where each
    post is announced.
    """
    around = next((e for e in tree.above(element) if counts[e]), None)
    if around is None or not tree.free[around]:
        return None
    first = bisect_left(told_at, tree.starts[around])
    last = bisect_left(told_at, tree.ends[around])
    above = min(bisect_right(told_at, start), last) - 1
    if above >= first:
        return above
    return first if first < last else None


def _alike(tree: Tree, pieces: Sequence[Piece]) -> list[Post]:
    """The widest elements called comments that hold text, as a sibling of their shape does."""
    chains = [[e for e in tree.above(tree.own_lines[p.line]) if tree.free[e]] for p in pieces]
    siblings: defaultdict[tuple[int, tuple[int, str]], set[int]] = defaultdict(set)
    for element in {e for chain in chains for e in chain}:
        siblings[tree.parents[element], _shape(tree, element)].add(element)
    held: dict[int, list[Piece]] = {}
    for piece, chain in zip(pieces, chains, strict=True):
        for element in reversed(chain):
            alike = len(siblings[tree.parents[element], _shape(tree, element)]) > 1
            named = (tree.tags[element], tree.tags[tree.parents[element]])
            alike = alike and name(named[0]) != "p" and any(map(names_comments, named))
            if alike or names_comment(tree.tags[element]):
                held.setdefault(element, []).append(piece)
                break
    return [Post((element,), element, tuple(own)) for element, own in held.items()]


def _rows(tree: Tree, posts: Sequence[Post], found: Told) -> list[Comment]:
    parents = _parents(tree, posts)
    return [_row(tree, post, found, at) for post, at in zip(posts, parents, strict=True)]


def _parents(tree: Tree, posts: Sequence[Post]) -> list[int | None]:
    """The comment that each lies below: the last one that lies less deep, in what holds it."""
    open_posts: list[tuple[int, int]] = []  # depth and index, ever deeper
    found: list[int | None] = []
    for i, post in enumerate(posts):
        depth = _depth(tree, post.told[0])
        while open_posts and open_posts[-1][0] >= depth:
            open_posts.pop()
        above = open_posts[-1][1] if open_posts else None
        is_free = above is not None and tree.free[tree.common([posts[above].held, post.held])]
        found.append(above if is_free else None)
        open_posts.append((depth, i))
    return found


def _row(tree: Tree, post: Post, found: Told, parent: int | None) -> Comment:
    own = [e for e in post.told if e in found.date_set]
    own.sort(key=lambda e: tree.ends[e] - tree.starts[e])
    shown = tree.text(own[0]).strip() if own else None
    announced = byline(shown or "")
    author = _author(tree, post, found)
    # Some pages name the author twice.
    first = post.pieces[0]
    again = len(post.pieces) > 1 and tree.document.text[first.start : first.end] == author
    pieces = post.pieces[again:]
    return Comment(
        text="\n".join(_written(tree, pieces)),
        author=author,
        date=date_of(tree, own),
        date_text=announced.when if announced else shown,
        parent=parent,
        start=pieces[0].start,
        end=pieces[-1].end,
    )


def _written(tree: Tree, pieces: Sequence[Piece]) -> Iterator[str]:
    """The lines of a comment with their list marks, but for the first: that may be its own."""
    for i, piece in enumerate(pieces):
        whole = i > 0 and piece.start == tree.content_starts[piece.line]
        start = tree.line_starts[piece.line] if whole else piece.start
        yield tree.document.text[start : piece.end]


def _author(tree: Tree, post: Post, found: Told) -> str | None:
    """The name in the innermost of the elements that the first one to name somebody holds."""
    if not post.authors:
        return _beside_date(tree, post, found)
    first = post.authors[0]
    inner = [e for e in post.authors if tree.holds(first, tree.starts[e], tree.ends[e])]
    names = (author_of(tree, e, found.dates) for e in reversed(inner))
    return next(filter(None, names), None)


def _beside_date(tree: Tree, post: Post, found: Told) -> str | None:
    """The name in the line of the date, before it; None where there is none or no date."""
    if post.told[0] not in found.date_set:
        return None
    own = byline(tree.text(post.told[0]))
    if own and own.author:
        return own.author
    end = tree.starts[post.told[0]]
    line = tree.line_of(end)
    start = tree.content_starts[line]
    shown = author_name(tree.document.text[start:end])
    return shown if shown and len(shown.split()) <= LONGEST_NAME_WORDS else None
