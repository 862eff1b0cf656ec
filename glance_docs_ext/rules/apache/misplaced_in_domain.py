"""APA234: a directive of mod_md outside of the section that it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

NAMES = ('mdmember', 'mdmembers', 'mdcertificatefile', 'mdcertificatekeyfile')
SECTIONS = frozenset(('<mdomain', '<mdomainset'))
MEMBERS = frozenset(('mdmember', 'mdmembers'))
CHOSEN = frozenset(('auto', 'manual'))
"""Outside of a section these choose how the names of the members are found."""


class MisplacedInDomain(Rule):
    """Four directives of mod_md speak of one managed domain, and stand in its section only."""

    code = 'APA234'
    name = 'misplaced-in-domain'
    severity = Severity.ERROR
    message = '{name} stands outside of <MDomain>'
    help = 'put it into <MDomain NAME>, the section of the domain'
    engines = ('apache',)
    names = NAMES
    bad = (Example('apache', 'MDCertificateFile /srv/glance.pem\n', 'server'),)
    good = (
        Example(
            'apache',
            '<MDomain glance.example.com>\n    MDCertificateFile /srv/glance.pem\n    '
            'MDCertificateKeyFile /srv/glance.key\n</MDomain>\n',
        ),
        Example('apache', 'MDCertificateFile /srv/glance.pem\n'),
        Example('apache', 'MDMembers auto\n', 'server'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        "``md_config_sec_start()`` in mod_md_config.c: \"X is only valid inside a '<MDomainSet' "
        'context, not here"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*NAMES):
            words = [word.text.lower() for word in statement.arguments]
            if statement.key in MEMBERS and len(words) == 1 and words[0] in CHOSEN:
                continue
            sections = {section.key for section in scope.sections()} if scope else set()
            if not SECTIONS & sections and len(statement.contexts) == 1:
                yield self.report(document, statement.name.span, name=statement.name.text)
