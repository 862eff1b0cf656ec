"""APA228: an option that mod_wsgi does not take for a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, choices, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

# How many words stand before the options, and what they are.
SCRIPTS = {
    'wsgiscriptalias': (2, 'a path and a script'),
    'wsgiscriptaliasmatch': (2, 'a path and a script'),
    'wsgiimportscript': (1, 'a script'),
}
OPTIONS = {
    'process-group': re.compile('.+', re.DOTALL),
    'application-group': re.compile('.+', re.DOTALL),
    'callable-object': re.compile('.+', re.DOTALL),
    'pass-authorization': re.compile('on|off', re.IGNORECASE),
}
QUOTES = ('"', "'")
GROUPS = frozenset(('process-group', 'application-group'))
"""What a script that is read at the start needs both of."""


class ScriptAliasOption(ValueRule):
    """Behind path and script stand options as ``option=value``, with no blank before "="."""

    code = 'APA228'
    name = 'script-alias-option'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = SCRIPTS
    bad = (
        Example('apache', 'WSGIImportScript /srv/glance.wsgi application-group = glance\n'),
        Example('apache', '<VirtualHost *:80>\n    WSGIScriptAlias /\n</VirtualHost>\n'),
        Example('apache', 'WSGIImportScript /srv/glance.wsgi process-group=%{GLOBAL}\n'),
        Example(
            'apache', 'WSGIImportScript /srv/a.wsgi "process-group=a" application-group=%{GLOBAL}\n'
        ),
    )
    good = (
        Example(
            'apache',
            'WSGIImportScript /srv/glance.wsgi process-group=%{GLOBAL} '
            'application-group=%{GLOBAL}\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``wsgi_add_script_alias()`` and ``wsgi_add_import_script()`` of mod_wsgi 4.9.4: "Invalid '
        'option to WSGI script alias definition"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement, document.source.text)


def _faults(statement: Statement, text: str) -> Iterator[Fault]:
    words = statement.arguments
    count, needed = SCRIPTS[statement.key]
    if len(words) < count or not all(word.text for word in words[:count]):
        yield Fault(statement.name.span, f'it needs {needed}', 'write what is missing')
        return
    named = {word.text.partition('=')[0] for word in words[count:]}
    if statement.key == 'wsgiimportscript' and not named & GROUPS:
        yield Fault(words[0].span, 'it needs process-group and application-group', 'write both')
        return
    value_follows = False
    for word in words[count:]:
        quote = text[word.start] if text[word.start] in QUOTES else ''  # mod_wsgi reads it, too
        name, equals, value = f'{quote}{word.text}'.partition('=')
        if value_follows:  # "option= value" is one to mod_wsgi
            value_follows = False
            continue
        if not equals:
            remedy = (
                COMMENT if closing_comment(word) else 'write option=value, with no blank before "="'
            )
            yield Fault(word.span, f'{shortened(word.text)!r} is no option with a value', remedy)
            return
        if name not in OPTIONS:
            what = f'there is no option {shortened(name)!r}'
            yield Fault(word.span, what, f'write {choices(tuple(OPTIONS))}')
            return
        if not value and word is not words[-1]:
            value_follows = True
        elif not OPTIONS[name].fullmatch(value):
            yield Fault(word.span, f'{name} does not take {shortened(value)!r}', 'write its value')
            return
    if statement.key == 'wsgiimportscript' and not named >= GROUPS:
        yield Fault(words[0].span, f'it needs {choices(sorted(GROUPS - named))}, too', 'write it')
