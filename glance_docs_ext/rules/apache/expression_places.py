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
    from collections.abc import Callable, Sequence

    from glance_docs_ext.engines.apache.expressions import Expression
    from glance_docs_ext.syntax import Document, Statement

    Expected = tuple[Word, Callable[[str], Expression]]
    """A word that is an expression, and what reads expressions of its kind."""
    Places = Callable[[Statement], list[Expected]]
    """Finds the expressions among the arguments of a directive."""

# What ``Require`` wants of these kinds may have variables in it.
REQUIRED_STRINGS = frozenset(
    (
        *('dbd-group', 'dbm-group', 'forward-dns', 'group', 'host', 'ldap-attribute', 'ldap-dn'),
        *('ldap-filter', 'ldap-group', 'ldap-search', 'ldap-user', 'user'),
    )
)
CONDITIONS = frozenset(
    (
        *('<if', '<elseif', 'filterprovider', 'proxyfcgisetenvif', 'proxyhcexpr', 'setenvifexpr'),
        'sslrequire',
    )
)
"""What has a condition without a word that says so."""
EXPRESSION = 'expr'
PREFIX = 'expr='
BRACE = re.compile('[{}]')


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


def expressions(document: Document) -> list[Found]:
    """Return the expressions of a document, but for those with an undefined ``${variable}``.

    What has nothing in it that could be read wrong is left out.
    """
    return document.once(_expressions)


def _expressions(document: Document) -> list[Found]:
    if not _may_have_any(document):
        return []
    return [
        Found(statement, word, read(word.text))
        for statement, _scope in document.among(KEYS)
        for word, read in PLACES[statement.key](statement)
        if is_known(word)
    ]


def _may_have_any(document: Document) -> bool:
    """Whether an expression may stand in the text at all: in most there is none."""
    text = document.source.text
    return (
        '%{' in text
        or '\\' in text
        or '${' in text
        or EXPRESSION in text.lower()
        or not document.keys.isdisjoint(CONDITIONS)
    )


def _condition_at(number: int) -> Places:
    """Return what finds the argument ``number`` of a directive, a condition."""
    return lambda statement: _conditions(statement.arguments[number : number + 1])


def _strings_at(first: int, behind: int) -> Places:
    """Return what finds the arguments from ``first`` to ``behind``, texts with variables."""
    return lambda statement: (
        _strings(statement.arguments[first:behind]) if _may_vary(statement.rest) else []
    )


def _of_header(statement: Statement) -> list[Expected]:
    if PREFIX not in statement.rest.text.lower() or (parts := taken_apart(statement)) is None:
        return []
    values = [_cut(w, len(PREFIX)) for w in parts.values[-1:] if w.text.startswith(PREFIX)]
    return _behind_prefix(parts.conditions) + _strings(values)


def _of_requirement(statement: Statement) -> list[Expected]:
    if not _may_vary(statement.rest) and EXPRESSION not in statement.rest.text:
        return []  # as most
    kind = _kind(statement)
    if kind == EXPRESSION:
        return _conditions([_without_quotes(_required(statement))])
    return _strings([_required(statement)]) if kind in REQUIRED_STRINGS else []


def _of_alias(statement: Statement) -> list[Expected]:
    words = statement.arguments
    return _strings(words) if len(words) == 1 and not _is_global(statement) else []


def _of_redirect(statement: Statement) -> list[Expected]:
    words = statement.arguments
    if not _may_vary(statement.rest) or not words or _is_global(statement):
        return []
    words = words[1:] if status(words[0]) is not None else words
    return _strings(words) if len(words) == 1 else []


def _of_filter(statement: Statement) -> list[Expected]:
    words = statement.arguments
    return _conditions(words[2:]) if len(words) == 3 and words[2].text else []


def _of_health_check(statement: Statement) -> list[Expected]:
    if len(statement.arguments) < 2:
        return []
    braced = in_braces(statement)
    return _conditions([braced[0] if braced else statement.arguments[1]])


def _of_rewriting(statement: Statement) -> list[Expected]:
    words = statement.arguments
    return _conditions(words[1:2]) if words and words[0].text.lower() == EXPRESSION else []


def _of_message(statement: Statement) -> list[Expected]:
    words = statement.arguments
    return _strings(words[:1]) + _behind_prefix(words[1:])


PLACES: dict[str, Places] = {
    **dict.fromkeys(('<if', '<elseif', 'setenvifexpr'), _condition_at(0)),
    **dict.fromkeys(('alias', 'scriptalias'), _of_alias),
    **dict.fromkeys(('header', 'requestheader'), _of_header),
    **dict.fromkeys(
        (
            *('authformloginrequiredlocation', 'authformloginsuccesslocation'),
            *('authformlogoutlocation', 'authname', 'authtype', 'sethandler'),
        ),
        _strings_at(0, 1),
    ),
    'authbasicfake': _strings_at(0, 2),
    'customlog': lambda statement: _behind_prefix(statement.arguments[2:]),
    'errordocument': _strings_at(1, 2),
    'filterprovider': _of_filter,
    'logmessage': _of_message,
    'proxyfcgisetenvif': lambda statement: [
        *_conditions(statement.arguments[:1]),
        *_strings(statement.arguments[2:3]),
    ],
    'proxyhcexpr': _of_health_check,
    'redirect': _of_redirect,
    'require': _of_requirement,
    'rewritecond': _of_rewriting,
    'sslrequire': lambda statement: _conditions([statement.rest]),
}
KEYS = frozenset(PLACES)


def _conditions(words: Sequence[Word]) -> list[Expected]:
    return [(word, condition) for word in words]


def _strings(words: Sequence[Word]) -> list[Expected]:
    """Return the texts among ``words`` that have a variable or a backslash in them."""
    return [(word, string) for word in words if _may_vary(word)]


def _may_vary(word: Word) -> bool:
    return '%{' in word.text or '\\' in word.text


def _is_global(statement: Statement) -> bool:
    """Whether a statement stands outside of all sections but ``<VirtualHost>``."""
    return bool(statement.contexts) and statement.contexts <= {'server', 'vhost'}


def _behind_prefix(words: Sequence[Word]) -> list[Expected]:
    """Return what stands behind ``expr=`` in the words that begin so, in either case."""
    found = [word for word in words if word.text[: len(PREFIX)].lower() == PREFIX]
    return _conditions([_cut(word, len(PREFIX)) for word in found])


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
        return _cut(Word(text[:-1], word.start, word.end - 1), 1)
    return word


def in_braces(statement: Statement) -> tuple[Word, str] | None:
    """Return the condition of ``ProxyHCExpr NAME {CONDITION}``, and what stands behind it.

    Braces may have blanks in them. None where there are no braces.
    """
    words, rest = statement.arguments, statement.rest
    if rest.text[words[1].start - rest.start :][:1] != '{':
        return None
    inside = _cut(rest, words[1].start - rest.start + 1)
    depth = 1
    for brace in BRACE.finditer(inside.text):
        depth += 1 if brace[0] == '{' else -1
        if not depth:
            at = brace.start()
            return inside._replace(text=inside.text[:at]), inside.text[at + 1 :].strip()
    return inside, ''


def _cut(word: Word, length: int, *, blanks: bool = False) -> Word:
    """Return ``word`` without its first characters, and without the blanks behind these."""
    text = word.text[length:]
    text = text.lstrip() if blanks else text
    taken = len(word.text) - len(text)
    return Word(text, min(word.start + taken, word.end), word.end)
