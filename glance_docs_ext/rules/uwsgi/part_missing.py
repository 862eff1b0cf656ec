"""UWS211: a value that lacks a part that uWSGI asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import applied, is_known, kind, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class Parts(NamedTuple):
    """What a value must look like at least, as a pattern and in words."""

    pattern: re.Pattern[str]
    wanted: str


def _parts(pattern: str, wanted: str) -> Parts:
    return Parts(re.compile(pattern, re.DOTALL), wanted)


# sscanf("%d %d %d %d %d"): blanks between the numbers may be missing, the numbers may not.
TIMES = r'\s*+[+-]?\d++(?:\s*+[+-]?\d++){4}'
CAPABILITIES = (
    'audit_control|audit_write|chown|dac_override|dac_read_search|fowner|fsetid|ipc_lock|ipc_owner|'
    'kill|lease|linux_immutable|mac_admin|mac_override|mknod|net_admin|net_bind_service|'
    'net_broadcast|net_raw|setfcap|setgid|setpcap|setuid|sys_admin|sys_boot|sys_chroot|sys_module|'
    'sys_nice|sys_pacct|sys_ptrace|sys_rawio|sys_resource|sys_time|sys_tty_config|syslog|wake_alarm'
)
NAMESPACES = '(?:fs|mount|mnt|ipc|uts|pid|net|user|files|sysvsem|io)'

CAPABILITY = _parts(rf'(?:.*,)?(?:{CAPABILITIES}|[0-9]+)(?:,.*)?', 'capabilities such as net_admin')
LEGION_NODE = _parts('[^ ]* .*', 'LEGION VALUE')
LEGION_CRON = _parts(f'[^ ]* {TIMES}.*', 'LEGION MINUTE HOUR DAY MONTH WEEKDAY COMMAND')
CRON = _parts(f'{TIMES}.*', 'MINUTE HOUR DAY MONTH WEEKDAY COMMAND, with -1 for "every"')
SSL = _parts('[^,]*,[^,]*,.*', 'ADDRESS,CERTIFICATE,KEY')
DAEMON = _parts('[^ ]* .*', 'PIDFILE COMMAND')
RUN = _parts('[^:]*:.*', 'ACTION:VALUE')
ROUTE = _parts('[^ ]* [^:]*:.*', 'PATTERN ACTION:VALUE')
NAMED = _parts('[^=]*=.*', 'NAME=VALUE')

PARTS = {
    'uwsgi_opt_add_addr_list': _parts('.+', 'an IP address'),
    'uwsgi_opt_add_cron': CRON,
    'uwsgi_opt_add_custom_option': _parts('[^=]*=.*', 'NAME=TEMPLATE'),
    'uwsgi_opt_add_daemon2': _parts('(?:.*,)?(?:cmd|command|exec)=.*', 'command=COMMAND'),
    'uwsgi_opt_add_dyn_dict': _parts('[^=]*=.*', 'KEY=VALUE'),
    'uwsgi_opt_add_legion_cron': LEGION_CRON,
    'uwsgi_opt_add_regexp_custom_list': _parts('[^ ]* .*', 'VALUE PATTERN'),
    'uwsgi_opt_add_regexp_dyn_dict': _parts('[^ ]* .*', 'PATTERN VALUE'),
    'uwsgi_opt_add_route': ROUTE,
    'uwsgi_opt_add_ssl_socket': SSL,
    'uwsgi_opt_add_unique_cron': CRON,
    'uwsgi_opt_add_unique_legion_cron': LEGION_CRON,
    'uwsgi_opt_corerouter_cs': _parts('[^:]*:[^:]*:.*', 'MODIFIER:FILE:FUNCTION'),
    'uwsgi_opt_https': SSL,
    'uwsgi_opt_https2': _parts(
        '(?=(?:.*,)?addr=)(?=(?:.*,)?cert=)(?=(?:.*,)?key=).*', 'addr=ADDRESS,cert=FILE,key=FILE'
    ),
    'uwsgi_opt_legion': _parts('[^ ]* [^ ]* [^ ]* [^:]*:.*', 'LEGION ADDRESS VALOR CIPHER:SECRET'),
    'uwsgi_opt_legion_hook': LEGION_NODE,
    'uwsgi_opt_legion_mcast': _parts(
        '[^ ]* [^ ]* [^ ]* [^:]*:.*', 'LEGION ADDRESS VALOR CIPHER:SECRET'
    ),
    'uwsgi_opt_legion_node': LEGION_NODE,
    'uwsgi_opt_legion_quorum': LEGION_NODE,
    'uwsgi_opt_legion_scroll': LEGION_NODE,
    'uwsgi_opt_resolve': _parts('[^=]*=.*', 'NAME=DOMAIN'),
    'uwsgi_opt_scd': _parts('[^:]*:.*', 'DIGEST:FOLDER'),
    'uwsgi_opt_set_cap': CAPABILITY,
    'uwsgi_opt_set_emperor_cap': CAPABILITY,
    'uwsgi_opt_set_placeholder': NAMED,
    'uwsgi_opt_set_unshare': _parts(
        f'(?:{NAMESPACES}?(?:,{NAMESPACES}?)*)', 'namespaces such as pid,net'
    ),
    'uwsgi_opt_sni': _parts('[^ ]* [^,]*,.*', 'NAME CERTIFICATE,KEY'),
    'uwsgi_opt_static_map': _parts('[^=]*=.*', 'MOUNTPOINT=FOLDER'),
}
"""What each setter wants; options of one setter that differ stand in `BY_NAME`."""

BY_NAME = {
    'legion-smart-attach-daemon': DAEMON,
    'legion-smart-attach-daemon2': DAEMON,
    'smart-attach-daemon': DAEMON,
    'smart-attach-daemon2': DAEMON,
}
DAEMONS = 'uwsgi_opt_add_daemon'

KINDS = frozenset((*PARTS, DAEMONS))


class PartMissing(Rule):
    """Some options want a value in two parts or more and refuse to start without."""

    engines = ('uwsgi',)
    kinds = KINDS
    code = 'UWS211'
    name = 'part-missing'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: it wants {wanted}'
    help = 'write it as {wanted}'
    bad = (
        Example('uwsgi', '[uwsgi]\nstatic-map = /srv/images\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = :9292\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = base\n'),
        Example('uwsgi', '[uwsgi]\nmaster = true\ncron = * * * * * /usr/bin/true\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nstatic-map = /images=/srv/images\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = :9292,/etc/tls/api.crt,/etc/tls/api.key\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = base=/srv\n'),
        Example('uwsgi', '[uwsgi]\nmaster = true\ncron = -1 -1 -1 -1 -1 /usr/bin/true\n'),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/ and plugins/http/https.c, the setters named in the table of this '
        'rule. Measured with uWSGI 2.0.21: "invalid document root in static map, syntax '
        'mountpoint=docroot" and the like, exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement in applied(document, engine, KINDS):
            word = value(statement)
            parts = _wanted(statement.key, kind(statement, engine))
            if parts is None or not is_known(word) or parts.pattern.fullmatch(word.text):
                continue
            span = word.span if word.text else statement.span
            text = shortened(word.text)
            yield self.report(document, span, name=statement.key, value=text, wanted=parts.wanted)


def _wanted(name: str, setter: str) -> Parts | None:
    """Return what an option wants, None where it takes anything."""
    if setter == DAEMONS:
        return BY_NAME.get(name)
    if setter == 'uwsgi_opt_add_route' and name.endswith(('-run', '-label')):
        return RUN if name.endswith('-run') else None
    return PARTS[setter]
