"""CFG205: a name that was removed before the version that is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class RemovedName(Rule):
    """The name was removed in the version that is deployed or in one before: it is refused.

    It speaks where somebody says which version is deployed, as for CFG204.
    """

    code = 'CFG205'
    name = 'removed-name'
    severity = Severity.ERROR
    message = '{name} is not known to {engine} {version}: it was removed in {until}'
    help = 'look for what took its place in the manual of {engine} {version}'
    unfitting = True
    bad = (Example('nginx', 'server {\n    listen 443;\n    ssl on;\n}\n', version='1.26.3'),)
    good = (
        Example('nginx', 'server {\n    listen 443;\n    ssl on;\n}\n', version='1.22.1'),
        Example('nginx', 'server {\n    listen 443 ssl;\n}\n', version='1.26.3'),
    )
    exceptions = 'None: a server of this version does not start with it.'
    source = 'nginx, CHANGES with nginx 1.25.1: "the "ssl" directive is not supported anymore".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if engine.version is None:
            return
        for statement in fitting(engine).others(document):
            entries = engine.catalogue[statement.key]
            if not entries or any(entry.is_known_to(engine.version) for entry in entries):
                continue
            until = max(entry.until for entry in entries)
            if until and not engine.version.is_before(until):
                yield self.report(
                    document,
                    statement.name.span,
                    name=statement.name.text,
                    engine=engine.label,
                    version=engine.version.text,
                    until=until,
                )
