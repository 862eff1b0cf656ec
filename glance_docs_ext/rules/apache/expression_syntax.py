"""APA232: an expression that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import fault
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.expression_places import KEYS, expressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class ExpressionSyntax(Rule):
    """Apache reads expressions when it starts, and refuses one that breaks their grammar.

    In a condition a text stands in quotes, a regular expression between slashes or in ``m#…#``
    (where no delimiter can be escaped), and a variable alone compares nothing. The whole condition
    of ``<If>`` is one argument: with blanks in it, it is quoted.
    """

    code = 'APA232'
    name = 'expression-syntax'
    severity = Severity.ERROR
    message = 'the expression of {name} cannot be read: {what}'
    help = 'see the manual, "Expressions in Apache HTTP Server"'
    engines = ('apache',)
    names = KEYS
    bad = (
        Example('apache', '<If "%{HTTP_HOST} == glance.example.com">\n</If>\n'),
        Example('apache', '<If "%{REQUEST_URI} =~ /^\\/v2/">\n</If>\n'),
        Example('apache', '<If "%{HTTP_USER_AGENT} =~ /(curl/">\n</If>\n'),
        Example(
            'apache',
            '<Location /v2>\n    Require expr %{REQUEST_METHOD} in "GET", "HEAD"\n</Location>\n',
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    Header set X-Secure yes "expr=%{HTTPS}"\n</VirtualHost>\n',
        ),
    )
    good = (
        Example('apache', '<If "%{HTTP_HOST} == \'glance.example.com\'">\n</If>\n'),
        Example('apache', '<If "%{REQUEST_URI} =~ m#^/v2/#">\n</If>\n'),
        Example('apache', '<If "-n %{HTTP_COOKIE} && !(%{HTTPS} == \'on\')">\n</If>\n'),
        Example(
            'apache',
            '<Location /v2>\n    Require expr %{REQUEST_METHOD} in {"GET", "HEAD"}\n</Location>\n',
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    Header set X-Secure yes "expr=%{HTTPS} == \'on\'"\n'
            '</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'server/util_expr_parse.y and util_expr_scan.l: "Cannot parse condition clause", "syntax '
        'error, unexpected …"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for found in expressions(document):
            name = found.statement.name.text
            broken = found.expression.fault
            if broken is not None:
                span = found.span(broken.start, broken.end)
                yield self.report(document, span, name=name, what=broken.what)
                continue
            for pattern in found.expression.patterns:
                if what := fault(pattern.text):
                    span = found.span(pattern.start, pattern.end)
                    words = f'its regular expression cannot be compiled, {what}'
                    yield self.report(document, span, name=name, what=words)
