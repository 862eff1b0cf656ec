"""UWS405: options that need the master process, without it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.addresses import has_socket
from glance_docs_ext.rules.uwsgi.applications import APPLICATIONS
from glance_docs_ext.rules.uwsgi.values import FALSE, is_true, shows_all, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SERVICE = '[uwsgi]\nhttp-socket = 127.0.0.1:9292\nmodule = app:application\n'
MASTER = frozenset({'MASTER', 'LOG_MASTER', 'REQ_LOG_MASTER'})
EFFECTS = {
    'processes': 'a worker that dies is not replaced',
    'workers': 'a worker that dies is not replaced',
    'harakiri': 'the first request over it ends the service for good',
    'max-requests': 'after that many requests the service is gone for good',
    'exit-on-reload': 'nobody reloads',
}


class MissingMaster(Rule):
    """Nobody but the master starts a worker in the place of one that died, or reloads.

    Without it ``harakiri`` and ``max-requests`` end the only process there is, for good:
    ``harakiri`` at the first request that takes too long, ``max-requests`` after that many, though
    not within ``min-worker-lifetime``, 60 seconds.
    """

    engines = ('uwsgi',)
    names = EFFECTS
    code = 'UWS405'
    name = 'missing-master'
    severity = Severity.WARNING
    message = 'there is no master process for {options}: {effect}'
    help = 'add "master = true"'
    bad = (
        Example('uwsgi', f'{SERVICE}harakiri = 60\n'),
        Example('uwsgi', '[uwsgi]\nmaster = false\nmax-requests = 1000\n'),
        Example('uwsgi', f'{SERVICE}processes = 4\n'),
    )
    good = (
        Example(
            'uwsgi',
            f'{SERVICE}master = true\ndie-on-term = true\nharakiri = 60\nprocesses = 4\n',
        ),
        Example('uwsgi', '[uwsgi]\nprocesses = 4\nharakiri = 60\n'),
    )
    exceptions = 'The master is switched on on the command line, as init scripts do.'
    source = (
        'core/config.c, add_exported_option_do(): the flag UWSGI_OPT_MASTER. Measured '
        'with uWSGI 2.0.21 without master: a killed worker is not replaced; with harakiri = 1 a '
        'request of 5 s ends the process, with max-requests and min-worker-lifetime = 1 so does '
        'the last one allowed, and connections are refused from then on.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if has_master(document, engine):
            return
        whole = has_socket(document, engine) and not document.keys.isdisjoint(APPLICATIONS)
        if (not whole and 'master' not in document.keys) or not shows_all(document):
            return
        idle = [statement for statement, _scope in document.named(*EFFECTS) if _asks(statement)]
        if idle:
            first = min(idle, key=lambda statement: statement.name.start)
            names = ', '.join(dict.fromkeys(statement.key for statement in idle))
            yield self.report(document, first.name.span, options=names, effect=EFFECTS[first.key])


def has_master(document: Document, engine: Engine) -> bool:
    """Whether there is a master process; some options bring it with them."""
    if is_true(document, 'master'):
        return True
    return not document.keys.isdisjoint(_bringing_master(engine.catalogue))


@cache
def _bringing_master(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(key for key in catalogue if any(e.flags & MASTER for e in catalogue[key]))


def _asks(statement: Statement) -> bool:
    """Whether the option asks for something: two workers or more, a limit, a flag that is on."""
    text = value(statement).text
    match statement.key:
        case 'processes' | 'workers':
            return read_integer(text) > 1
        case 'harakiri' | 'max-requests':
            return read_integer(text) > 0
    return text.lower() not in FALSE
