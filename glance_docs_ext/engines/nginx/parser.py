"""nginx's configuration as a tree: sentences, blocks inside blocks, and what is wrong with them.

Source: ``ngx_conf_parse()`` of src/core/ngx_conf_file.c. Every fault is a `Problem`, and reading
goes on behind it. Nothing is recursive, so blocks may be nested as deep as they like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx import contexts, plain, tree
from glance_docs_ext.engines.nginx.lexer import LUA_BLOCK, Lexer
from glance_docs_ext.engines.nginx.noticing import noticed
from glance_docs_ext.engines.nginx.recovery import Recovery
from glance_docs_ext.engines.nginx.swallowing import swallowed
from glance_docs_ext.engines.nginx.tree import AROUND, Block
from glance_docs_ext.rule import shortened
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.nginx.lexer import Sentence
    from glance_docs_ext.engines.nginx.tree import Leaf
    from glance_docs_ext.source import Source

# How many words a line of these blocks has at the most; none: any number.
LINE_WORDS = {'map': 2, 'geo': 2, 'charset_map': 2, 'split_clients': 0, 'types': 0, 'geoip2': 0}

TOO_MANY = 'take it away, or look for the block that it was meant for'
OF_A_PROGRAM = 'a program that doubles its braces writes one of the two: show what it writes'

MOST_NOTICED = 20  # problems; each may cost reading the text to its end once more


def parse(source: Source, context: str | None, catalogue: Catalogue) -> Document:
    """Read ``source``, standing in ``context``; never raises on account of the text.

    The lines of `contexts.LINES` blocks are statements with the key ``line of <block>``.
    """
    text = source.text
    reader = _Reader(text, catalogue)
    root = reader.read(context)
    problems: list[Problem] = []  # at first those of blocks that are none
    top = tree.common_places(root.body, contexts.top(context), catalogue)
    statements = tree.statements(root, top, catalogue, problems)
    if noted := reader.problems:
        problems += _with_noticed(noted, root, text, catalogue)
    if reader.long:
        problems += swallowed(reader.long, text, catalogue)
    return Document(
        source,
        'nginx',
        statements,
        reader.lexer.comments,
        tuple(problems),
        context,
        stops=tuple(reader.stops),
    )


class _Reader:
    """Builds the tree of nodes, and notes what is wrong with the braces."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text = text
        self.lexer = Lexer(text)
        self.recovery = Recovery(text, catalogue)
        self.braces: list[Problem] = []
        # Statements of several lines that end in a semicolon, and the block that each stands in.
        self.long: list[tuple[Leaf, Block]] = []
        self.stops: list[int] = []
        self.open: list[Block] = []
        self.closed: list[Block] = []
        self.in_data = 0
        self.doubled = False  # whether there was a brace doubled, as a string of a program has it

    @property
    def problems(self) -> list[Problem]:
        found = self.lexer.problems + self.recovery.problems + self.braces
        return sorted(found, key=lambda problem: problem.span.start) if found else found

    def read(self, context: str | None) -> Block:
        root = Block(AROUND, context if context in contexts.LINES else None)
        self.open.append(root)
        position: int | None = self.lexer.start()
        while position is not None:
            odd = self._plainly(position)
            position = None if odd is None else self._closely(odd)
        if len(self.open) > 1:
            self._note_unclosed(self.open[1:])
        return root

    def _plainly(self, position: int) -> int | None:
        """Read what is plain from ``position`` on; return where that ends, None for the text's end.

        All of most texts comes this way, so what happens here is said in as few words as can be.
        """
        stop, body = self.stops.append, self.open[-1].body
        for found in plain.PLAIN.finditer(self.text, position):
            kind, place = found.lastindex, found.end() - 1
            if kind == plain.STATEMENT:
                stop(place)
                body.append(plain.bare(found, place))
                continue
            if kind == plain.COMMENT:
                self.lexer.comments.append(found.span(kind))
                continue
            if kind == plain.CLOSE:
                stop(place)
                self._close(place)
            elif kind == plain.END:
                stop(place + 1)
                return None
            elif kind is None:
                return place + 1
            else:
                leaf = plain.bare(found, place) if kind == plain.BLOCK else plain.words(found)
                if leaf is None or leaf[0][0].endswith(LUA_BLOCK):
                    return found.start()
                stop(place)
                if self.text[place] == ';':
                    body.append(leaf)
                    continue
                self._open(leaf)
            body = self.open[-1].body
        return None  # never: the text ends with its end

    def _closely(self, position: int) -> int | None:
        """Read what stands at ``position``; return where it ends, None for the text's end."""
        sentence = self.lexer.sentence(position)
        for part in self._parts(sentence):
            self._take(part)
        return sentence.end if sentence.stop else None

    def _parts(self, sentence: Sentence) -> Iterable[Sentence]:
        """Return what a sentence is made of: itself where it ends as it should."""
        if self.recovery.is_plain(sentence):
            return (sentence,)
        data = self.open[-1].data
        if data is None:
            return self.recovery.sentences(sentence)
        return self.recovery.lines(sentence, LINE_WORDS[data])

    def _take(self, sentence: Sentence) -> None:
        words, stop, place = sentence.words, sentence.stop, sentence.place
        self.stops.append(place)
        if stop == '}':
            self._close(place)
        elif words:
            leaf = tree.leaf(words, place, self.text)
            self._add(leaf, stop, sentence.lua_end)
            if stop == ';' and '\n' in leaf[2].text:
                self.long.append((leaf, self.open[-1]))
        elif stop:
            self._stray(stop, place)

    def _add(self, leaf: Leaf, stop: str, lua_end: int | None = None) -> None:
        """Add a statement to the innermost block; with the stop ``{`` it opens one."""
        if stop == '{':
            self._open(leaf, lua_end)
        else:
            self.open[-1].body.append(leaf)

    def _open(self, leaf: Leaf, lua_end: int | None = None) -> None:
        """Open the block of a statement."""
        parent = self.open[-1]
        if parent.data is not None:
            parent.body.append(leaf)
            self.braces.append(Problem('block-in-data', Span(leaf[3], leaf[3] + 1)))
            self.in_data += 1
            return
        name = leaf[0][0]
        block = Block(leaf, name if name in contexts.LINES and lua_end is None else None)
        parent.body.append(block)
        if lua_end == len(self.text):
            self._note_unclosed([block])
        else:
            self.open.append(block)

    def _close(self, place: int) -> None:
        if len(self.open) > 1:
            block = self.open.pop()
            block.close = place
            self.closed.append(block)
        elif self.in_data:  # it closes what could not be opened
            self.in_data -= 1
        else:
            self._stray('}', place)

    def _is_misfit(self, block: Block) -> bool:
        """Whether the brace that closes ``block`` is less indented than its name."""
        column = None if block.close is None else self._indent(block.close)
        opened = self._indent(block.name.start)
        return column is not None and opened is not None and column < opened

    def _indent(self, place: int) -> int | None:
        """Return the indentation of ``place``, or None where it does not start its line."""
        start = self.text.rfind('\n', max(0, place - 200), place) + 1
        blank = self.text[start:place]
        return len(blank.expandtabs()) if not blank.strip() else None

    def _stray(self, stop: str, place: int) -> None:
        kind = 'stray-semicolon' if stop == ';' else 'stray-brace'
        self.doubled = self.doubled or (stop == '{' and self.text[place - 1 : place] == '{')
        values = {'brace': stop, 'remedy': OF_A_PROGRAM if self.doubled else TOO_MANY}
        self.braces.append(Problem(kind, Span(place, place + 1), values))

    def _note_unclosed(self, blocks: list[Block]) -> None:
        """Note that blocks are open at the end: the one that lost its brace, if that shows."""
        lost = next(filter(self._is_misfit, self.closed), blocks[-1])
        for block in (*blocks[:-1], lost):
            values = {'name': shortened(block.name.text)}
            self.braces.append(Problem('unclosed-block', block.name.span, values))


def _with_noticed(
    problems: list[Problem], root: Block, text: str, catalogue: Catalogue
) -> Iterator[Problem]:
    """Yield the problems, the first ones with the offset at which nginx notices them."""
    for problem in problems[:MOST_NOTICED]:
        start, around = tree.around(root, problem)
        at_once = problem.kind in {'missing-semicolon', 'missing-brace'}
        offset = noticed(text, start, around, catalogue, at_once=at_once)
        kind, span, values, _ = problem
        yield Problem(kind, span, values, offset)
    yield from problems[MOST_NOTICED:]
