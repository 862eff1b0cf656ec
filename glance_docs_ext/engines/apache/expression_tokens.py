"""Reader: the words that Apache's expressions are made of.

The rules are those of server/util_expr_scan.l of Apache 2.4; what it lets pass was asked of 2.4.71.
"""

from __future__ import annotations

import re
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


class Stop(Exception):
    """Ends the reading at the first fault."""

    # it says that the reading is over, and why
    def __init__(self, what: str, start: int, end: int) -> None:
        self.fault = Fault(what, start, end)


class Token(NamedTuple):
    """A token of a condition: its kind, its place, and its text where that matters.

    ``constant`` is what a text in quotes says, where no variable is in it.
    """

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


class Reader:
    """Cuts a text into tokens, and keeps what is found in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[Name] = []
        self.constants: list[Constant] = []
        self.patterns: list[Pattern] = []

    def token(self, at: int) -> Token:
        """Return the token behind ``at``; a text in quotes or a variable is one of kind ``word``.

        ``constant`` is what a text in quotes says, where no variable is in it.
        """
        at = BLANK.match(self.text, at).end()  # type: ignore[union-attr]  # it matches anywhere
        found = TOKEN.match(self.text, at)
        if found is None:
            if at < len(self.text):
                sign = self.text[at]
                raise Stop(f'{sign!r} has no meaning there', at, at + 1)
            return Token('end', at, at)
        kind, end = found.lastgroup or '', found.end()
        written = found[0]
        match kind:
            case 'quote':
                end, constant = self.parts(end, written)
                return Token('word', at, end, constant=constant)
            case 'variable':
                return Token('word', at, self._variable(at))
            case 'back' | 'number':
                return Token('word', at, end)
            case 'regex':
                return Token('regex', at, self._pattern(at, end))
            case 'name':
                kind = WORDS.get(written, 'name')
            case 'dash':
                kind = DASHED.get(written, 'unary' if len(written) == 2 else 'binary')
            case 'sign':
                kind = written
        return Token(kind, at, end, written)

    def _pattern(self, start: int, end: int) -> int:
        """Return the index behind a regular expression; no sign in it is escaped."""
        close = self.text.find(self.text[end - 1], end)
        if close < 0:
            raise Stop('the regular expression is not closed', start, len(self.text))
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
                    raise Stop('a quote cannot stand in the argument of a variable', at, at + 1)
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
            raise Stop(what, max(start - 1, 0), len(text))
        return at, text[start:] if constant else None

    def _escape(self, at: int) -> int:
        number = ESCAPED_NUMBER.match(self.text, at)
        if number is None:
            if at + 1 >= len(self.text):
                raise Stop('it ends in a backslash', at, at + 1)
            return at + 2
        if not OCTAL.fullmatch(number[1]):
            raise Stop(f'{number[0]} is no octal number up to \\377', at, number.end())
        return number.end()

    def _variable(self, at: int) -> int:
        """Return the index behind the variable that starts at ``at``."""
        end, opened = self._variable_start(at)
        return self.parts(end, '}')[0] if opened else end

    def _variable_start(self, at: int) -> tuple[int, bool]:
        """Return the index behind ``%{name}`` or ``%{name:``, and whether it is the second."""
        name = NAME.match(self.text, at + 2)
        if name is None:
            raise Stop('the name of a variable is missing', at, min(at + 3, len(self.text)))
        end = name.end()
        sign = self.text[end : end + 1]
        if sign not in {'}', ':'}:
            raise Stop('a variable is not closed', at, end)
        kind = 'variable' if sign == '}' else 'function'
        self.names.append(Name(kind, name[0], name.start(), end))
        if sign == ':' and self.text.startswith('}', end + 1):
            raise Stop(f'{name[0]} needs an argument', at, end + 2)
        return end + 1, sign == ':'
