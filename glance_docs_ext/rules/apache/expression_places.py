"""expressions(document): where directives take expressions, and what is read there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.apache.expressions import condition, string
from glance_docs_ext.rules.apache.header_arguments import taken_apart
from glance_docs_ext.rules.apache.redirect_arguments import status
from glance_docs_ext.rules.apache.values import is_known
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.engines.apache.expressions import Expression
    from glance_docs_ext.syntax import Document, Statement

# Which argument is a condition, and which a text with variables in it.
CONDITIONS = {
    '<if': 0,
    '<elseif': 0,
    'proxyfcgisetenvif': 0,
    'setenvifexpr': 0,
}
STRINGS = {
    'authbasicfake': (0, 1),
    'authformloginrequiredlocation': (0,),
    'authformloginsuccesslocation': (0,),
    'authformlogoutlocation': (0,),
    'authname': (0,),
    'authtype': (0,),
    'errordocument': (1,),
    'logmessage': (0,),
    'proxyfcgisetenvif': (2,),
    'sethandler': (0,),
}
# What ``Require`` wants of these kinds may have variables in it.
REQUIRED_STRINGS = frozenset(
    (
        *('dbd-group', 'dbm-group', 'forward-dns', 'group', 'host', 'ldap-attribute', 'ldap-dn'),
        *('ldap-filter', 'ldap-group', 'ldap-search', 'ldap-user', 'user'),
    )
)
PREFIX = 'expr='
BRACE = re.compile('[{}]')
OTHERS = (
    *('alias', 'customlog', 'filterprovider', 'header', 'logmessage', 'proxyhcexpr', 'redirect'),
    *('requestheader', 'require', 'rewritecond', 'scriptalias', 'sslrequire'),
)
KEYS = frozenset((*CONDITIONS, *STRINGS, *OTHERS))


class Found(NamedTuple):
    """An expression, the statement it belongs to, and the words it was read from."""

    statement: Statement
    word: Word
    expression: Expression

    def span(self, start: int, end: int) -> Span:
        """Return where a part of the expression was written; the whole word if that is unsure."""
        whole = self.word.span
        quotes = whole.end - whole.start - len(self.word.text)
        if quotes not in {0, 2}:
            return whole
        begin = whole.start + quotes // 2
        return Span(begin + start, begin + max(end, start))


def expressions(document: Document) -> Iterator[Found]:
    """Yield the expressions of a document, but for those with an undefined ``${variable}``."""
    for statement, _scope in document.named(*sorted(document.keys & KEYS)):
        for word in _conditions(statement):
            if is_known(word):
                yield Found(statement, word, condition(word.text))
        for word in _strings(statement):
            if is_known(word):
                yield Found(statement, word, string(word.text))


def _conditions(statement: Statement) -> Iterator[Word]:
    words = statement.arguments
    match statement.key:
        case 'header' | 'requestheader':
            parts = taken_apart(statement)
            yield from _behind_prefix(parts.conditions if parts else ())
        case 'customlog':
            yield from _behind_prefix(words[2:])
        case 'logmessage':
            yield from _behind_prefix(words[1:])
        case 'filterprovider' if len(words) == 3 and words[2].text:
            yield words[2]
        case 'proxyhcexpr' if len(words) > 1:
            yield _of_health_check(statement)
        case 'require' if _kind(statement) == 'expr':
            yield _without_quotes(_required(statement))
        case 'rewritecond' if len(words) > 1 and words[0].text.lower() == 'expr':
            yield words[1]
        case 'sslrequire':
            yield statement.rest
        case key if CONDITIONS.get(key, len(words)) < len(words):
            yield words[CONDITIONS[key]]


def _strings(statement: Statement) -> Iterator[Word]:
    words = statement.arguments
    match statement.key:
        case 'alias' | 'scriptalias' if len(words) == 1 and not _is_global(statement):
            yield words[0]
        case 'redirect' if words and not _is_global(statement):
            words = words[1:] if status(words[0]) is not None else words
            if len(words) == 1:
                yield words[0]
        case 'header' | 'requestheader':
            parts = taken_apart(statement)
            values = parts.values[-1:] if parts else ()
            yield from (_cut(word, len(PREFIX)) for word in values if word.text.startswith(PREFIX))
        case 'require' if _kind(statement) in REQUIRED_STRINGS:
            yield _required(statement)
        case key:
            for number in STRINGS.get(key, ()):
                yield from words[number : number + 1]


def _is_global(statement: Statement) -> bool:
    """Whether a statement stands outside of all sections but ``<VirtualHost>``."""
    return bool(statement.contexts) and statement.contexts <= {'server', 'vhost'}


def _behind_prefix(words: Iterable[Word]) -> Iterator[Word]:
    """Yield what stands behind ``expr=`` in the words that begin so, in either case."""
    for word in words:
        if word.text.lower().startswith(PREFIX):
            yield _cut(word, len(PREFIX))


def _kind(statement: Statement) -> str:
    words = statement.arguments
    words = words[1:] if words and words[0].text == 'not' else words
    return words[0].text if words else ''


def _required(statement: Statement) -> Word:
    """Return what stands behind the kind of a requirement, as it was written: quotes count."""
    words, rest = statement.arguments, statement.rest
    kind = words[1] if words[0].text == 'not' and len(words) > 1 else words[0]
    return _cut(rest, rest.text.index(kind.text) + len(kind.text), blanks=True)


def _without_quotes(word: Word) -> Word:
    """Return the text between double quotes around the whole; nothing in it is escaped."""
    text = word.text
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return _cut(Word(text[:-1], Span(word.span.start, word.span.end - 1)), 1)
    return word


def _of_health_check(statement: Statement) -> Word:
    """Return the condition of ``ProxyHCExpr NAME {CONDITION}``: braces may have blanks in them."""
    words, rest = statement.arguments, statement.rest
    if rest.text[words[1].span.start - rest.span.start :][:1] != '{':
        return words[1]
    inside = _cut(rest, words[1].span.start - rest.span.start + 1)
    depth = 1
    for brace in BRACE.finditer(inside.text):
        depth += 1 if brace[0] == '{' else -1
        if not depth:
            return Word(inside.text[: brace.start()], inside.span)
    return inside


def _cut(word: Word, length: int, *, blanks: bool = False) -> Word:
    """Return ``word`` without its first characters, and without the blanks behind these."""
    text = word.text[length:]
    text = text.lstrip() if blanks else text
    taken = len(word.text) - len(text)
    span = word.span
    return Word(text, Span(min(span.start + taken, span.end), span.end))
