"""UWS420: a logger, a log encoder or an action of a hook that uWSGI has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.handlers import (
    ACTIONS,
    ENCODERS,
    LOGGERS,
    action,
    encoder,
    logger,
)
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_alone, is_applied, is_known, is_true, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

OF_LOGGERS = ('logger', 'req-logger', 'logger-req')
OF_ENCODERS = ('log-encoder', 'log-req-encoder')
OF_MASTER = 'hook-master-start'
# Those that run at every start, not only as root. At the others a worker or the emperor ends.
HOOKS = ('hook-asap', 'hook-in-jail', 'hook-pre-app', 'hook-post-app', OF_MASTER)
LOGGER = 'write it as in "logger = file:/var/log/app.log", or "logger = NAME file:..."'
ENCODER = 'write it as in "log-encoder = json ..."'
HOOK = 'write the action and a colon before it, as in "hook-pre-app = exec:COMMAND"'


class UnknownHandler(StatementRule):
    """uWSGI looks for these by their names when it starts, and ends where it has none such.

    A command alone is no action of a hook: ``exec:`` stands before it. Of two words of a logger the
    first is a name for it, and the second says what it is.
    """

    engines = ('uwsgi',)
    names = (*OF_LOGGERS, *OF_ENCODERS, *HOOKS)
    code = 'UWS420'
    name = 'unknown-handler'
    severity = Severity.ERROR
    message = 'uWSGI does not start with {value!r} for {name!r}: it has no {what}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nlogger = stderr\n'),
        Example('uwsgi', '[uwsgi]\nreq-logger = file /var/log/requests.log\n'),
        Example('uwsgi', '[uwsgi]\nlog-encoder = jsn {"unix": ${unix}}\n'),
        Example('uwsgi', '[uwsgi]\nhook-pre-app = ./manage.py migrate\n'),
        Example('uwsgi', '[uwsgi]\nhook-in-jail = run:./prepare\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nlogger = requests file:/var/log/requests.log\n'),
        Example('uwsgi', '[uwsgi]\nlogger = stdio\nlog-encoder = nl\nlog-encoder = json:a {}\n'),
        Example('uwsgi', '[uwsgi]\nhook-pre-app = !exec:./manage.py migrate\n'),
        Example('uwsgi', '[uwsgi]\nplugin = quota\nhook-asap = setquota:/srv 1000 10\n'),
        Example('uwsgi', '[uwsgi]\nhook-master-start = none:\n'),
    )
    exceptions = 'A plugin of somebody else brings it, which is loaded on the command line.'
    source = (
        'core/logging.c, core/hooks.c. Measured with uWSGI 2.0.21: "unable to find logger stderr", '
        '"log encoder "jsn" not found", "hook action not found: run", "invalid hook syntax, must '
        'be hook:args", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = value(statement)
        if not word.text or not is_known(word) or not is_applied(statement, document):
            return
        what, remedy = _lacking(statement.key, word.text)
        if what and not document.once(_may_bring_more):
            if statement.key == OF_MASTER and not is_true(document, 'master'):
                return
            text, name = shortened(word.text), statement.key
            yield self.report(document, word.span, value=text, name=name, what=what, remedy=remedy)


def _lacking(key: str, text: str) -> tuple[str, str]:
    """Return what uWSGI has not, and what to do about it; '' for nothing."""
    if key in OF_LOGGERS:
        name = logger(text)
        return ('' if name in LOGGERS else f'logger {shortened(name)!r}'), LOGGER
    if key in OF_ENCODERS:
        name = encoder(text)
        return ('' if name in ENCODERS else f'log encoder {shortened(name)!r}'), ENCODER
    found = action(text)
    if found is None:
        return 'colon behind an action', HOOK
    return ('' if found in ACTIONS else f'action {shortened(found)!r}'), HOOK


def _may_bring_more(document: Document) -> bool:
    """Whether a plugin of somebody else may be loaded, by the block or what that loads."""
    plugins = [value(statement).text for statement, _scope in document.named(*LOADS)]
    return not is_alone(document) or any(map(foreign, plugins))
