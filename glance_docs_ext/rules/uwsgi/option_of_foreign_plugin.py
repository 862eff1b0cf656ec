"""UWS225: an unknown option behind a plugin that does not come with uWSGI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.spelling import SUGGESTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class OptionOfForeignPlugin(Rule):
    """A plugin brings options along, and one that is not uWSGI's own may bring any.

    So nobody here can tell an option of it from one that is misspelt.
    """

    engines = ('uwsgi',)
    names = ()  # it reports problems
    code = 'UWS225'
    name = 'option-of-foreign-plugin'
    severity = Severity.INFO
    message = 'uWSGI itself does not know the option {name!r}: it may be one of the plugin {plugin}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nplugins = python3,sentry\nsentri-dsn = https://s.example.org\n'),
        Example('uwsgi', '[uwsgi]\nplugin = /opt/x/dgram_plugin.so\ndgram-router = /run/d\n'),
        Example('uwsgi', '[uwsgi]\nplugin = %(mine)\nmine = quota\nalarm-disk = full 90\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nplugins = python3,sentry\nprocesses = 4\nthreads = 2\n'),
        Example('uwsgi', '[uwsgi]\nplugins = sentry\nbase = /srv\nchdir = %(base)/app\n'),
    )
    exceptions = 'The plugin brings it.'
    source = (
        'core/plugins.c, uwsgi_load_plugin(); core/config.c, uwsgi_opt_get(). Measured with uWSGI '
        '2.0.21 and a plugin made for it: its option is taken in strict mode behind "plugin = …", '
        'and refused before it.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        left = SUGGESTED
        for problem in document.problems:
            if problem.kind == self.name:
                name, plugin = problem.values['name'], problem.values['plugin']
                is_its_own = name.startswith(plugin)  # as the options of most plugins begin
                close = engine.catalogue.suggestions(name) if left > 0 and not is_its_own else ()
                what = ' or '.join(map(repr, close))
                remedy = f'did you mean {what}?' if close else 'look it up in its documentation'
                yield self.report(
                    document,
                    problem.span,
                    name=shortened(name),
                    plugin=shortened(plugin),
                    remedy=remedy,
                )
                left -= 1
