"""The values in parts: what the setters of uWSGI refuse to start without.

Source: the function of each setter, in core/ and in plugins/ of uWSGI 2.0.31.
"""

from __future__ import annotations

import re
from typing import NamedTuple


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

OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
IPV4 = rf'{OCTET}(?:\.{OCTET}){{3}}'
NETWORK = f'{IPV4}(?:/[^ ]*)?'

CAPABILITY = _parts(rf'(?:.*,)?(?:{CAPABILITIES}|[0-9]+)(?:,.*)?', 'capabilities such as net_admin')
ADDRESSED = _parts(
    '(?=(?:.*,)?addr=)(?=(?:.*,)?(?:cert|crt)=)(?=(?:.*,)?key=).*',
    'addr=ADDRESS,cert=FILE,key=FILE',
)
LEGION = _parts('[^ ]* [^ ]* [^ ]* [^:]*:.*', 'LEGION ADDRESS VALOR CIPHER:SECRET')
# It is a node of itself, and of a node uWSGI wants a port.
MCAST = _parts('[^ ]* [^ :]*:[^ ]* [^ ]* [^:]*:.*', 'LEGION ADDRESS:PORT VALOR CIPHER:SECRET')
LEGION_PART = _parts('[^ ]* .*', 'LEGION VALUE')
LEGION_CRON = _parts(f'[^ ]* {TIMES}.*', 'LEGION MINUTE HOUR DAY MONTH WEEKDAY COMMAND')
CRON = _parts(f'{TIMES}.*', 'MINUTE HOUR DAY MONTH WEEKDAY COMMAND, with -1 for "every"')
SSL = _parts('[^,]*,[^,]*,.*', 'ADDRESS,CERTIFICATE,KEY')
DAEMON = _parts('[^ ]* .*', 'PIDFILE COMMAND')
# uWSGI looks for the legion only in a value as long as the "legion-" of the name is.
LEGION_DAEMON = _parts('(?!.{7}).*|[^ ]* .*', 'LEGION COMMAND')
LEGION_SMART_DAEMON = _parts('(?!.{7})[^ ]* .*|[^ ]* [^ ]* .*', 'LEGION PIDFILE COMMAND')
RUN = _parts('[^:]*:.*', 'ACTION:VALUE')
ROUTE = _parts('[^ ]* [^:]*:.*', 'PATTERN ACTION:VALUE')
ROUTE_IF = _parts('[^ :]*:[^ ]* [^:]*:.*', 'CONDITION:SUBJECT ACTION:VALUE')
NAMED = _parts('[^=]*=.*', 'NAME=VALUE')

UNSHARED = _parts(f'(?:{NAMESPACES}?(?:,{NAMESPACES}?)*)', 'namespaces such as pid,net')
PARTS = {
    'uwsgi_opt_add_cron': CRON,
    'uwsgi_opt_add_cgi_maphelper': _parts('[^=]*=.*', 'EXTENSION=COMMAND'),
    'uwsgi_opt_add_cron2': _parts('[^ =]*|[^ ]* .*', 'minute=MINUTE,hour=HOUR COMMAND'),
    'uwsgi_opt_add_cron_curl': CRON,
    'uwsgi_opt_add_legion_cron_curl': LEGION_CRON,
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
    'uwsgi_opt_https2': ADDRESSED,
    'uwsgi_opt_legion': LEGION,
    'uwsgi_opt_legion_hook': LEGION_PART,
    'uwsgi_opt_legion_mcast': MCAST,
    'uwsgi_opt_legion_node': _parts('[^ ]* [^:]*:.*', 'LEGION ADDRESS:PORT'),
    'uwsgi_opt_legion_quorum': LEGION_PART,
    'uwsgi_opt_legion_scroll': LEGION_PART,
    'uwsgi_opt_resolve': _parts('[^=]*=.*', 'NAME=DOMAIN'),
    'uwsgi_opt_safe_fd': _parts(r'(?!\s*-0*[1-9]).*', 'the number of an open file'),
    'uwsgi_opt_sslrouter': SSL,
    'uwsgi_opt_sslrouter2': ADDRESSED,
    'uwsgi_tuntap_opt_firewall': _parts(
        f'[^ ]*(?: [^ ]*)?|[^ ]* {NETWORK} {IPV4}(?:/.*)?', 'ACTION NETWORK NETWORK'
    ),
    'uwsgi_tuntap_opt_route': _parts(
        f'{NETWORK} {NETWORK} [^:]*:.*', 'NETWORK NETWORK ADDRESS:PORT'
    ),
    'uwsgi_opt_scd': _parts('[^:]*:.*', 'DIGEST:FOLDER'),
    'uwsgi_opt_set_cap': CAPABILITY,
    'uwsgi_opt_set_emperor_cap': CAPABILITY,
    'uwsgi_opt_set_placeholder': NAMED,
    'uwsgi_opt_set_unshare': UNSHARED,
    'uwsgi_opt_sni': _parts('[^ ]* [^,]*,.*', 'NAME CERTIFICATE,KEY'),
    'uwsgi_opt_static_map': _parts('[^=]*=.*', 'MOUNTPOINT=FOLDER'),
}
"""What each setter wants; options of one setter that differ stand in `BY_NAME`."""

BY_NAME = {
    'legion-attach-daemon': LEGION_DAEMON,
    'legion-smart-attach-daemon': LEGION_SMART_DAEMON,
    'legion-smart-attach-daemon2': LEGION_SMART_DAEMON,
    'smart-attach-daemon': DAEMON,
    'smart-attach-daemon2': DAEMON,
}
DAEMONS = 'uwsgi_opt_add_daemon'


def starts_as_cron(text: str) -> bool:
    """Whether a text that goes on with something unknown may still become the value of a cron."""
    return not text.strip() or text.lstrip()[0] in '+-0123456789'


def wanted(name: str, setter: str) -> Parts | None:
    """Return what an option wants, None where it takes anything."""
    if setter == DAEMONS:
        return BY_NAME.get(name)
    if setter == 'uwsgi_opt_add_route' and name.endswith(('-run', '-label')):
        return RUN if name.endswith('-run') else None
    if setter == 'uwsgi_opt_add_route' and name.endswith(('-if', '-if-not')):
        return ROUTE_IF
    return PARTS[setter]
