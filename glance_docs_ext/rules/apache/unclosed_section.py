"""APA101: a section without an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class UnclosedSection(Rule):
    """Apache refuses a file that ends inside a section.

    The closing tag is missing, or it stands in a comment, or on the line of another directive.
    """

    code = 'APA101'
    name = 'unclosed-section'
    severity = Severity.ERROR
    message = '<{name}> is not closed'
    help = 'write </{name}> behind its last directive'
    engines = ('apache',)
    bad = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n'),)
    good = (Example('apache', '<VirtualHost *:80>\n    ServerName glance\n</VirtualHost>\n'),)
    exceptions = 'None: Apache does not start with it.'
    source = '``ap_build_config()`` in server/config.c: "<X> was not closed."'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        yield from self.problems(document)
