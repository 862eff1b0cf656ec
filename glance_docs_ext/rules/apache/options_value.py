"""APA209: a word or a mixture that Options does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, choices, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

WORDS = (
    'None',
    'All',
    'Indexes',
    'Includes',
    'IncludesNOEXEC',
    'FollowSymLinks',
    'SymLinksIfOwnerMatch',
    'ExecCGI',
    'MultiViews',
    'RunScripts',
)
KNOWN = frozenset(word.lower() for word in WORDS)
WHOLE = frozenset(('all', 'none'))
PARTS = KNOWN - WHOLE
SIGNED = frozenset(sign + name for sign in '+-' for name in PARTS)


class OptionsValue(ValueRule):
    """``Options`` sets a list or changes what it inherits: no word has a sign, or all have one.

    A mixture would mean something else than it looks like, so Apache refuses it. Only ``All`` or
    ``None`` at the beginning may be followed by words with a sign.
    """

    code = 'APA209'
    name = 'options-value'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('options',)
    bad = (
        Example(
            'apache', '<Directory /srv/www>\n    Options Indexes +FollowSymLinks\n</Directory>\n'
        ),
        Example(
            'apache', '<Directory /srv/www>\n    Options -Indexes FollowSymLink\n</Directory>\n'
        ),
        Example('apache', '<Directory /srv/www>\n    Options Indexes All\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Options +All -Indexes\n</Directory>\n'),
    )
    good = (
        Example(
            'apache', '<Directory /srv/www>\n    Options Indexes FollowSymLinks\n</Directory>\n'
        ),
        Example(
            'apache', '<Directory /srv/www>\n    Options -Indexes +FollowSymLinks\n</Directory>\n'
        ),
        Example('apache', '<Directory /srv/www>\n    Options None\n</Directory>\n'),
        Example('apache', '<Directory /srv/www>\n    Options All -Indexes\n</Directory>\n'),
        Example(
            'apache',
            '<Directory /srv/www>\n    Options None FollowSymLinks +Indexes\n</Directory>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``set_options()`` in server/core.c: "Either all Options must start with + or -, or no '
        'Option may", "\'Options All\' must be the first option given"; measured with Apache '
        '2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        words = statement.arguments
        names = {word.text.lower() for word in words}
        if names <= PARTS or names <= SIGNED or (len(words) == 1 and names <= WHOLE):
            return ()  # as nearly all
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    """Yield the first fault, as the engine does: what follows is read in its light."""
    signed = unsigned = False
    begins_with_all_or_none = False
    for place, word in enumerate(statement.arguments):
        has_sign = word.text[:1] in {'+', '-'}
        name = word.text[1:] if has_sign else word.text
        if (unsigned and not begins_with_all_or_none) if has_sign else signed:
            yield _mixed(word)
            return
        if name.lower() not in KNOWN:
            remedy = COMMENT if closing_comment(word) else f'write {choices(WORDS[:-1])}'
            yield Fault(word.span, f'there is no option {shortened(name)!r}', remedy)
            return
        if name.lower() in WHOLE:
            if has_sign:
                yield Fault(word.span, f'{name} takes no sign', f'write {name} alone')
                return
            if place > 0:
                remedy = 'write it first, or leave it out'
                yield Fault(word.span, f'{name} stands behind another option', remedy)
                return
            begins_with_all_or_none = True
        signed = signed or has_sign
        unsigned = unsigned or not has_sign


def _mixed(word: Word) -> Fault:
    what = 'words with a sign and words without cannot be mixed'
    return Fault(word.span, what, 'give all of them a sign, or none')
