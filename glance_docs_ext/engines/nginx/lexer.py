r"""nginx's words: the reader of src/core/ngx_conf_file.c, ``ngx_conf_read_token()``, with places.

A word ends at a blank, ``;`` or ``{``; a ``{`` behind ``$`` belongs to it. Quotes count only at the
start of a word, ``#`` too. ``\`` takes the next character into the word, and is itself dropped
before a quote or another ``\``; ``\t``, ``\r`` and ``\n`` are the controls they are in C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from glance_docs_ext.rule import shortened
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Problem, Word

BUFFER = 4096  # bytes, NGX_CONF_BUFFER: a word or comment and what ends it must fit in there
LUA_BLOCK = '_by_lua_block'  # the third-party lua module reads the bodies of these by itself

_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\r\n]*+)
    (?:
      (?P<stop>[;{}])
    | (?P<comment>\#[^\n]*+)
    | "(?P<double>(?>(?:[^"\\]|\\.)*))(?P<double_end>"?)
    | '(?P<single>(?>(?:[^'\\]|\\.)*))(?P<single_end>'?)
    | (?P<word>(?>(?:[^ \t\r\n;{\\$]|\\.|\$\{*+)+)\\?|\\)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_QUANTIFIER = re.compile(
    r'(?>(?:\{[0-9]+(?:,[0-9]*+)?\}(?>(?:[^ \t\r\n;{\\$]|\\.|\$\{*+)*))+)', re.DOTALL
)
PLACEHOLDER = r'[A-Za-z_][A-Za-z0-9_.-]*+\}'
"""What stands behind the brace of ``{name}``, which nginx refuses wherever it stands."""
_NAMED = re.compile(
    rf'\{{{PLACEHOLDER}(?:(?P<touched>[;/:.\w-])|(?P<rest>[ \t]++[^;\n]{{0,200}}+;))?'
)
_BLOCKS = frozenset(
    (
        *('events', 'geo', 'http', 'if', 'limit_except', 'location', 'mail', 'map', 'match'),
        *('server', 'split_clients', 'stream', 'types', 'upstream'),
    )
)
"""The names that take a block, whose content ``{internal}`` is."""
_PLACEHOLDER = re.compile(
    rf'(\{{\{{[^{{}};\n]*+\}}\}}|\{{{PLACEHOLDER})'
    rf'(?>(?:\{{\{{[^{{}};\n]*+\}}\}}|\{{{PLACEHOLDER}|[^ \t\r\n;{{}}\\$]|\\.|\$\{{*+)*)',
    re.DOTALL,
)
_CONTROL = re.compile(
    r'\{\{[-~]?[ \t]*+'
    r'(?:[#/^!&>*]|(?:if|else|end|range|for|with|block|template|define|unless|each)\b'
    r'|\$\w++[ \t]*+:?=)'
    r'[^{};\n]*+\}\}'
)
"""A placeholder that chooses or repeats what follows it; what it touches is no part of it."""
_MORE = re.compile(r'[ \t]*+(?:;|\{(?![{%]))|[ \t]++[^ \t\r\n;{}#]')
"""What stands behind a placeholder that is the first word of a directive, not all of it."""
_TEMPLATE = re.compile(r'\{%(?>(?:[^{};\n%]++|%(?!\}))*)%\}')
ESCAPE = re.compile(r'\\(["\'\\trn])')
_UNESCAPED = {'t': '\t', 'r': '\r', 'n': '\n'}
_BEHIND = frozenset(('', *' \t\r\n;{)'))  # what may stand behind a closing quote
_made = tuple.__new__  # half the time of a call of the class
_BEHIND_QUOTE = re.compile(r'[^ \t\r\n;{}]+')
_LUA = re.compile(
    r"""
      --\[(?P<comment>=*)\[.*?\](?P=comment)\]
    | \[(?P<string>=*)\[.*?\](?P=string)\]
    | (?P<unclosed>(?:--)?\[=*\[)
    | --[^\n]*+
    | "(?>(?:[^"\\]|\\.)*)"?
    | '(?>(?:[^'\\]|\\.)*)'?
    | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Sentence:
    """Words and what ended them: ``;``, ``{``, ``}`` or '' at the end of the text.

    ``place`` is the 0-based offset of that stop; ``lua_end`` where the Lua behind ``{`` ends.
    """

    words: list[Word]
    stop: str
    place: int
    lua_end: int | None = None

    @property
    def end(self) -> int:
        """Where the next sentence starts."""
        return self.place + 1 if self.lua_end is None else self.lua_end


