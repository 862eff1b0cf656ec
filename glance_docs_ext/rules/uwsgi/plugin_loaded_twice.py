"""UWS226: a plugin that is needed, and loaded already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.plugins import LOADS, loaded
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

NEEDS = ('need-plugin', 'need-plugins')


class PluginLoadedTwice(Rule):
    """uWSGI loads no plugin a second time, and where it is needed takes that for a failure.

    ``plugin`` and ``plugins`` do not mind.
    """

    engines = ('uwsgi',)
    names = NEEDS
    code = 'UWS226'
    name = 'plugin-loaded-twice'
    severity = Severity.ERROR
    message = '{name!r} ends uWSGI: the plugin {plugin} is loaded already'
    help = 'keep one of the two lines'
    bad = (
        Example('uwsgi', '[uwsgi]\nplugins = python3,logfile\nneed-plugin = python3\n'),
        Example('uwsgi', '[uwsgi]\nneed-plugins = http, http\n'),
        Example('uwsgi', '[uwsgi]\nneed-plugin = rpc\nplugin = carbon\nneed-plugins = cgi,rpc\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nneed-plugin = python3\nplugin = python3\n'),
        Example('uwsgi', '[uwsgi]\nneed-plugins = python3,logfile\nplugin = http\n'),
        Example('uwsgi', '[uwsgi]\nplugin = psgi\nplugin = 5:quota\nneed-plugin = psgi\n'),
        Example(
            'uwsgi',
            '[uwsgi]\nif-env = FAST\nplugin = python3\nendif =\nneed-plugin = python3\n',
        ),
    )
    exceptions = 'None: it ends uWSGI whether the plugin is there or not.'
    source = (
        'core/uwsgi.c, uwsgi_opt_load_plugin(); core/plugins.c, uwsgi_load_plugin(). Measured with '
        'uWSGI 2.0.21: \'unable to load plugin "http"\', exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if found := loaded_twice(document):
            statement, plugin = found
            span, plugin = value(statement).span, shortened(plugin)
            yield self.report(document, span, name=statement.key, plugin=plugin)


def loaded_twice(document: Document) -> tuple[Statement, str] | None:
    """Return the first option that needs a plugin which is loaded already, and the plugin."""
    before: set[str] = set()
    loading = [statement for statement, _scope in document.named(*LOADS)]
    for statement in sorted(loading, key=lambda statement: statement.name.start):
        word = value(statement)
        is_certain = is_known(word) and is_applied(statement, document)
        for plugin, is_plain in loaded(word.text):
            if not is_certain or not is_plain:
                before.clear()  # it may take the place of any other
            elif plugin in before and statement.key in NEEDS:
                return statement, plugin
            else:
                before.add(plugin)
    return None
