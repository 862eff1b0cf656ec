"""NGX215: a regular expression that does not compile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.locations import Location
from glance_docs_ext.pcre import read
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word


class BrokenRegex(StatementRule):
    """nginx compiles all regular expressions when it starts, and does not start with a broken one.

    ``*.php`` is a pattern of the shell: as a regular expression it has nothing to repeat.
    """

    code = 'NGX215'
    name = 'broken-regex'
    severity = Severity.ERROR
    message = 'the regular expression {pattern!r} does not compile: {fault}'
    help = 'repair it; to match the character itself, put a backslash before it'
    engines = ('nginx',)
    names = (
        *('location', 'rewrite', 'fastcgi_split_path_info', 'if', 'server_name', 'valid_referers'),
        *('proxy_redirect', 'proxy_cookie_path', 'proxy_cookie_domain', 'proxy_cookie_flags'),
        *('gzip_disable', 'line of map'),
    )
    bad = (
        Example('nginx', 'location ~ *.php$ {\n    deny all;\n}\n'),
        Example('nginx', 'rewrite ^/(images /v2/images;\n'),
        Example('nginx', 'gzip_disable msie6 "(bot";\n'),
        Example('nginx', 'location ~ ^/(?<id>a)/(?<id>b)$ {\n    deny all;\n}\n'),
    )
    good = (Example('nginx', 'location ~ \\.php$ {\n    deny all;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        'PCRE2, as nginx links it; only faults that are certain are told. Compared with '
        'nginx on 6000 random patterns.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        patterns = PATTERNS[statement.key](statement)
        return self._broken(document, patterns) if patterns else ()

    def _broken(
        self, document: Document, patterns: Iterable[tuple[Word, str]]
    ) -> Iterator[Diagnostic]:
        for word, pattern in patterns:
            reading = read(pattern)
            twice = f'two groups are called {reading.twice}' if reading.twice else ''
            found = reading.fault or twice
            if found:
                yield self.report(document, word.span, pattern=shortened(pattern), fault=found)


def _location(statement: Statement) -> list[tuple[Word, str]]:
    words = statement.arguments
    if not words or not words[0].text.startswith('~'):  # as most
        return []
    location = Location.of(statement)
    return [(words[-1], location.pattern)] if location.is_regex else []


def _rewrite(statement: Statement) -> list[tuple[Word, str]]:
    return [(word, word.text) for word in statement.arguments[:1]]


def _if(statement: Statement) -> list[tuple[Word, str]]:
    words = statement.arguments
    for index, word in enumerate(words[:-1]):
        if word.text in {'~', '~*', '!~', '!~*'}:
            value = words[index + 1]
            last = value is words[-1]
            text = value.text[:-1] if last and value.text.endswith(')') else value.text
            return [(value, text)] if last or index + 3 == len(words) else []
    return []


def _tilde(statement: Statement) -> list[tuple[Word, str]]:
    """Return the words that a tilde marks."""
    return [
        (word, word.text[1:])
        for word in statement.arguments
        if word.text.startswith('~') and len(word.text) > 1
    ]


def _first(statement: Statement) -> list[tuple[Word, str]]:
    """Return the first word of several, where a tilde marks it; only paths and URLs know ``~*``."""
    marked = _tilde(statement)[:1] if len(statement.arguments) > 1 else []
    starred = statement.key in {'proxy_redirect', 'proxy_cookie_path'}
    return [
        (word, pattern.removeprefix('*') if starred else pattern)
        for word, pattern in marked
        if word is statement.arguments[0]
    ]


def _browsers(statement: Statement) -> list[tuple[Word, str]]:
    return [(word, word.text) for word in statement.arguments if word.text != 'msie6']


def _line(statement: Statement) -> list[tuple[Word, str]]:
    text = statement.name.text
    if not text.startswith('~') or len(statement.arguments) != 1:
        return []
    return [(statement.name, text[2:] if text.startswith('~*') else text[1:])]


PATTERNS: dict[str, Callable[[Statement], list[tuple[Word, str]]]] = {
    'location': _location,
    'rewrite': _rewrite,
    'fastcgi_split_path_info': _rewrite,
    'if': _if,
    'server_name': _tilde,
    'valid_referers': _tilde,
    'proxy_redirect': _first,
    'proxy_cookie_path': _first,
    'proxy_cookie_domain': _first,
    'proxy_cookie_flags': _first,
    'gzip_disable': _browsers,
    'line of map': _line,
}
