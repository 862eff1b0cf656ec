"""nginx's configuration as a tree: sentences, blocks inside blocks, and the context of each.

Source: ``ngx_conf_parse()`` of src/core/ngx_conf_file.c. Every fault is a `Problem`, and reading
goes on behind it. Nothing is recursive, so blocks may be nested as deep as they like.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx import contexts
from glance_docs_ext.engines.nginx.lexer import Lexer
from glance_docs_ext.engines.nginx.noticing import Open, noticed
from glance_docs_ext.engines.nginx.recovery import Recovery
from glance_docs_ext.rule import shortened
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Document, Problem, Statement, word_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.nginx.lexer import Sentence
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Word

# How many words a line of these blocks has at the most; none: any number.
LINE_WORDS = {'map': 2, 'geo': 2, 'split_clients': 2, 'charset_map': 2, 'types': 0, 'geoip2': 0}


MOST_NOTICED = 20  # problems; each may cost reading the text to its end once more


class _Node:
    """A statement while its text is being read; ``body`` is None for what is no block.

    ``place`` is the offset of what ends its words, ``close`` that of the brace that closes it.
    """

    __slots__ = ('body', 'close', 'contexts', 'is_line', 'place', 'statements', 'words')

    def __init__(self, words: list[Word], place: int, *, is_line: bool = False) -> None:
        self.words = words
        self.place = place
        self.close: int | None = None
        self.is_line = is_line
        self.body: list[_Node] | None = None
        self.contexts: frozenset[str] = frozenset()
        self.statements: list[Statement] = []

    @property
    def name(self) -> str:
        return self.words[0].text if self.words else ''


def parse(source: Source, context: str | None, catalogue: Catalogue) -> Document:
    """Read ``source``, standing in ``context``; never raises on account of the text.

    The lines of `contexts.LINES` blocks are statements with the key ``line of <block>``.
    """
    reader = _Reader(source.text, catalogue)
    root = reader.read(context)
    top = contexts.top(context)
    _place(root, top, catalogue)
    places = _Places(root, top)
    return Document(
        source=source,
        engine='nginx',
        statements=tuple(_statements(root, source.text)),
        comments=tuple(reader.lexer.comments),
        problems=tuple(_with_noticed(reader.problems, places, source.text, catalogue)),
        context=context,
        stops=tuple(reader.stops),
    )


class _Reader:
    """Builds the tree of nodes, and notes what is wrong with the braces."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text = text
        self.lexer = Lexer(text)
        self.recovery = Recovery(text, catalogue)
        self.braces: list[Problem] = []
        self.misfit: _Node | None = None
        self.stops: list[int] = []
        self.in_data = 0

    @property
    def problems(self) -> list[Problem]:
        found = [*self.lexer.problems, *self.recovery.problems, *self.braces]
        return sorted(found, key=lambda problem: problem.span.start)

    def read(self, context: str | None) -> _Node:
        root = _Node([], 0)
        root.body = []
        open_blocks = [(root, context if context in contexts.LINES else None)]
        for raw in self.lexer.sentences():
            if self.recovery.is_plain(raw):
                self._add(raw, open_blocks)
                continue
            for sentence in self._taken_apart(raw, open_blocks[-1][1]):
                self._add(sentence, open_blocks)
        self._note_unclosed([node for node, _ in open_blocks[1:]])
        return root

    def _taken_apart(self, sentence: Sentence, lines_of: str | None) -> Iterator[Sentence]:
        if lines_of is None:
            return self.recovery.sentences(sentence)
        return self.recovery.lines(sentence, LINE_WORDS[lines_of])

    def _add(self, sentence: Sentence, open_blocks: list[tuple[_Node, str | None]]) -> None:
        parent, lines_of = open_blocks[-1]
        stop, place = sentence.stop, sentence.place
        self.stops.append(place)
        if stop == '}':
            self._close(place, open_blocks)
        elif not sentence.words:
            if stop:
                self._stray(stop, place)
        else:
            node = _Node(sentence.words, place, is_line=lines_of is not None)
            (parent.body if parent.body is not None else []).append(node)
            if stop == '{' and lines_of is not None:
                self.braces.append(Problem('block-in-data', Span(place, place + 1)))
                self.in_data += 1
                return
            if stop != '{':
                return
            node.body = []
            if sentence.lua_end is None:
                block = node.name if node.name in contexts.LINES else None
                open_blocks.append((node, block))
            elif sentence.lua_end == len(self.text):
                self._note_unclosed([node])
            else:
                open_blocks.append((node, None))

    def _close(self, place: int, open_blocks: list[tuple[_Node, str | None]]) -> None:
        if len(open_blocks) == 1:
            if self.in_data:  # it closes what could not be opened
                self.in_data -= 1
            else:
                self._stray('}', place)
            return
        node, _ = open_blocks.pop()
        node.close = place
        column = self._indent(place)
        if self.misfit is None and column is not None:
            opened = self._indent(node.words[0].span.start)
            if opened is not None and column < opened:
                self.misfit = node

    def _indent(self, place: int) -> int | None:
        """Return the indentation of ``place``, or None where it does not start its line."""
        start = self.text.rfind('\n', max(0, place - 200), place) + 1
        blank = self.text[start:place]
        return len(blank.expandtabs()) if not blank.strip() else None

    def _stray(self, stop: str, place: int) -> None:
        kind = 'stray-semicolon' if stop == ';' else 'stray-brace'
        self.braces.append(Problem(kind, Span(place, place + 1), {'brace': stop}))

    def _note_unclosed(self, nodes: list[_Node]) -> None:
        """Note that blocks are open at the end: the one that lost its brace, if that shows."""
        shown = list(nodes)
        if shown and self.misfit is not None:
            shown[-1] = self.misfit
        for node in shown:
            values = {'name': shortened(node.name)}
            self.braces.append(Problem('unclosed-block', node.words[0].span, values))


