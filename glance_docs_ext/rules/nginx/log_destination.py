"""NGX234: a log that nginx cannot write where it is sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.engines.nginx.predicates import after, like, one_of
from glance_docs_ext.engines.nginx.values import meant, size
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word


class LogDestination(StatementRule):
    """``syslog:`` has parameters of its own, and a log that is kept back needs a buffer.

    ``flush=`` says when to write what is in the buffer, so there must be one: ``buffer=`` or
    ``gzip``. What goes to syslog, or to a file whose name has a variable, cannot have one.
    A log is a file: nginx opens it when it starts, and a name that ends in ``/`` is a directory's.
    """

    code = 'NGX234'
    name = 'log-destination'
    severity = Severity.ERROR
    message = '{name}: {complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('access_log', 'error_log')
    bad = (
        Example('nginx', 'access_log /var/log/nginx/access.log combined flush=5s;\n'),
        Example('nginx', 'access_log /var/log/nginx/$host.log combined buffer=32k;\n'),
        Example('nginx', 'access_log syslog:server=127.0.0.1 combined gzip;\n'),
        Example('nginx', 'error_log syslog:server=127.0.0.1,severity=warning;\n'),
        Example('nginx', 'error_log syslog:tag=glance;\n'),
        Example('nginx', 'error_log memory:32;\n'),
        Example('nginx', 'access_log syslog:server=127.0.0.1,facility=local9;\n'),
        Example('nginx', 'access_log /srv/www/;\n'),
    )
    good = (
        Example('nginx', 'access_log /var/log/nginx/access.log combined gzip flush=5s;\n'),
        Example('nginx', 'access_log syslog:server=unix:/dev/log,tag=glance combined;\n'),
        Example('nginx', 'error_log syslog:server=[::1]:514,facility=local7,nohostname warn;\n'),
        Example('nginx', 'error_log memory:32m debug;\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_syslog_parse_args()``, ``ngx_http_log_set_log()``, ``ngx_log_set_log()``; each '
        'parameter, facility and severity was tried with nginx 1.22.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if _is_plain(statement.arguments):  # as nearly all
            return ()
        entries = meant(statement, engine.catalogue)
        if all(entry.owner.startswith('ngx_rtmp') for entry in entries):
            return ()  # it knows files only
        file, *behind = statement.arguments
        found = _destination(file.text, statement.key)
        word = file
        if not found and statement.key == 'access_log':
            word, found = _buffer(file, behind)
        if not found:
            return ()
        complaint, remedy = found
        name = statement.key
        return [self.report(document, word.span, name=name, complaint=complaint, remedy=remedy)]


SYSLOG, MEMORY = 'syslog:', 'memory:'
SMALLEST = 2048  # bytes of a log in memory: it holds one line at least
SEVERITIES = ('emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug')
FACILITIES = (
    *('kern', 'user', 'mail', 'daemon', 'auth', 'intern', 'lpr', 'news', 'uucp', 'clock'),
    *('authpriv', 'ftp', 'ntp', 'audit', 'alert', 'cron', *(f'local{n}' for n in range(8))),
)
PARAMETERS = (
    one_of('nohostname'),
    after('server=', lambda text: '$' in text or not parse(text).fault),
    after('facility=', one_of(*FACILITIES)),
    after('severity=', one_of(*SEVERITIES)),
    after('tag=', like('[A-Za-z0-9_]{0,32}')),
)
USAGE = 'it takes server=, facility=, severity=, nohostname, and a tag= of 32 letters or digits'


def _is_plain(words: tuple[Word, ...]) -> bool:
    """Whether a log goes to a file of a fixed name, and nothing says how it is kept back."""
    if not 0 < len(words) < 3:
        return False
    file = words[0].text
    return not file.startswith((SYSLOG, MEMORY)) and not file.endswith('/')


def _destination(text: str, name: str) -> tuple[str, str] | None:
    """Return what is wrong with where a log goes, and what to do about it."""
    if name == 'error_log' and text.startswith(MEMORY):
        given = text.removeprefix(MEMORY)
        if (size(given) or 0) < SMALLEST:
            return f'{shortened(given)!r} is no size for a log in memory', 'write 32m or the like'
    if not text.startswith(SYSLOG):
        is_directory = text.endswith('/') and '$' not in text and not text.startswith(MEMORY)
        return (
            (f'{shortened(text)!r} is a directory', 'name a file in it') if is_directory else None
        )
    seen: set[str] = set()
    for parameter in text.removeprefix(SYSLOG).split(','):
        if not any(test(parameter) for test in PARAMETERS):
            return f'syslog does not take {shortened(parameter)!r}', USAGE
        key = parameter.partition('=')[0]
        if key in seen and key != 'nohostname':
            return f'{key} of syslog stands twice', 'keep one of the two'
        seen.add(key)
    return None if 'server' in seen else ('syslog has no server', 'add server=ADDRESS')


def _buffer(file: Word, behind: list[Word]) -> tuple[Word, tuple[str, str] | None]:
    """Return a word that says how a log is kept back, and what is wrong with that."""
    kept = [word for word in behind[1:] if word.text.startswith(('buffer=', 'gzip'))]
    flush = [word for word in behind[1:] if word.text.startswith('flush=')]
    if flush and not kept:
        return flush[0], ('there is no buffer to flush', 'add buffer=SIZE')
    where = 'syslog' if file.text.startswith(SYSLOG) else 'a file with a variable in its name'
    if kept and ('$' in file.text or where == 'syslog'):
        return kept[0], (f'a log to {where} has no buffer', f'take {kept[0].text!r} away')
    return file, None