class Lexer:
    """Reads a text; ``comments`` and ``problems`` fill while sentences are read in turn."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments: list[tuple[int, int]] = []
        self.problems: list[Problem] = []

    def start(self) -> int:
        """Return where the first sentence starts: behind a byte order mark."""
        if not self.text.startswith('\ufeff'):
            return 0
        self.problems.append(Problem('byte-order-mark', Span(0, 1)))
        return 1

    def sentence(self, position: int) -> Sentence:
        """Return the sentence from ``position`` on; the last one has the stop ''."""
        text, match = self.text, _TOKEN.match
        words: list[Word] = []
        while (token := match(text, position)) is not None:
            start, position = token.end('blank'), token.end()
            kind = token.lastgroup
            if kind == 'word':
                words.append(self._word(token['word'], start, position))
            elif kind == 'stop':
                stop = token['stop']
                opens_lua = stop == '{' and bool(words) and words[0].text.endswith(LUA_BLOCK)
                if stop == '{' and not opens_lua and (end := self._in_braces(words, start)):
                    position = end
                    continue
                return Sentence(words, stop, start, _lua_end(text, position) if opens_lua else None)
            elif kind == 'comment':
                self.comment(token['comment'], start, position)
            else:
                quoted = token['double'] if kind == 'double_end' else token['single']
                closed = bool(kind and token[kind])
                position = self._quoted(quoted, start, position, closed=closed)
                words.append(self._word_in_quotes(start, position))
        return Sentence(words, '', len(text))  # behind it are blanks, if anything

    def _word(self, raw: str, start: int, end: int) -> Word:
        if len(raw) * 4 >= BUFFER:
            self._measure(raw, Span(start, end), 'word')
        return _made(Word, (unescaped(raw), start, end))

    def _word_in_quotes(self, start: int, end: int) -> Word:
        closed = end - start > 1 and self.text[end - 1] == self.text[start]
        raw = self.text[start + 1 : end - 1] if closed else self.text[start + 1 : end]
        return _made(Word, (unescaped(raw), start, end))

    def _in_braces(self, words: list[Word], start: int) -> int:
        """Take ``{2}``, ``{{ name }}`` and ``{name}`` for parts of a word.

        ``{% if … %}`` is nothing. nginx is certain to refuse each of them. Return where it ends; 0
        where there is none.
        """
        return (
            self._quantifier(words, start)
            or self._placeholder(words, start)
            or self._template(start)
        )

    def _template(self, start: int) -> int:
        found = _TEMPLATE.match(self.text, start)
        if found is None:
            return 0
        span = Span(*found.span())
        self.problems.append(placeholder(span, '{%'))
        return found.end()

    def _placeholder(self, words: list[Word], start: int) -> int:
        touches = bool(words) and words[-1].end == start
        named = _NAMED.match(self.text, start)
        control = None if words else _CONTROL.match(self.text, start)
        if control:
            self.problems.append(placeholder(Span(*control.span()), '{{'))
            return control.end()
        found = _PLACEHOLDER.match(self.text, start)
        if found is None or (named and not touches and not _is_value(named, words)):
            return 0  # "location / {internal}" lacks a semicolon
        span, opening = Span(*found.span(1)), '{' if named else '{{'
        self.problems.append(placeholder(span, opening))
        if words or _MORE.match(self.text, found.end()):
            first = words.pop().start if touches else start
            words.append(self._word(self.text[first : found.end()], first, found.end()))
        return found.end()  # without more it stands for whole directives, which the template brings

    def _quantifier(self, words: list[Word], start: int) -> int:
        if not words or words[-1].end != start:
            return 0
        found = _QUANTIFIER.match(self.text, start)
        if found is None:
            return 0
        first = words.pop().start
        words.append(self._word(self.text[first : found.end()], first, found.end()))
        self.problems.append(
            Problem('unquoted-brace', Span(start, self.text.index('}', start) + 1))
        )
        return found.end()

    def comment(self, raw: str, start: int, end: int) -> None:
        """Take in a comment."""
        self.comments.append((start, end))
        if len(raw) * 4 >= BUFFER:
            self._measure(raw, Span(start, end), 'comment')

    def _measure(self, raw: str, span: Span, noun: str) -> None:
        if len(raw.encode('utf-8', 'surrogatepass')) < BUFFER:
            return
        if span.end < len(self.text):  # what ends the file is not too long for the buffer
            shown = Span(span.start, span.start + 1)
            self.problems.append(Problem('too-long-word', shown, {'noun': noun}))

    def _text_behind(self, end: int, quote: str) -> int:
        """Return the end of the text that touches the closing quote before ``end``."""
        behind = _BEHIND_QUOTE.match(self.text, end)
        if behind is None:  # a brace, of which the parser knows more
            return end
        values = {'quote': quote, 'after': shortened(behind[0])}
        self.problems.append(Problem('text-after-quote', Span(*behind.span()), values))
        return behind.end()

    def _quoted(self, content: str, start: int, end: int, *, closed: bool) -> int:
        """Return where the quoted word from ``start`` ends, and note what is wrong with it."""
        if closed and self.text[end : end + 1] in _BEHIND:
            if len(content) * 4 >= BUFFER:
                self._measure(content, Span(start, end), 'word')
            return end
        quote = self.text[start]
        if closed and '\n' not in content:
            return self._text_behind(end, quote)
        end = self.text.find('\n', start)
        end = len(self.text) if end < 0 else end
        line = self.text[start:end].rstrip(' \t\r;{')
        end = start + len(line)
        self.problems.append(Problem('unclosed-quote', Span(start, end), {'quote': quote}))
        return max(end, start + 1)


def placeholder(span: Span, opening: str, taken: str = 'the start of a block') -> Problem:
    """Return what is said of a placeholder: for what nginx takes its beginning."""
    return Problem('template-placeholder', span, {'opening': opening, 'taken': taken})


def _is_value(named: re.Match[str], words: list[Word]) -> bool:
    """Whether ``{name}``, which touches no word before it, is a value and not a block's content."""
    in_value = named['rest'] is not None and bool(words) and words[0].text not in _BLOCKS
    return named['touched'] is not None or in_value


def unescaped(raw: str) -> str:
    """Return a word as nginx reads it, from how it is written."""
    if '\\' not in raw:
        return raw
    return ESCAPE.sub(lambda match: _UNESCAPED.get(match[1], match[1]), raw)


def _lua_end(text: str, position: int) -> int:
    """Return the offset of the ``}`` that ends the Lua code at ``position``, or the text's end."""
    depth = 1
    while (token := _LUA.search(text, position)) is not None:
        if token['unclosed']:
            break
        position = token.end()
        if token['brace']:
            depth += 1 if token[0] == '{' else -1
        if depth == 0:
            return token.start()
    return len(text)
