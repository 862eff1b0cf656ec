"""APA228: an option that mod_wsgi does not take for a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import Fault, ValueRule, choices
from glance_docs_ext.rules.apache.wsgi_options import options, place, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.rules.apache.wsgi_options import Option
    from glance_docs_ext.syntax import Document, Statement

# How many words stand before the options, and what they are; APA236 counts those of the others.
SCRIPTS = {
    'wsgiscriptalias': (2, 'a path and a script'),
    'wsgiscriptaliasmatch': (2, 'a path and a script'),
    'wsgiimportscript': (1, 'a script'),
    'wsgihandlerscript': (2, ''),
    **dict.fromkeys(
        ('wsgiaccessscript', 'wsgiauthgroupscript', 'wsgiauthuserscript', 'wsgidispatchscript'),
        (1, ''),
    ),
}
VALUES = {'pass-authorization': re.compile('on|off', re.IGNORECASE)}
ANY = re.compile('.+', re.DOTALL)
BOTH = ('process-group', 'application-group')
"""What a script that is read at the start needs both of."""
OPTIONS = {
    'wsgiimportscript': BOTH,
    'wsgihandlerscript': (*BOTH, 'pass-authorization'),
    **dict.fromkeys(
        ('wsgiscriptalias', 'wsgiscriptaliasmatch'),
        (*BOTH, 'callable-object', 'pass-authorization'),
    ),
}
ONE = ('application-group',)


class ScriptAliasOption(ValueRule):
    """Behind the script stand options as ``option=value``, with no blank before "="."""

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
        Example('apache', 'WSGIDispatchScript /srv/glance.wsgi application-group=\n'),
        Example('apache', 'WSGIHandlerScript glance /srv/glance.wsgi ""\n'),
    )
    good = (
        Example(
            'apache',
            'WSGIImportScript /srv/glance.wsgi process-group=%{GLOBAL} '
            'application-group=%{GLOBAL}\n',
        ),
        Example('apache', 'WSGIHandlerScript glance /srv/a.wsgi application-group="of glance"\n'),
        Example('apache', 'WSGIHandlerScript glance /srv/a.wsgi application-group= glance\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``wsgi_parse_option()`` of mod_wsgi 4.9.4, and what calls it: "Invalid option to WSGI '
        'script alias definition", "Invalid name for WSGI application group"; measured with '
        'Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    count, needed = SCRIPTS[statement.key]
    if len(words) < count or not all(word.text for word in words[:count]):
        if needed:
            yield Fault(statement.name.span, f'it needs {needed}', 'write what is missing')
        return
    known = OPTIONS.get(statement.key, ONE)
    named: set[str] = set()
    if len(words) > count:
        for option in options(statement.rest.text, count):
            fault = _fault(statement, option, known)
            if fault:
                yield fault
                return
            named.add(option.name)
    if statement.key == 'wsgiimportscript' and not named.issuperset(BOTH):
        missing = [name for name in BOTH if name not in named]
        yield Fault(words[0].span, f'it needs {" and ".join(missing)}', 'write what is missing')


def _fault(statement: Statement, option: Option, known: tuple[str, ...]) -> Fault | None:
    name, value = option.name, option.value
    if not name:
        return unreadable(statement, option)
    if name not in known:
        what, remedy = f'there is no option {shortened(name)!r}', f'write {choices(known)}'
    elif not VALUES.get(name, ANY).fullmatch(value):
        what, remedy = f'{name} does not take {shortened(value)!r}', 'write its value'
    else:
        return None
    return Fault(place(statement, option), what, remedy)
