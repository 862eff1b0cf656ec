"""APA249: wildcards in the path of a section that is passed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import fault
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Placed, Word

ESCAPED = re.compile(r'\\.', re.DOTALL)
OPEN = frozenset({'<ifmodule', '<ifdefine', '<ifversion'})  # they leave the path as it is


class ProxiedWildcard(Rule):
    """``ProxyPass`` takes a path with wildcards for a regular expression, as which ``*`` is none.

    ``ProxyPassMatch`` takes any path of a ``<Location>`` for one.
    """

    code = 'APA249'
    name = 'proxied-wildcard'
    severity = Severity.ERROR
    message = '{name} reads the path {path!r} of its section as a regular expression: {what}'
    help = 'write the path without wildcards: <Location /> is for all of them'
    engines = ('apache',)
    names = ('proxypass', 'proxypassmatch')
    bad = (Example('apache', '<Location *>\n    ProxyPass http://127.0.0.1:60999/\n</Location>\n'),)
    good = (
        Example('apache', '<Location />\n    ProxyPass http://127.0.0.1:60999/\n</Location>\n'),
        Example('apache', '<Location /v*>\n    ProxyPass http://127.0.0.1:60999/\n</Location>\n'),
        Example('apache', '<Location /(>\n    ProxyPass http://127.0.0.1:60999/\n</Location>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``add_pass()`` in modules/proxy/mod_proxy.c: "Regular expression could not be compiled"; '
        'measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for placed in document.named(*self.names):
            path = _path(placed)
            if path is None or not is_known(path):
                continue
            if placed.statement.key == 'proxypassmatch' or _is_wild(path.text):
                what = fault(path.text)
                if what:
                    name = placed.statement.name
                    yield self.report(
                        document, name.span, name=name.text, path=path.text, what=what
                    )


def _is_wild(path: str) -> bool:
    """``apr_fnmatch_test()``."""
    bare = ESCAPED.sub('', path)
    return '*' in bare or '?' in bare or ']' in bare.partition('[')[2]


def _path(placed: Placed) -> Word | None:
    """Return the path of the ``<Location>`` around a statement, if that is what is around it."""
    for section in placed.scope.sections() if placed.scope else ():
        if section.key not in OPEN:
            words = section.arguments
            return words[0] if section.key == '<location' and len(words) == 1 else None
    return None
