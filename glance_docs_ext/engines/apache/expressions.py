"""condition(text) and string(text): Apache's expressions, read as the engine reads them.

The language of ``<If>``, ``Require expr`` and ``expr=`` (the manual: "Expressions in Apache HTTP
Server"): a condition is true or false, a string is text with variables in it. The grammar is that
of server/util_expr_parse.y and util_expr_scan.l of 2.4; what they let pass and what not was asked
of Apache 2.4.71, case by case (``tests/test_apache_expressions.py`` asks again).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.expression_tokens import Constant, Name, Reader, Stop, Token
from glance_docs_ext.remembered import remembered

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.expression_tokens import Fault, Pattern

OF_A_NETWORK = frozenset(('R', 'ipmatch'))
"""Operators that want a network, written out."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What was read: names, operands and patterns up to the first fault, if there is one."""

    names: tuple[Name, ...]
    constants: tuple[Constant, ...]
    patterns: tuple[Pattern, ...]
    fault: Fault | None


@remembered(64)  # two rules ask for the same ones
def condition(text: str) -> Expression:
    """Read a condition, as that of ``<If>``; takes time linear in the length of ``text``."""
    reader = Reader(text)
    try:
        _Condition(reader).read()
    except Stop as stop:
        return _result(reader, stop.fault)
    return _result(reader, None)


@remembered(64)  # two rules ask for the same ones
def string(text: str) -> Expression:
    """Read a text with variables in it, as that of ``ErrorDocument``."""
    reader = Reader(text)
    try:
        reader.parts(0, '')
    except Stop as stop:
        return _result(reader, stop.fault)
    return _result(reader, None)


def _result(reader: Reader, fault: Fault | None) -> Expression:
    return Expression(tuple(reader.names), tuple(reader.constants), tuple(reader.patterns), fault)


class _Condition:
    """The grammar. What may be nested is counted, not called: a text may nest without bounds."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._next = reader.token(0)

    def read(self) -> None:
        """Condition = operand (("&&" | "||") operand)*, operands with "!" and brackets around."""
        brackets: list[Token] = []
        while True:
            while self._next.kind in {'not', '('}:
                token = self._take()
                if token.kind == '(':
                    brackets.append(token)
            self._operand()
            while self._next.kind == ')' and brackets:
                self._take()
                brackets.pop()
            if self._next.kind not in {'and', 'or'}:
                break
            self._take()
        if brackets and self._next.kind == 'end':
            raise Stop('a "(" is not closed', brackets[-1].start, brackets[-1].end)
        if self._next.kind != 'end':
            raise self._unexpected('&& or ||')

    def _operand(self) -> None:
        """Operand = "true" | "false" | unary word | word binary word | word "in" list."""
        match self._next.kind:
            case 'truth':
                self._take()
                return
            case 'unary':
                self._operator('unary operator')
                return
        self._word()
        match self._next.kind:
            case 'compare':
                self._take()
                self._word()
            case 'binary':
                self._operator('binary operator')
            case 'match':
                self._take()
                self._expect('regex', 'a regular expression such as /x/ or m#x#')
            case 'in':
                self._take()
                self._list()
            case _:
                raise self._unexpected('a comparison such as == or =~')

    def _operator(self, kind: str) -> None:
        """Read an operator by name, and its word."""
        token = self._take()
        name = token.text[1:]
        self._reader.names.append(Name(kind, token.text, token.start, token.end))
        word = self._word()
        if (name if kind.startswith('unary') else name.lower()) in OF_A_NETWORK:
            self._reader.constants.append(Constant(token.text, word.constant, word.start, word.end))

    def _word(self) -> Token:
        """Word = part ("." part)*, part = text | number | variable | function "(" word ")".

        Return it: as it stands, or as one that is not constant.
        """
        first = self._next
        token, calls, single = first, 0, True
        while True:
            while self._next.kind == 'name':
                self._call('function')
                calls, single = calls + 1, False
            token = self._expect('word', 'a text in quotes, a variable or a function')
            while self._next.kind == ')' and calls:
                token = self._take()
                calls -= 1
            if self._next.kind != '.':
                break
            self._take()
            single = False
        if calls:
            raise self._unexpected('")"')
        return token if single else Token('word', first.start, token.end)

    def _call(self, kind: str) -> None:
        """Read the name of a function and its bracket."""
        name = self._take()
        if self._next.kind != '(':
            raise Stop(f'{name.text!r} is neither in quotes nor a variable', name.start, name.end)
        self._take()
        self._reader.names.append(Name(kind, name.text, name.start, name.end))

    def _list(self) -> None:
        """List = "{" word ("," word)* "}" | function "(" word ")"."""
        if self._next.kind == 'name':
            self._call('list function')
            self._word()
            self._expect(')', '")"')
            return
        self._expect('{', 'a list such as {"a", "b"}')
        self._word()
        while self._next.kind == ',':
            self._take()
            self._word()
        self._expect('}', '"," or "}"')

    def _take(self) -> Token:
        token = self._next
        self._next = self._reader.token(token.end)
        return token

    def _expect(self, kind: str, words: str) -> Token:
        if self._next.kind != kind:
            raise self._unexpected(words)
        return self._take()

    def _unexpected(self, expected: str) -> Stop:
        token = self._next
        if token.kind == 'end':
            return Stop(f'expected {expected}, and it ends', token.start, token.end)
        found = self._reader.text[token.start : token.end]
        return Stop(f'expected {expected}, found {found[:40]!r}', token.start, token.end)
