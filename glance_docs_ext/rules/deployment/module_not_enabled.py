"""DEP432: a module that the page does not switch on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.apache import CATALOGUE
from glance_docs_ext.engines.apache.debian import DEFAULT, module_of, switched_on
from glance_docs_ext.engines.apache.endpoints import URL, proxied
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.told import told_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.enabled import Enabled
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document, Placed

SCHEMES = {
    'http': 'proxy_http',
    'https': 'proxy_http',
    'uwsgi': 'proxy_uwsgi',
    'fcgi': 'proxy_fcgi',
    'scgi': 'proxy_scgi',
    'ajp': 'proxy_ajp',
    'h2': 'proxy_http2',
    'h2c': 'proxy_http2',
    'balancer': 'proxy_balancer',
}
GUARDS = frozenset(
    {'<ifmodule', '<iffile', '<ifdefine', '<ifdirective', '<ifsection', '<ifversion'}
)


class Need(NamedTuple):
    """A word of a block, in words, and the modules one of which it needs."""

    document: Document
    span: Span
    what: str
    modules: frozenset[str]


class ModuleNotEnabled(DeploymentRule):
    """The page says which modules to switch on with ``a2enmod``, and leaves one out.

    Without the module of its directive Apache does not start; without that of a scheme, such as
    ``proxy_http`` for ``http://``, it starts and answers each request with error 500, or 403 for
    ``[P]``. What is on after the installation on Debian and Ubuntu counts, what ``a2enmod`` adds by
    itself, and any mention of the module on the page. A page without ``a2enmod`` is not judged, nor
    is one whose ``a2enmod`` is for something else than its blocks.
    """

    code = 'DEP432'
    name = 'module-not-enabled'
    severity = Severity.WARNING
    message = '{what} needs the module {module}, which a2enmod on this page leaves out'
    help = 'add it: a2enmod {module}'
    told = told_by([('page.rst', '$ a2enmod proxy\n')])
    bad = (
        Example(
            'apache',
            'ProxyPass / http://127.0.0.1:9292/ disablereuse=On\nProxyPassReverse / http://127.0.0.1:9292/\n',
        ),
    )
    good = (
        Example(
            'apache',
            'ProxyPreserveHost On\n<IfModule mod_proxy_http.c>\n'
            '    ProxyPass / http://127.0.0.1:9292/\n</IfModule>\n',
        ),
    )
    exceptions = 'Readers have switched the module on before, by another page.'
    source = (
        'Measured with Apache 2.4.71: AH01144 "No protocol handler was valid for the URL" and 500; '
        '"Invalid command" for a directive. The modules: Debian, package apache2, mods-available.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        enabled = deployment.told.enabled if deployment.told else None
        if enabled is None:
            return
        needs = [need for document in deployment.of('apache') for need in _needs(document)]
        on = switched_on(enabled.named)
        if not any(switched_on(need.modules) & on - DEFAULT for need in needs):
            return  # the command is for something else
        told: set[frozenset[str]] = set()
        for need in needs:
            if need.modules & on or need.modules in told or _mentioned(need.modules, enabled):
                continue
            told.add(need.modules)
            yield self.report(
                need.document, need.span, what=need.what, module=min(need.modules)
            ).with_related(Related(enabled.place, 'what is switched on'))


def _needs(document: Document) -> Iterator[Need]:
    if any(True for _ in document.named('loadmodule')):
        return  # a whole configuration, which says for itself what it loads
    for placed, word in proxied(document):
        found = URL.match(word.text.removeprefix('proxy:'))
        module = SCHEMES.get(found['scheme'].lower()) if found else None
        if found and module and not _guarded(placed):
            yield Need(document, word.span, f'{found["scheme"].lower()}://', frozenset({module}))
    for placed in document.placed:
        owners = {entry.owner for entry in CATALOGUE[placed.statement.key]}
        modules = frozenset(map(module_of, owners))
        if modules and '' not in modules and not _guarded(placed):
            yield Need(document, placed.statement.name.span, placed.statement.name.text, modules)


def _guarded(placed: Placed) -> bool:
    """Whether the statement is there only under a condition."""
    sections = placed.scope.sections() if placed.scope else ()
    return any(section.key in GUARDS for section in sections)


def _mentioned(modules: frozenset[str], enabled: Enabled) -> bool:
    forms = (form for name in modules for form in (name, f'mod_{name}', f'{name}_module'))
    return any(form in enabled.words for form in forms)
