"""CFG203: more or fewer arguments than the engine takes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.elision import REMEDY, is_elision
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.common.origin import comes_from
from glance_docs_ext.rules.common.template import SHOW, has_mark
from glance_docs_ext.rules.fitting import arities, fitting, shape_of, standing
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Arity
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

NUMBERS = ('no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven')


class ArgumentCount(Rule):
    """The engine counts the words behind a directive and refuses to start on another number.

    Two causes are common: a value with a space in it that wants quotes, and a comment behind the
    value. Neither Apache nor uWSGI has comments behind a value: what follows is data.
    """

    code = 'CFG203'
    name = 'argument-count'
    severity = Severity.ERROR
    message = '{name} takes {expected}, found {found}'
    help = '{remedy}{origin}'
    unfitting = True
    bad = (
        Example('apache', 'DocumentRoot /srv/www /srv/other\n'),
        Example('apache', 'ServerTokens Prod # hide the version\n'),
        Example('nginx', 'server {\n    root /srv/www /srv/other;\n}\n'),
    )
    good = (
        Example('apache', 'DocumentRoot /srv/www\n'),
        Example('apache', '# hide the version\nServerTokens Prod\n'),
        Example('nginx', 'server {\n    root /srv/www;\n}\n'),
    )
    exceptions = 'None: no version of the engine starts with it.'
    source = (
        'Apache: ``invoke_cmd()`` in server/config.c, "X takes one argument"; '
        'nginx: "invalid number of arguments".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        catalogue = engine.catalogue
        for statement in fitting(engine).others(document):
            if statement.key not in catalogue:
                continue
            shape = shape_of(statement)
            known = arities(catalogue, shape)
            if not known or any(arity.accepts(shape.number) for arity in known):
                continue
            yield self.report(
                document,
                _place(statement, known),
                name=statement.name.text,
                expected=' or '.join(dict.fromkeys(arity_in_words(arity) for arity in known)),
                found=_number(shape.number) if shape.number else 'none',
                remedy=_remedy(statement, known),
                origin=comes_from(standing(catalogue, shape.key, shape.contexts)),
            )


def _place(statement: Statement, arities: tuple[Arity, ...]) -> Span:
    """Return where the reader must type: the first word too many, or the name that lacks one."""
    maximum = max(arity.maximum if arity.maximum is not None else 0 for arity in arities)
    surplus = statement.arguments[maximum:]
    return Span(surplus[0].start, surplus[-1].end) if surplus else statement.name.span


def _remedy(statement: Statement, arities: tuple[Arity, ...]) -> str:
    if len(statement.arguments) < min(arity.minimum for arity in arities):
        return 'add what is missing'
    if any(word.text.startswith('#') for word in statement.arguments):
        return 'a comment needs a line of its own'
    if max(arity.maximum or 0 for arity in arities) == 0:
        return 'take the arguments away'
    return _about_words(statement)


def _about_words(statement: Statement) -> str:
    words = statement.arguments
    if has_mark(statement.rest.text):
        return f'{SHOW}, or quote it'
    if is_elision(words[-1].text):
        return REMEDY
    if any(first.end == second.start for first, second in pairwise(words)):
        return 'a quote that closes ends the value: put quotes around all of it'
    return 'quote a value that has spaces in it, or take away what is too much'


def arity_in_words(arity: Arity) -> str:
    """Return how many arguments are right: ``one argument``, ``at least two arguments``."""
    minimum, maximum = arity
    if maximum is None:
        return f'at least {_number(minimum)} {_noun(minimum)}'
    if minimum == maximum:
        return f'{_number(minimum)} {_noun(minimum)}'
    joint = 'or' if maximum - minimum == 1 else 'to'
    return f'{_number(minimum)} {joint} {_number(maximum)} {_noun(maximum)}'


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _noun(count: int) -> str:
    return 'argument' if count == 1 else 'arguments'
