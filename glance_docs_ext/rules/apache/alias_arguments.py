"""APA224: an alias without its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.places import SERVER, is_in_no_location
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

IN_SECTION = frozenset(('location', 'proxy'))


class AliasArguments(ValueRule):
    """An ``Alias`` has a path and a folder; inside a ``<Location>`` it has the folder alone."""

    code = 'APA224'
    name = 'alias-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('alias', 'scriptalias')
    bad = (
        Example('apache', '<VirtualHost *:80>\n    Alias /static\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    Alias /static ""\n</VirtualHost>\n'),
        Example('apache', '<Location /static>\n    Alias /static /srv/static\n</Location>\n'),
        Example('apache', 'Alias /static\n<Directory /srv/static>\n</Directory>\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    Alias /static /srv/static\n</VirtualHost>\n'),
        Example('apache', '<Location /static>\n    Alias /srv/static\n</Location>\n'),
        Example('apache', 'Alias /srv/static\nRequire all granted\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``add_alias_internal()`` in mod_alias.c: "Alias must have two arguments when used '
        'globally"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        words = statement.arguments
        if len(words) == 2 and words[1].text and not statement.contexts <= IN_SECTION:
            return ()  # as nearly all
        return _faults(statement, document)


def _faults(statement: Statement, document: Document) -> Iterator[Fault]:
    words, here = statement.arguments, statement.contexts
    if len(words) == 2 and not words[1].text:
        words = words[:1]  # the engine takes an empty word for none
    if len(words) == 1 and here:
        if here <= SERVER or is_in_no_location(statement, document):
            yield Fault(words[0].span, 'the folder is missing', 'write a path and a folder')
    elif len(words) == 2 and here and here <= IN_SECTION:
        what = 'inside a section the path is that of the section'
        yield Fault(words[0].span, what, 'write the folder alone')
