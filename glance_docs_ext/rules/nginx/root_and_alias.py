"""NGX226: root and alias together, or alias where it cannot be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.locations import Location
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

_OF_ROOTS = re.compile(r'\$\{?(?:document_root|realpath_root)\b')


class RootAndAlias(Rule):
    """``root`` and ``alias`` are two ways to say the same thing: a location has one of them.

    A named location has no path of its own, so ``alias`` has nothing to replace.
    """

    code = 'NGX226'
    name = 'root-and-alias'
    severity = Severity.ERROR
    message = '{complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('root', 'alias')
    bad = (
        Example('nginx', 'location /images/ {\n    root /srv;\n    alias /srv/images/;\n}\n'),
        Example('nginx', 'location @files {\n    alias /srv/images/;\n}\n'),
    )
    good = (Example('nginx', 'location /images/ {\n    alias /srv/images/;\n}\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_core_root()`` in src/http/ngx_http_core_module.c.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named('alias'):
            around = scope.section if scope else None
            body = (around.body if around else document.statements) or ()
            root = next((other for other in body if other.key == 'root'), None)
            if root is not None:
                later = root.name.start > statement.name.start
                second = root if later else statement
                yield self.report(
                    document,
                    second.name.span,
                    complaint='this location has both a root and an alias',
                    remedy='keep one of the two',
                )
            elif around is not None and around.key == 'location' and Location.of(around).is_named:
                yield self.report(
                    document,
                    statement.name.span,
                    complaint='alias cannot stand in a named location',
                    remedy='use root',
                )
        for statement, _scope in document.named('root', 'alias'):
            for word in statement.arguments[:1]:
                if '$' in word.text and _OF_ROOTS.search(word.text):
                    yield self.report(
                        document,
                        word.span,
                        complaint=f'{statement.key} cannot be made of itself',
                        remedy='write the path instead of the variable',
                    )
