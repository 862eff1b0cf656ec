"""condition(text) and string(text): Apache's expressions, read as the engine reads them.

The language of ``<If>``, ``Require expr`` and ``expr=`` (the manual: "Expressions in Apache HTTP
Server"): a condition is true or false, a string is text with variables in it. The grammar is that
of server/util_expr_parse.y and util_expr_scan.l of 2.4; what they let pass and what not was asked
of Apache 2.4.71, case by case (``tests/test_apache_expressions.py`` asks again).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


class Name(NamedTuple):
    """A name that must be known: its kind, and its place in the text.

    ``kind`` is ``variable``, ``function``, ``list function``, ``unary operator`` or ``binary
    operator``.
    """

    kind: str
    text: str
    start: int
    end: int


class Constant(NamedTuple):
    """What an operator is given to compare with; ``text`` is None where it is not a quoted text."""

    operator: str
    text: str | None
    start: int
    end: int


class Pattern(NamedTuple):
    """A regular expression, and where it stands between its delimiters."""

    text: str
    start: int
    end: int


class Fault(NamedTuple):
    """Why the text is no expression, and the place at which that shows."""

    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expression:
    """What was read: names, operands and patterns up to the first fault, if there is one."""

    names: tuple[Name, ...]
    constants: tuple[Constant, ...]
    patterns: tuple[Pattern, ...]
    fault: Fault | None


@lru_cache(maxsize=64)  # two rules ask for the same ones
def condition(text: str) -> Expression:
    """Read a condition, as that of ``<If>``; takes time linear in the length of ``text``."""
    reader = _Reader(text)
    try:
        _Condition(reader).read()
    except _Stop as stop:
        return reader.result(stop.fault)
    return reader.result(None)


@lru_cache(maxsize=64)  # two rules ask for the same ones
def string(text: str) -> Expression:
    """Read a text with variables in it, as that of ``ErrorDocument``."""
    reader = _Reader(text)
    try:
        reader.parts(0, '')
    except _Stop as stop:
        return reader.result(stop.fault)
    return reader.result(None)


class _Stop(Exception):  # it says that the reading is over, and why
    def __init__(self, what: str, start: int, end: int) -> None:
        self.fault = Fault(what, start, end)


class _Token(NamedTuple):
    kind: str
    start: int
    end: int
    text: str = ''
    constant: str | None = None


NAME = re.compile('[a-zA-Z][a-zA-Z0-9_]*')
# What has no meaning of its own in a text.
PLAIN = re.compile(r'[^"\'\\%$}]+')
ESCAPED_NUMBER = re.compile(r'\\([0-9]+)')
DIGITS = frozenset('0123456789')
OCTAL = re.compile('[0-3]?[0-7]{1,2}')
# The longest that fits counts, so the order is that of the lengths.
TOKEN = re.compile(
    r"""
    (?P<regex> m_(?![a-zA-Z0-9_]) | m[/#$%^|?!'",;:.-] | / )
    | (?P<match> =~ | !~ )
    | (?P<compare> ==? | != | <=? | >=? )
    | (?P<and> && ) | (?P<or> \|\| ) | (?P<not> ! )
    | (?P<dash> -[a-zA-Z_][a-zA-Z_0-9]* )
    | (?P<number> -?[0-9]+ )
    | (?P<name> [a-zA-Z][a-zA-Z0-9_]* )
    | (?P<sign> [.(){},] )
    | (?P<back> \$[0-9] )
    | (?P<quote> ["'] )
    | (?P<variable> %\{ )
    """,
    re.VERBOSE,
)
BLANK = re.compile(r'[ \t\n]*')
WORDS = {
    'true': 'truth', 'false': 'truth', 'and': 'and', 'or': 'or', 'not': 'not', 'in': 'in',
    **dict.fromkeys(('lt', 'le', 'gt', 'ge', 'ne', 'eq'), 'compare'),
}  # fmt: skip
DASHED = {'-in': 'in', **dict.fromkeys(('-lt', '-le', '-gt', '-ge', '-ne', '-eq'), 'compare')}
OF_A_NETWORK = frozenset(('R', 'ipmatch'))
"""Operators that want a network, written out."""


class _Reader:
    """Cuts a text into tokens, and keeps what is found in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[Name] = []
        self.constants: list[Constant] = []
        self.patterns: list[Pattern] = []

    def result(self, fault: Fault | None) -> Expression:
        return Expression(tuple(self.names), tuple(self.constants), tuple(self.patterns), fault)

    def token(self, at: int) -> _Token:
        """Return the token behind ``at``; a text in quotes or a variable is one of kind ``word``.

        ``constant`` is what a text in quotes says, where no variable is in it.
        """
        at = BLANK.match(self.text, at).end()  # type: ignore[union-attr]  # it matches anywhere
        found = TOKEN.match(self.text, at)
        if found is None:
            if at < len(self.text):
                sign = self.text[at]
                raise _Stop(f'{sign!r} has no meaning there', at, at + 1)
            return _Token('end', at, at)
        kind, end = found.lastgroup or '', found.end()
        written = found[0]
        match kind:
            case 'quote':
                end, constant = self.parts(end, written)
                return _Token('word', at, end, constant=constant)
            case 'variable':
                return _Token('word', at, self._variable(at))
            case 'back' | 'number':
                return _Token('word', at, end)
            case 'regex':
                return _Token('regex', at, self._pattern(at, end))
            case 'name':
                kind = WORDS.get(written, 'name')
            case 'dash':
                kind = DASHED.get(written, 'unary' if len(written) == 2 else 'binary')
            case 'sign':
                kind = written
        return _Token(kind, at, end, written)

    def _pattern(self, start: int, end: int) -> int:
        """Return the index behind a regular expression; no sign in it is escaped."""
        close = self.text.find(self.text[end - 1], end)
        if close < 0:
            raise _Stop('the regular expression is not closed', start, len(self.text))
        self.patterns.append(Pattern(self.text[end:close], end, close))
        return close + 1 + self.text.startswith('i', close + 1)

    def parts(self, at: int, stop: str) -> tuple[int, str | None]:
        """Read a text up to ``stop``, with the variables in it, which may have texts in them.

        ``stop`` is a quote, ``}`` for the argument of a variable, or '' for the whole text. Return
        the index behind it, and what the text says where that is constant.
        """
        text, start = self.text, at
        depth = int(stop == '}')  # of texts that are the argument of a variable
        constant = True
        while at < len(text):
            sign = text[at]
            if sign == '\\':
                at = self._escape(at)
            elif sign in '"\'':
                if depth:
                    raise _Stop('a quote cannot stand in the argument of a variable', at, at + 1)
                at += 1
                if sign == stop:
                    return at, text[start : at - 1] if constant else None
            elif text.startswith('%{', at):
                constant = False
                at, opened = self._variable_start(at)
                depth += opened
            elif sign == '$' and text[at + 1 : at + 2] in DIGITS:
                constant = False
                at += 2
            elif sign == '}' and depth:
                depth -= 1
                at += 1
                if stop == sign and not depth:
                    return at, None
            else:
                plain = PLAIN.match(text, at)
                at = plain.end() if plain else at + 1
        if stop or depth:
            what = 'a variable is not closed' if depth else 'a quote is not closed'
            raise _Stop(what, max(start - 1, 0), len(text))
        return at, text[start:] if constant else None

    def _escape(self, at: int) -> int:
        number = ESCAPED_NUMBER.match(self.text, at)
        if number is None:
            if at + 1 >= len(self.text):
                raise _Stop('it ends in a backslash', at, at + 1)
            return at + 2
        if not OCTAL.fullmatch(number[1]):
            raise _Stop(f'{number[0]} is no octal number up to \\377', at, number.end())
        return number.end()

    def _variable(self, at: int) -> int:
        """Return the index behind the variable that starts at ``at``."""
        end, opened = self._variable_start(at)
        return self.parts(end, '}')[0] if opened else end

    def _variable_start(self, at: int) -> tuple[int, bool]:
        """Return the index behind ``%{name}`` or ``%{name:``, and whether it is the second."""
        name = NAME.match(self.text, at + 2)
        if name is None:
            raise _Stop('the name of a variable is missing', at, min(at + 3, len(self.text)))
        end = name.end()
        sign = self.text[end : end + 1]
        if sign not in {'}', ':'}:
            raise _Stop('a variable is not closed', at, end)
        kind = 'variable' if sign == '}' else 'function'
        self.names.append(Name(kind, name[0], name.start(), end))
        if sign == ':' and self.text.startswith('}', end + 1):
            raise _Stop(f'{name[0]} needs an argument', at, end + 2)
        return end + 1, sign == ':'


class _Condition:
    """The grammar. What may be nested is counted, not called: a text may nest without bounds."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._next = reader.token(0)

    def read(self) -> None:
        """Condition = operand (("&&" | "||") operand)*, operands with "!" and brackets around."""
        brackets: list[_Token] = []
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
            raise _Stop('a "(" is not closed', brackets[-1].start, brackets[-1].end)
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

    def _word(self) -> _Token:
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
        return token if single else _Token('word', first.start, token.end)

    def _call(self, kind: str) -> None:
        """Read the name of a function and its bracket."""
        name = self._take()
        if self._next.kind != '(':
            raise _Stop(f'{name.text!r} is neither in quotes nor a variable', name.start, name.end)
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

    def _take(self) -> _Token:
        token = self._next
        self._next = self._reader.token(token.end)
        return token

    def _expect(self, kind: str, words: str) -> _Token:
        if self._next.kind != kind:
            raise self._unexpected(words)
        return self._take()

    def _unexpected(self, expected: str) -> _Stop:
        token = self._next
        if token.kind == 'end':
            return _Stop(f'expected {expected}, and it ends', token.start, token.end)
        found = self._reader.text[token.start : token.end]
        return _Stop(f'expected {expected}, found {found[:40]!r}', token.start, token.end)
