"""What uWSGI has by name to log with, to encode a log with, and to do at a hook.

Source: ``uwsgi_register_logger()``, ``uwsgi_register_log_encoder()`` and ``uwsgi_register_hook()``
wherever core and plugins of uWSGI 2.0.31 call them; 2.0.21 has the same.
"""

from __future__ import annotations

LOGGERS = {
    **dict.fromkeys(('file', 'fd', 'stdio'), 'logfile'),
    **dict.fromkeys(('zmq', 'zeromq'), 'logzmq'),
    'socket': 'logsocket',
    'pipe': 'logpipe',
    'crypto': 'logcrypto',
    'syslog': 'syslog',
    'rsyslog': 'rsyslog',
    'redislog': 'redislog',
    'graylog2': 'graylog2',
    'mongodblog': 'mongodblog',
    'systemd': 'systemd_logger',
    'python': 'python',
}
"""The loggers, each with the plugin that brings it."""

_ENCODERS = 'prefix suffix nl format json gzip compress msgpack'
ENCODERS = frozenset(_ENCODERS.split())
_ACTIONS = (
    'cd chdir mkdir putenv chmod chown chown2 sticky exec safeexec create creat write writen '
    'append appendn writefifo unlink mount umount call callret callint callintret hostname alarm '
    'rpc retryrpc wait_for_fs wait_for_file wait_for_dir wait_for_socket unix_signal spinningfifo '
    'exit print log tcc ffi'
)
ACTIONS = frozenset(_ACTIONS.split())
"""What a hook can do."""


def logger(value: str) -> str:
    """Return the logger of ``logger = [ID ]NAME[:ARGUMENTS]``: setup_choosen_logger()."""
    identifier, blank, rest = value.partition(' ')
    is_identifier = blank and all(sign.isascii() and sign.isalnum() for sign in identifier)
    return (rest if is_identifier else value).partition(':')[0]


def encoder(value: str) -> str:
    """Return the encoder of ``log-encoder = NAME[:LOGGER][ ARGUMENTS]``."""
    return value.partition(' ')[0].partition(':')[0]


def action(value: str) -> str | None:
    """Return what a hook does, None where no colon ends the name."""
    name, colon, _ = value.partition(':')
    return name.removeprefix('!') if colon else None
