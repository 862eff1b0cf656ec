"""Statements of a text while it is read, and what becomes of them: statements in their contexts."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx import contexts
from glance_docs_ext.engines.nginx.blocks import never_block
from glance_docs_ext.engines.nginx.elsewhere import elsewhere
from glance_docs_ext.engines.nginx.noticing import Open
from glance_docs_ext.spelling import LONGEST_NAME
from glance_docs_ext.syntax import Problem, Statement, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.catalogue import Catalogue

_made = tuple.__new__  # half the time of a call of the class


Leaf = tuple[Word, tuple[Word, ...], Word, int]
"""A statement without a block: its name, its arguments, all of them as they are written, and the
offset of what ends them. A bare tuple, for one is made of every statement."""


def leaf(words: Sequence[Word], place: int, text: str) -> Leaf:
    """Return the statement that consists of ``words`` of ``text``, which ends at ``place``."""
    arguments, end = tuple(words[1:]), words[-1][2]
    start = arguments[0][1] if arguments else end
    return words[0], arguments, _made(Word, (text[start:end], start, end)), place


class Block:
    """A statement with a block.

    ``close`` is the offset of its closing brace. ``data`` is its name where its lines are data,
    ``inside`` the contexts that its body may be.
    """

    __slots__ = ('body', 'close', 'data', 'head', 'inside', 'name')

    def __init__(self, head: Leaf, data: str | None = None) -> None:
        self.head = head
        self.name = head[0]
        self.data = data
        self.close: int | None = None
        self.body: list[Leaf | Block] = []
        self.inside: frozenset[str] = frozenset()


AROUND: Leaf = (Word('', 0, 0), (), Word('', 0, 0), 0)
"""The head of what is around a text."""


def statements(
    root: Block, top: frozenset[str], catalogue: Catalogue, problems: list[Problem]
) -> tuple[Statement, ...]:
    """Return the statements of ``root``, whose contexts are ``top``, with all that is in them.

    What the lines of data are made of has the key ``line of <block>``. What is no block where it
    stands, and has one, is added to ``problems``.
    """
    root.inside = top
    foreign = elsewhere().blocks
    around: list[tuple[Block, Iterator[Leaf | Block], list[Statement]]] = []
    block, nodes, made = root, iter(root.body), list[Statement]()
    while True:
        here = block.inside
        line = f'line of {block.data}' if block.data else ''
        if block.name[0] in foreign:
            line = 'line of elsewhere'  # no rule knows it
        for node in nodes:
            if isinstance(node, Block):
                key = node.name[0]
                if key not in contexts.ALWAYS and _is_needless(key, here, catalogue):
                    values, place = {'name': key}, node.head[3]
                    problems.append(Problem('needless-block', node.name.span, values, place))
                node.inside = _likeliest(node.body, contexts.opened_by(key, here), catalogue)
                around.append((block, nodes, made))
                block, nodes, made = node, iter(node.body), []
                break
            name, arguments, rest, _place = node
            made.append(_made(Statement, (line or name[0], name, arguments, rest, here, None)))
        else:
            if not around:
                return tuple(made)
            body, (name, arguments, rest, _place) = tuple(made), block.head
            block, nodes, made = around.pop()
            made.append(_made(Statement, (name[0], name, arguments, rest, block.inside, body)))


def _is_needless(name: str, here: frozenset[str], catalogue: Catalogue) -> bool:
    """Whether a name has no block ``here``, where it may stand."""
    return len(name) <= LONGEST_NAME and never_block(catalogue, name, here)


def common_places(
    body: list[Leaf | Block], candidates: frozenset[str], catalogue: Catalogue
) -> frozenset[str]:
    """Return those of ``candidates`` in which all of ``body`` may stand, else all of them.

    The lines of a fragment are meant for one place. Where there is none for all, each of them is
    judged in the kindest.
    """
    if len(candidates) < 2:
        return candidates
    return _fitting(body, candidates, _allowed(catalogue)) or candidates


def _likeliest(
    body: list[Leaf | Block], candidates: frozenset[str], catalogue: Catalogue
) -> frozenset[str]:
    """Return those of ``candidates`` in which all of ``body`` may stand, else the best one."""
    if len(candidates) < 2:
        return candidates
    allowed = _allowed(catalogue)
    fitting = _fitting(body, candidates, allowed)
    if fitting:
        return fitting
    known = [allowed[name] for node in body if (name := _name(node).text) in allowed]
    votes = {name: sum(name in allowed for allowed in known) for name in candidates}
    return frozenset({max(sorted(candidates, key=len), key=votes.__getitem__)})


def _fitting(
    body: list[Leaf | Block], candidates: frozenset[str], allowed: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Return those of ``candidates`` in which all names of ``body`` are allowed that are known."""
    for node in body:
        name = (node.name if isinstance(node, Block) else node[0])[0]
        if name in allowed:
            candidates = _both(candidates, allowed[name])
    return candidates


@lru_cache(maxsize=4096)
def _both(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    return some & others


@cache
def _allowed(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Return the contexts in which each name may stand."""
    return {
        name: frozenset(context for entry in catalogue[name] for context in entry.contexts)
        for name in catalogue
    }


def around(root: Block, problem: Problem) -> tuple[int, list[Open]]:
    """Return the start of the statement that a problem is in, and what is open around it."""
    offset = problem.span.start
    blocks = [Open('', root.inside)]
    block = root
    while block.body:
        index = bisect_right(block.body, offset, key=_start) - 1
        if index < 0:
            break
        node = block.body[index]
        if offset <= (node.head if isinstance(node, Block) else node)[3]:
            return _start(node), blocks
        if not isinstance(node, Block) or (node.close is not None and offset >= node.close):
            break
        block = node
        blocks.append(Open(block.name.text, block.inside))
    return offset, blocks


def _name(node: Leaf | Block) -> Word:
    return node.name if isinstance(node, Block) else node[0]


def _start(node: Leaf | Block) -> int:
    return _name(node).start
