"""DEP607: a virtual host on a port that Apache does not listen on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_shown import shows_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment

PORT = re.compile(r':([0-9]{1,5})$')
USUAL = frozenset({80, 443})  # what the distributions' own ports.conf and httpd.conf listen on
HOST = '<VirtualHost *:9292>\n    ServerName glance\n</VirtualHost>\n'


class HostWithoutListen(DeploymentRule):
    """``<VirtualHost *:PORT>`` does not make Apache listen: it starts, and nobody can connect.

    Ports 80 and 443 are taken for granted, the distributions listen there.
    """

    code = 'DEP607'
    name = 'host-without-listen'
    severity = Severity.INFO
    message = 'nothing on this page makes Apache listen on port {port}'
    help = 'add "Listen {port}" before the virtual host'
    bad = (Example('apache', HOST),)
    good = (Example('apache', f'Listen 9292\n{HOST}'),)
    exceptions = 'The page says in words that a Listen is needed, or shows it elsewhere.'
    source = 'Measured with Apache 2.4.71: "Syntax OK", connection refused.'

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        if not shows_all(deployment):
            return
        ports = {one.address.port for one in deployment.listeners} | USUAL
        for document, placed in deployment.named('apache', '<virtualhost'):
            for word in placed.statement.arguments:
                match = PORT.search(word.text)
                if match and int(match[1]) not in ports:
                    yield self.report(document, word.span, port=match[1])