def _with_noticed(
    problems: list[Problem], places: _Places, text: str, catalogue: Catalogue
) -> Iterator[Problem]:
    """Yield the problems, the first ones with the offset at which nginx notices them."""
    for problem in problems[:MOST_NOTICED]:
        start, around = places.around(problem)
        at_once = problem.kind in {'missing-semicolon', 'missing-brace'}
        offset = noticed(text, start, around, catalogue, at_once=at_once)
        yield problem._replace(noticed=offset)
    yield from problems[MOST_NOTICED:]


class _Places:
    """Where in the tree an offset is."""

    def __init__(self, root: _Node, top: frozenset[str]) -> None:
        self._root = root
        self._top = top

    def around(self, problem: Problem) -> tuple[int, list[Open]]:
        """Return the start of the statement that a problem is in, and what is open around it."""
        offset = problem.span.start
        blocks = [Open('', self._top)]
        node = self._root
        while node.body:
            index = bisect_right(node.body, offset, key=_start) - 1
            if index < 0:
                break
            node = node.body[index]
            if offset <= node.place:
                return _start(node), blocks
            if node.body is None or (node.close is not None and offset >= node.close):
                break
            blocks.append(Open(node.name, _inside(node)))
        return offset, blocks


def _start(node: _Node) -> int:
    return node.words[0].span.start


def _inside(node: _Node) -> frozenset[str]:
    return node.body[0].contexts if node.body else contexts.opened_by(node.name, node.contexts)


def _place(root: _Node, top: frozenset[str], catalogue: Catalogue) -> None:
    """Give each node the contexts that it may be standing in."""
    pending = [(root, top)]
    while pending:
        parent, here = pending.pop()
        for node in parent.body or ():
            node.contexts = here
            if node.body:
                inside = contexts.opened_by(node.name, here)
                pending.append((node, _likeliest(node.body, inside, catalogue)))


def _likeliest(
    body: list[_Node], candidates: frozenset[str], catalogue: Catalogue
) -> frozenset[str]:
    """Return those of ``candidates`` in which all of ``body`` may stand, else the best one."""
    if len(candidates) < 2:
        return candidates
    known = [
        {name for entry in catalogue[node.name] for name in entry.contexts}
        for node in body
        if node.name in catalogue
    ]
    votes = {name: sum(name in allowed for allowed in known) for name in candidates}
    fitting = frozenset(name for name, count in votes.items() if count == len(known))
    return fitting or frozenset({max(sorted(candidates, key=len), key=votes.__getitem__)})


def _statements(root: _Node, text: str) -> list[Statement]:
    """Turn nodes into statements, the innermost first."""
    pending: list[tuple[_Node, Iterator[_Node]]] = [(root, iter(root.body or ()))]
    while True:
        parent, nodes = pending[-1]
        node = next(nodes, None)
        if node is None:
            pending.pop()
            if not pending:
                return root.statements
            pending[-1][0].statements.append(_statement(parent, text))
        elif node.body:
            pending.append((node, iter(node.body)))
        else:
            parent.statements.append(_statement(node, text))


def _statement(node: _Node, text: str) -> Statement:
    name = node.words[0]
    end = node.words[-1].span.end
    start = node.words[1].span.start if len(node.words) > 1 else end
    block = next(iter(node.contexts)) if node.is_line else ''
    return Statement(
        key=f'line of {block}' if node.is_line else name.text,
        name=name,
        arguments=tuple(node.words[1:]),
        rest=word_at(text[start:end], (start, end)),
        span=Span(name.span.start, end),
        contexts=node.contexts,
        body=tuple(node.statements) if node.body is not None else None,
    )
