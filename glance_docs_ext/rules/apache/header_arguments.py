"""APA211: arguments that mod_headers does not take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, choices, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

ACTIONS = ('add', 'append', 'echo', 'edit', 'edit*', 'merge', 'note', 'set', 'setifempty', 'unset')
KNOWN = {
    'header': frozenset(ACTIONS),
    'requestheader': frozenset(ACTIONS) - {'echo', 'note'},
}
VALUES = {'unset': 0, 'echo': 0, 'edit': 2, 'edit*': 2}
"""How many values an action wants, where it is not one."""
# parse_misc_string() of mod_headers.c: each of them may have an argument, and %s needs none either.
FORMAT = re.compile(r'%(?:%|\Z|(?:\{[^}]*\})?[tDlibes])|[^%]')


class HeaderArguments(ValueRule):
    """A header is changed by an action, its name, what the action needs, and at most one condition.

    What stands behind the value is the condition: ``early``, ``env=…`` or ``expr=…``. A value with
    blanks in it needs quotes, and a comment a line of its own.
    """

    code = 'APA211'
    name = 'header-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('header', 'requestheader')
    bad = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    RequestHeader set X-Forwarded-Proto\n</VirtualHost>\n',
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    Header set Cache-Control no-store, private\n</VirtualHost>\n',
        ),
        Example('apache', '<VirtualHost *:80>\n    Header remove Server\n</VirtualHost>\n'),
    )
    good = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    RequestHeader set X-Forwarded-Proto https\n</VirtualHost>\n',
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    Header set Cache-Control "no-store, private"\n'
            '</VirtualHost>\n',
        ),
        Example('apache', '<VirtualHost *:80>\n    Header always unset Server\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    Header unset\n</VirtualHost>\n'),
        Example('apache', 'Header set X-Load "%{busy}b %{idle}i %{DURATION}D %"\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``header_inout_cmd()`` in mod_headers.c: "first argument must be", "Header requires '
        'three arguments", "Unknown parameter"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        parts = taken_apart(statement)
        if parts is None:
            return _no_action(statement)
        needed = VALUES.get(parts.action.text.lower(), 1)
        if len(parts.values) >= needed and not parts.conditions and '%' not in statement.rest.text:
            return ()  # as most
        return _faults(statement, parts, needed)


class Parts(NamedTuple):
    """What stands behind action and name: the values that the action wants, and the rest."""

    action: Word
    values: tuple[Word, ...]
    conditions: tuple[Word, ...]


def taken_apart(statement: Statement) -> Parts | None:
    """Return the arguments of ``Header`` and ``RequestHeader``; None where there is no action."""
    words = statement.arguments
    if statement.key == 'header' and words and words[0].text.lower() in {'always', 'onsuccess'}:
        words = words[1:]
    action = words[0].text.lower() if words else ''
    if action not in KNOWN[statement.key]:
        return None
    behind = 2 + VALUES.get(action, 1)
    return Parts(words[0], words[2:behind], words[behind:])


def _no_action(statement: Statement) -> Iterator[Fault]:
    words = [
        word
        for number, word in enumerate(statement.arguments[:2])
        if number or word.text.lower() not in {'always', 'onsuccess'}
    ]
    span = words[0].span if words else statement.name.span
    what = f'{shortened(words[0].text)!r} is no action' if words else 'the action is missing'
    yield Fault(span, what, f'write {choices(sorted(KNOWN[statement.key]))}')


def _faults(statement: Statement, parts: Parts, needed: int) -> Iterator[Fault]:
    if len(parts.values) < needed:  # unset and echo need none, and no name either
        action = parts.action.text.lower()
        what = f'{action} needs {"a name and a value" if needed == 1 else "a name and two values"}'
        yield Fault(statement.arguments[-1].span, what, 'write what is missing')
        return
    yield from _condition(parts.conditions)
    if needed and '%' in parts.values[-1].text and not parts.values[-1].text.startswith('expr='):
        left = FORMAT.sub('', parts.values[-1].text)
        if left:
            what = f'there is no format {shortened(left[:2])!r}'
            yield Fault(parts.values[-1].span, what, 'write %% for a percent sign')


def _condition(words: tuple[Word, ...]) -> Iterator[Fault]:
    """Yield what is wrong behind the value."""
    if not words:
        return
    if closing_comment(words[0]):
        yield Fault(words[0].span, 'text behind the value is read as a condition', COMMENT)
    elif (
        not words[0].text.lower().startswith(('env=', 'expr=')) and words[0].text.lower() != 'early'
    ):
        what = f'{shortened(words[0].text)!r} is no condition'
        yield Fault(words[0].span, what, 'quote a value that has blanks in it, or write env=NAME')
    elif words[0].text.lower() in {'env=', 'env=!'}:
        yield Fault(words[0].span, 'the name of the variable is missing', 'write env=NAME')
    elif len(words) > 1:
        remedy = COMMENT if closing_comment(words[1]) else 'take it away'
        yield Fault(words[1].span, 'nothing may follow the condition', remedy)
