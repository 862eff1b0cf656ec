"""APA233: a variable, function or operator that expressions do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.addresses import is_network
from glance_docs_ext.rules.apache.expression_names import is_known, remedy
from glance_docs_ext.rules.apache.expression_places import KEYS, expressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.engines.apache.expression_tokens import Name
    from glance_docs_ext.syntax import Document


class ExpressionName(Rule):
    """Expressions know few variables, and Apache refuses any other when it starts.

    They are not those of mod_rewrite: there is no ``SERVER_ADDR`` and no ``HTTP_X_FORWARDED_FOR``;
    headers are read with ``%{HTTP:name}``, the environment with ``%{ENV:name}``. The operators
    ``-R`` and ``-ipmatch`` want a network that is written out.
    """

    code = 'APA233'
    name = 'expression-name'
    severity = Severity.ERROR
    message = 'the expression of {name} cannot be read: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = KEYS
    bad = (
        Example('apache', '<If "%{HTTP_X_FORWARDED_PROTO} == \'https\'">\n</If>\n'),
        Example('apache', '<If "-e %{SERVER_ADDR}">\n</If>\n'),
        Example('apache', '<If "-R \'10.0.0.0/33\'">\n</If>\n'),
        Example('apache', '<If "%{HTTP_HOST} -like \'*.example.com\'">\n</If>\n'),
    )
    good = (
        Example('apache', '<If "%{HTTP:X-Forwarded-Proto} == \'https\'">\n</If>\n'),
        Example('apache', '<If "-e %{REQUEST_FILENAME}">\n</If>\n'),
        Example('apache', '<If "-R \'10.0.0.0/8\'">\n</If>\n'),
        Example('apache', '<If "%{HTTP_HOST} -strmatch \'*.example.com\'">\n</If>\n'),
    )
    exceptions = (
        'A module of a third party may bring a variable; or a function, where the text does not '
        'load it.'
    )
    source = (
        '``core_expr_lookup()`` in server/util_expr_eval.c: "Variable \'X\' does not exist", "-R '
        'requires subnet/netmask as constant argument"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for found in expressions(document):
            if found.expression.fault is not None:
                continue
            name = found.statement.name.text
            for known in found.expression.names:
                if not is_known(known) and not _is_brought(known, document, engine):
                    yield self.report(
                        document,
                        found.span(known.start, known.end),
                        name=name,
                        what=f'there is no {known.kind} {shortened(known.text)!r}',
                        remedy=remedy(known),
                    )
            for given in found.expression.constants:
                if given.text is None or not is_network(given.text):
                    yield self.report(
                        document,
                        found.span(given.start, given.end),
                        name=name,
                        what=f'{given.operator} wants a network, written out in quotes',
                        remedy="write '192.0.2.0/24'",
                    )


def _is_brought(name: Name, document: Document, engine: Engine) -> bool:
    """Whether a module that the text loads may know a name: variables of others are seldom."""
    return name.kind != 'variable' and document.once(engine.brings_names)
