"""UWS229: the plugin for Python, needed under another name than it was loaded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.plugins import LOADS, loaded
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.plugin_loaded_twice import NEEDS
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

GENERAL = 'python3'
OF_A_VERSION = re.compile(r'python3[0-9]+')


class PluginOfTwoNames(Rule):
    """Debian and Ubuntu have one plugin under two names: ``python3`` is ``python311`` there.

    uWSGI loads no plugin a second time, and where it is needed takes that for a failure.
    """

    engines = ('uwsgi',)
    names = NEEDS
    code = 'UWS229'
    name = 'plugin-of-two-names'
    severity = Severity.WARNING
    message = '{name!r} ends uWSGI where {plugin} is the plugin {first}, which is loaded already'
    help = 'keep one of the two lines'
    bad = (
        Example('uwsgi', '[uwsgi]\nplugin = python3\nneed-plugin = python311\n'),
        Example('uwsgi', '[uwsgi]\nneed-plugins = python39,http,python3\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nneed-plugin = python311\nplugin = python3\n'),
        Example('uwsgi', '[uwsgi]\nplugin = python39\nneed-plugin = python311\n'),
    )
    exceptions = 'The two are plugins for two versions of Python, of which uWSGI runs one.'
    source = (
        'core/plugins.c, uwsgi_load_plugin(). Measured with uWSGI 2.0.21 of Debian 12, where '
        'python3_plugin.so is a link: \'unable to load plugin "python311"\', exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        first = ''
        loading = [one for one, _scope in document.named(*LOADS) if is_applied(one, document)]
        for statement in sorted(loading, key=lambda statement: statement.name.start):
            word = value(statement)
            names = [name for name, _is_plain in loaded(word.text)] if is_known(word) else []
            for name in names:
                if first and statement.key in NEEDS and _are_two_names(first, name):
                    plugin = shortened(name)
                    yield self.report(
                        document, word.span, name=statement.key, plugin=plugin, first=first
                    )
                    return
                if name == GENERAL or OF_A_VERSION.fullmatch(name):
                    first = first or name


def _are_two_names(first: str, second: str) -> bool:
    """Whether one of two is the general name, and the other that of a version."""
    return (first == GENERAL) != (second == GENERAL) and all(
        name == GENERAL or OF_A_VERSION.fullmatch(name) for name in (first, second)
    )
