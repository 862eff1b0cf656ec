"""APA203: a section with too few or too many arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.conditions import asked_for
from glance_docs_ext.rule import Example
from glance_docs_ext.rules.apache.values import Fault, ValueRule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

NOTHING = ('<requireall', '<requireany', '<requirenone', '<else')
ONE = (
    '<directory',
    '<directorymatch',
    '<location',
    '<locationmatch',
    '<files',
    '<filesmatch',
    '<proxymatch',
    '<if',
    '<elseif',
)
SOME = (
    '<virtualhost',
    '<limit',
    '<limitexcept',
    '<ifmodule',
    '<ifdefine',
    '<iffile',
    '<ifdirective',
    '<ifsection',
    '<ifversion',
    '<macro',
)
NAMED = frozenset(('<ifmodule', '<ifdefine', '<iffile', '<ifdirective', '<ifsection'))
AS_NOTHING = ('', '!')  # how what may be as good as nothing begins
# They take an expression behind "~".
OR_EXPRESSION = frozenset(('<directory', '<directorymatch', '<files', '<location'))
MINIMUM = {
    **dict.fromkeys(NOTHING, 0),
    **dict.fromkeys(ONE + SOME, 1),
    '<proxymatch': 0,  # of itself; what stands inside may want an address
}


class SectionArguments(ValueRule):
    """Sections are strict about what stands in their brackets.

    ``<Directory>`` and its like want one path, quoted where it has a blank; ``<RequireAll>`` and
    ``<Else>`` want nothing; the others want something.
    """

    code = 'APA203'
    name = 'section-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = MINIMUM
    bad = (
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll both>\n        Require valid-user\n    '
            '</RequireAll>\n</Directory>\n',
        ),
        Example('apache', '<Directory /srv/www /srv/other>\n</Directory>\n'),
    )
    good = (
        Example(
            'apache',
            '<Directory /srv/www>\n    <RequireAll>\n        Require valid-user\n    '
            '</RequireAll>\n</Directory>\n',
        ),
        Example('apache', '<Directory "/srv/my files">\n</Directory>\n'),
        Example('apache', '<IfModule ! mod_rewrite.c>\n    RewriteMissing On\n</IfModule>\n'),
        Example('apache', '<IfModule !"mod_rewrite.c">\n    RewriteMissing On\n</IfModule>\n'),
        Example('apache', '<IfDefine "!Plain">\n    RewriteMissing On\n</IfDefine>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'server/core.c: "Multiple <Directory> arguments not (yet) supported", "<Location> '
        'directive requires additional arguments"; mod_authz_core.c.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        words = statement.arguments
        if len(words) == 1 and words[0].text[:1] not in AS_NOTHING and statement.key not in NOTHING:
            return ()  # as nearly all of them
        return _wrong_count(statement, words)


def _wrong_count(statement: Statement, words: tuple[Word, ...]) -> Iterator[Fault]:
    texts = [word.text for word in words]
    nameless = (
        words and statement.key in NAMED and not asked_for(statement.rest.text, texts)[1]
    ) or (statement.key == '<macro' and '' in texts)
    if len(words) < MINIMUM[statement.key] or nameless:
        yield Fault(statement.name.span, 'an argument is missing', 'write what it is about')
    elif statement.key in NOTHING and words:
        span = Span(words[0].start, words[-1].end)
        yield Fault(span, 'it takes no arguments', 'take them away')
    elif statement.key in ONE and words:
        most = 2 if words[0].text == '~' and statement.key in OR_EXPRESSION else 1
        if len(words) > most:
            span = Span(words[most].start, words[-1].end)
            yield Fault(span, 'it takes one argument', 'quote a path that has blanks in it')
