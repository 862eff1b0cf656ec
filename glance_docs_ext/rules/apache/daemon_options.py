"""The options of WSGIDaemonProcess and the values that they take.

From ``wsgi_add_daemon_process()`` of mod_wsgi 4.9.4, each tried. It reads most numbers by
``atoi()``: what follows the digits is not looked at, and a word counts as 0.
"""

from __future__ import annotations

import re

Form = tuple[str, re.Pattern[str]]

ANY: Form = ('a value', re.compile(r'.*', re.DOTALL))
NAME: Form = ('a name', re.compile(r'.+', re.DOTALL))
# ap_uname2id() takes what stands behind a "#" for the number, by atoi(): "#" alone is root, too.
USER: Form = ('another user than root', re.compile(r'(?!root\Z|#(?!\s*[-+]?0*[1-9])).+', re.DOTALL))
PATH: Form = ('an absolute path', re.compile(r'/.*', re.DOTALL))
COUNT: Form = ('a number', re.compile(r'(?!\s*-0*[1-9]).+', re.DOTALL))
AT_LEAST_1: Form = ('a number greater than 0', re.compile(r'\s*\+?0*[1-9].*', re.DOTALL))
THREADS: Form = (
    'a number of threads',
    re.compile(r'(?!\s*-0*[1-9]|\s*\+?0*[1-9][0-9]{4}).+', re.DOTALL),
)


def _at_least(minimum: int) -> Form:
    """Return the form of a size that may be 0, or ``minimum`` or more."""
    digits = len(str(minimum))
    smaller = '|'.join(
        rf'{str(minimum)[:at]}[0-{int(str(minimum)[at]) - 1}][0-9]{{{digits - at - 1}}}'
        for at in range(digits)
        if int(str(minimum)[at]) > (at == 0)
    )
    short = rf'[1-9][0-9]{{0,{digits - 2}}}'
    first = smaller.replace('[0-', '[1-', 1)
    return (
        f'0, or a number of bytes from {minimum} on',
        re.compile(rf'(?!\s*-0*[1-9]|\s*\+?0*(?:{short}|{first})(?![0-9])).+', re.DOTALL),
    )


OPTIONS: dict[str, Form] = {
    **dict.fromkeys(('processes', 'stack-size'), AT_LEAST_1),
    **dict.fromkeys(
        (
            *('maximum-requests', 'startup-timeout', 'shutdown-timeout', 'deadlock-timeout'),
            *('inactivity-timeout', 'request-timeout', 'graceful-timeout', 'eviction-timeout'),
            *('restart-interval', 'connect-timeout', 'socket-timeout', 'queue-timeout'),
            *('listen-backlog', 'response-socket-timeout', 'cpu-time-limit', 'memory-limit'),
            'virtual-memory-limit',
        ),
        COUNT,
    ),
    **dict.fromkeys(('group', 'socket-user', 'script-user', 'script-group'), NAME),
    **dict.fromkeys(
        (
            *('lang', 'locale', 'python-home', 'python-path', 'python-eggs', 'display-name'),
            *('supplementary-groups', 'cpu-priority', 'newrelic-config-file'),
            'newrelic-environment',
        ),
        ANY,
    ),
    'user': USER,
    'threads': THREADS,
    'umask': ('an octal number, as 022', re.compile(r'\s*\+?[0-7]+')),
    'chroot': PATH,
    'home': PATH,
    'send-buffer-size': _at_least(512),
    'receive-buffer-size': _at_least(512),
    'header-buffer-size': _at_least(8192),
    'response-buffer-size': _at_least(65536),
    'server-metrics': ('On or Off', re.compile(r'on|off', re.IGNORECASE)),
}
