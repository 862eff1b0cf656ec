"""UWS421: a logger whose plugin is not loaded, where plugins are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.handlers import LOGGERS, logger
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign, loaded
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.unknown_handler import OF_LOGGERS
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, is_whole, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

LANGUAGE = re.compile(r'python3[0-9]*|psgi|rack[_0-9a-z]*|php[0-9]?|lua[0-9]*')
"""The plugins for languages that distributions package; uWSGI from PyPI has Python built in."""


class LoggerWithoutPlugin(Rule):
    """Debian, Ubuntu and Fedora package the loggers as plugins, as they do the languages.

    Whoever has to load ``python3`` there has to load ``logfile`` for ``logger = file:...`` as well,
    or uWSGI does not start.
    """

    engines = ('uwsgi',)
    names = OF_LOGGERS
    code = 'UWS421'
    name = 'logger-without-plugin'
    severity = Severity.INFO
    message = (
        'the uWSGI of Debian, Ubuntu and Fedora has the logger {logger} in the plugin {plugin}'
    )
    help = 'add "plugin = {plugin}" for these'
    bad = (
        Example('uwsgi', '[uwsgi]\nplugin = python3\nlogger = file:/var/log/glance.log\n'),
        Example('uwsgi', '[uwsgi]\nplugins = psgi,logfile\nreq-logger = syslog:glance\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nplugins = python3,logfile\nlogger = file:/var/log/a.log\n'),
        Example('uwsgi', '[uwsgi]\nlogger = file:/var/log/glance.log\n'),
        Example('uwsgi', '[uwsgi]\nplugin = python3\nlogger = python\n'),
    )
    exceptions = 'Another uWSGI is deployed, or the plugin is loaded on its command line.'
    source = 'Measured with uWSGI 2.0.21 of Debian 12: "unable to find logger file", exit status 1.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        logs = [one for one, _scope in document.named(*OF_LOGGERS) if is_applied(one, document)]
        values = [value(statement) for statement, _scope in document.named(*LOADS)]
        if not logs or not all(map(is_known, values)) or not is_whole(document):
            return
        plugins = {name for word in values for name, _is_plain in loaded(word.text)}
        if not any(map(LANGUAGE.fullmatch, plugins)) or any(foreign(w.text) for w in values):
            return
        for statement in logs:
            word = value(statement)
            name = logger(word.text)
            plugin = LOGGERS.get(name, 'python')
            if plugin != 'python' and plugin not in plugins and is_known(word):
                plugins.add(plugin)
                yield self.report(document, word.span, logger=name, plugin=plugin)
