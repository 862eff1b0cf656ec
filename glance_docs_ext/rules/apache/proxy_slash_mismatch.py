"""APA401: a slash at the end of the proxied path or of the address, and none at the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.prefixes import mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

TARGET = re.compile(r'(?P<scheme>https?|h2c?|uwsgi|scgi|fcgi|ajp)://[^/?#]+(?P<path>[^?#]*)')


class ProxySlashMismatch(Rule):
    """Apache cuts the prefix off the path and puts the rest behind the address, as it is.

    Behind an address without a slash at its end the rest becomes part of the port or of a name:
    ``127.0.0.1:60999v2``. With a slash too many the backend is asked for ``//v2``.
    """

    engines = ('apache',)
    names = ('proxypass',)
    code = 'APA401'
    name = 'proxy-slash-mismatch'
    severity = Severity.WARNING
    message = 'a request for {asked} is passed on as {passed}'
    help = 'end both the path and the address with a slash, or neither'
    bad = (
        Example('apache', 'ProxyPass / http://127.0.0.1:60999\n'),
        Example('apache', 'ProxyPass /image/ http://127.0.0.1:60999/api\n'),
        Example('apache', 'ProxyPass /image http://127.0.0.1:60999/\n'),
    )
    good = (
        Example('apache', 'ProxyPass / http://127.0.0.1:60999/\n'),
        Example('apache', 'ProxyPass /image http://127.0.0.1:60999\n'),
        Example('apache', 'ProxyPass /image uwsgi://127.0.0.1:60999/\n'),
    )
    exceptions = 'The application takes two slashes for one, or only the path itself is asked for.'
    source = (
        'ProxyPass in the manual of Apache 2.4. Measured with Apache 2.4.71: "DNS lookup failure '
        'for: 127.0.0.1:60999v2" and 500; /xv2; //v2. mod_proxy_uwsgi.c takes the second slash '
        'away where the address has no path.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for _placed, prefix, target in mappings(document, 'proxypass'):
            if prefix.text.endswith('/') == target.text.endswith('/'):
                continue
            found = TARGET.fullmatch(target.text)
            if found is None:
                continue
            asked, passed = f'{prefix.text.rstrip("/")}/v2', f'{target.text}v2'
            if not prefix.text.endswith('/'):
                if not found['scheme'].startswith('h') and found['path'] == '/':
                    continue
                passed = f'{target.text}/v2'
            yield self.report(
                document, target.span, asked=shortened(asked), passed=shortened(passed)
            )
