"""DEP433: an option of a plugin that the distribution's uWSGI has to load first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.uwsgi import CATALOGUE
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.uwsgi.option_before_its_plugin import LOADING, PLUGIN
from glance_docs_ext.rules.uwsgi.values import is_true, shows_all, value
from glance_docs_ext.told import told_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.syntax import Document, Statement

PLUGINS = {'http': 'http', 'python': 'python3'}
"""What the distributions call the plugins that we know to be apart from their uWSGI."""


class PluginNotLoaded(DeploymentRule):
    """The page installs a uWSGI whose plugins are packages of their own, and does not load one.

    Debian, Ubuntu, Fedora and openSUSE build Python and the HTTP router as plugins. Until one is
    loaded, ``module`` or ``http`` is an unknown option, and in strict mode uWSGI does not start.
    A page is judged only where it shows the installation of the package, and nothing that tells of
    another uWSGI or of another way to load plugins: pip, ``autoload``, ``--plugin``, a name such as
    ``uwsgi_python3``, or Debian's ``/etc/uwsgi/apps-available``, where defaults are added.
    """

    code = 'DEP433'
    name = 'plugin-not-loaded'
    severity = Severity.WARNING
    message = '{option!r} is an option of the plugin {plugin}, which nothing on this page loads'
    help = 'write "plugins = {plugin}" above it: strict mode refuses the option otherwise'
    told = told_by([('page.rst', '$ apt install uwsgi-core uwsgi-plugin-python3\n')])
    bad = (Example('uwsgi', '[uwsgi]\nstrict = true\nmodule = app\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nstrict = true\nplugins = python3\nmodule = app\n'),
        Example('uwsgi', '[uwsgi]\nstrict = true\nhttp-socket = 127.0.0.1:9292\n'),
    )
    exceptions = 'The plugin is loaded on a command line that the page leaves out.'
    source = (
        'core/config.c, add_exported_option_do(). Measured with uWSGI 2.0.21 of Debian: '
        '"[strict-mode] unknown config directive: module", also before "strict"; "autoload", '
        '"--plugin" and the name uwsgi_python3 cure it.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        packaged = deployment.told.packaged if deployment.told else None
        if packaged is None or packaged.place is None or packaged.otherwise:
            return
        loaded = packaged.plugins.union(
            plugin
            for _document, placed in deployment.named('uwsgi', *LOADING)
            for plugin in PLUGIN.findall(value(placed.statement).text)
        )
        missing = {o for o in PLUGINS if not any(name.startswith(o) for name in loaded)}
        for document in deployment.of('uwsgi'):
            if not missing or not shows_all(document) or 'autoload' in document.keys:
                continue
            if not is_true(document, 'strict'):
                continue
            for owner, option in _first_of_each(document):
                if owner in missing:
                    yield self.report(
                        document, option.name.span, option=option.key, plugin=PLUGINS[owner]
                    ).with_related(Related(packaged.place, 'what is installed'))


def _first_of_each(document: Document) -> Iterator[tuple[str, Statement]]:
    """Yield each plugin that a block needs in any case, with its first option."""
    seen: set[str] = set()
    for statement, _scope in document.placed:
        owners = {entry.owner for entry in CATALOGUE[statement.key]}
        owner = owners.pop() if len(owners) == 1 else ''
        if owner and owner not in seen and statement not in document.unjudged:
            seen.add(owner)
            yield owner, statement
