"""APA210: a word that AllowOverride does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, choices, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

WORDS = ('AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options', 'Nonfatal', 'None', 'All')
USUAL = frozenset(('None', 'All', 'none', 'all'))
KNOWN = frozenset(word.lower() for word in WORDS)
OPTIONS = frozenset(
    (
        'none',
        'all',
        'indexes',
        'includes',
        'includesnoexec',
        'followsymlinks',
        'symlinksifownermatch',
        'execcgi',
        'multiviews',
        'runscripts',
    )
)


class OverrideValue(ValueRule):
    """``AllowOverride`` names groups of directives that ``.htaccess`` files may use."""

    code = 'APA210'
    name = 'override-value'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('allowoverride',)
    bad = (
        Example('apache', '<Directory /srv/www>\n    AllowOverride Everything\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    AllowOverride Options=Index\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    AllowOverride Nonfatal\n</Directory>\n'),
    )
    good = (
        Example('apache', '<Directory /srv/www>\n    AllowOverride All\n</Directory>\n'),
        Example(
            'apache',
            '<Directory /srv/www>\n    AllowOverride AuthConfig Options=Indexes,MultiViews\n'
            '</Directory>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``set_override()`` in server/core.c: "Illegal override option"; measured with Apache '
        '2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        if statement.rest.text in USUAL:
            return ()
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    for word in statement.arguments:
        name, equals, value = word.text.partition('=')
        if name.lower() not in KNOWN:
            remedy = COMMENT if closing_comment(word) else f'write {choices(WORDS)}'
            yield Fault(word.span, f'there is no group {shortened(name)!r}', remedy)
        elif name.lower() == 'nonfatal' and not equals:
            what = 'it is not said what is not fatal'
            yield Fault(word.span, what, 'write Nonfatal=Override, Unknown or All')
        elif name.lower() == 'options' and value:
            for option in value.split(','):
                if option and option.lower() not in OPTIONS:
                    what = f'there is no option {shortened(option)!r}'
                    yield Fault(word.span, what, 'write the names that the directive Options takes')
