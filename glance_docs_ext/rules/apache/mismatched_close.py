"""APA103: a closing tag of another section than the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class MismatchedClose(Rule):
    """Sections end in the reverse order of their beginnings, each with its own name.

    The name is mistyped, or the closing tag of an inner section is missing, or two tags changed
    places.
    """

    code = 'APA103'
    name = 'mismatched-close'
    severity = Severity.ERROR
    message = '</{name}> stands where </{expected}> is expected'
    help = 'write </{expected}> here, or before this line'
    engines = ('apache',)
    names = ()
    bad = (
        Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</Directory>\n'),
        Example(
            'apache',
            '<VirtualHost *:80>\n    <Location /v2>\n        SetEnv a b\n</VirtualHost>\n',
        ),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),
        Example(
            'apache',
            '<VirtualHost *:80>\n    <Location /v2>\n        SetEnv a b\n    </Location>\n'
            '</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = '``ap_build_config_sub()`` in server/config.c: "Expected </X> but saw </Y>".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for problem in document.problems:
            if problem.kind != self.name:
                continue
            found = self.report(document, problem.span, **problem.values)
            start, end = problem.values['start'], problem.values['end']
            if problem.noticed is not None:
                found = self.noticed(found, document, problem.noticed)
            elif start:
                place = document.source.place(Span(int(start), int(end)))
                related = Related(place, f'<{problem.values["expected"]}> was opened here')
                found = found.with_related(related)
            yield found
