"""UWS413: an option that stands before the plugin it belongs to, in strict mode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import is_true, shows_all, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

PLUGIN = re.compile(r'[a-z_]+')
LOADING = ('plugins', 'plugin', 'need-plugins', 'need-plugin')


class OptionBeforeItsPlugin(Rule):
    """A plugin brings its options along, and strict mode asks for each line whether it is known.

    Where Python is a plugin, ``module`` is an unknown option until ``plugins = python3`` has been
    read. Without ``strict`` the order does not matter.
    """

    engines = ('uwsgi',)
    names = LOADING
    code = 'UWS413'
    name = 'option-before-its-plugin'
    severity = Severity.WARNING
    message = '{option!r} is not known yet: strict mode ends uWSGI before the plugin is loaded'
    help = 'move {plugins} to the top of the section'
    bad = (Example('uwsgi', '[uwsgi]\nstrict = true\nmodule = app\nplugins = python3\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nstrict = true\nplugins = python3\nmodule = app\n'),
        Example('uwsgi', '[uwsgi]\nmodule = app\nplugins = python3\n'),
    )
    exceptions = 'The plugin is also loaded on the command line, or built into this uWSGI.'
    source = (
        'core/config.c, add_exported_option_do(). Measured with uWSGI 2.0.21 of Debian: '
        '"[strict-mode] unknown config directive: module".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if not is_true(document, 'strict') or not shows_all(document):
            return
        loading = [statement for statement, _scope in document.named(*LOADING)]
        if not loading:
            return
        switched = min(s.name.start for s, _scope in document.named('strict'))
        first: dict[str, int] = {}
        for statement in loading:
            for plugin in PLUGIN.findall(value(statement).text):
                start = first.get(plugin, statement.name.start)
                first[plugin] = min(start, statement.name.start)
        for statement, _scope in document.placed:
            for entry in engine.catalogue[statement.key][:1]:
                if switched < statement.name.start < first.get(entry.owner, 0):
                    yield self.report(
                        document,
                        statement.name.span,
                        option=statement.key,
                        plugins=shortened(f'{loading[0].key} = {value(loading[0]).text}'),
                    )
