"""CFG206: a directive that only a server with a module of somebody else has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class ModuleOfOthers(Rule):
    """The directive is right where the server has its module; without it the server refuses it.

    These are modules that come neither with Apache or nginx nor in a package of Debian: Kerberos of
    old, NTLM, mod_proxy_cluster; vts, the health checks of Tengine, pagespeed, and so on. Nothing
    is known of them but the names of their directives. Said once for each module.
    """

    code = 'CFG206'
    name = 'module-of-others'
    severity = Severity.ERROR
    message = '{engine} itself does not know the directive {name!r}'
    help = '{remedy}'
    unfitting = True
    bad = (
        Example('apache', 'KrbMethodNegotiate On\nKrbAuthRealms EXAMPLE.ORG\n', 'directory'),
        Example('nginx', 'server {\n    vhost_traffic_status off;\n    listen 80;\n}\n'),
        Example('nginx', 'location / {\n    check_status;\n}\n'),
        Example('nginx', 'server {\n    ssl_ct on;\n    listen 80;\n}\n'),
    )
    good = (
        Example('apache', 'GssapiCredStore keytab:/etc/krb5.keytab\n', 'directory'),
        Example('nginx', 'location / {\n    brotli on;\n}\n'),
        Example(
            'nginx',
            'load_module modules/ngx_http_vhost_traffic_status_module.so;\nevents {}\n'
            'http {\n    vhost_traffic_status_zone;\n}\n',
        ),
    )
    exceptions = (
        'The page is about a server that has the module: say so with ``:unchecked:`` and its name, '
        "or for all pages with ``suppress_warnings = ['configcheck.module-of-others']``."
    )
    source = (
        'The manuals and command tables of the modules. Apache without: "Invalid command"; nginx '
        'without: "unknown directive".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        told = set()
        for statement in fitting(engine).others(document):
            key = statement.key
            if key in engine.catalogue or statement in document.unjudged:
                continue
            module = engine.module_of(key)
            if not module or module in told:
                continue
            if document.once(engine.brings_names):
                break
            told.add(module)
            found = self.report_at(
                document.source.place(statement.name.span),
                engine=engine.label,
                name=shortened(statement.name.text),
                remedy=engine.elsewhere(key),
            )
            yield self.noticed(found, document, document.stop_behind(statement.name.start))
