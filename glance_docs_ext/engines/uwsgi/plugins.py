"""Which plugins a text loads, and whether they are uWSGI's own.

Source: the folders of ``plugins`` in uWSGI 2.0.21, ``uwsgi_opt_load_plugin()`` of core/uwsgi.c and
``uwsgi_load_plugin()`` of core/plugins.c. What an own plugin brings is in the catalogue; what
one of somebody else brings nobody here knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADS = frozenset({'plugins', 'plugin', 'need-plugins', 'need-plugin'})
_OWN = (
    'airbrake alarm_curl alarm_speech alarm_xmpp asyncio cache carbon cgi cheaper_backlog2 '
    'cheaper_busyness clock_monotonic clock_realtime corerouter coroae cplusplus curl_cron '
    'dumbloop dummy echo emperor_amqp emperor_mongodb emperor_pg emperor_zeromq example '
    'exception_log fastrouter fiber forkptyrouter gccgo geoip gevent glusterfs graylog2 greenlet '
    'gridfs http jvm jwsgi ldap legion_cache_fetch libffi libtcc logcrypto logfile logpipe '
    'logsocket logzmq lua luajit matheval mongodb mongodblog mongrel2 mono msgpack nagios notfound '
    'objc_gc pam php ping psgi pty pypy python pyuwsgi rack rados rawrouter rbthreads redislog '
    'ring router_access router_basicauth router_cache router_expires router_hash router_http '
    'router_memcached router_metrics router_radius router_redirect router_redis router_rewrite '
    'router_spnego router_static router_uwsgi router_xmldir rpc rrdtool rsyslog ruby servlet '
    'signal spooler sqlite3 ssi sslrouter stackless stats_pusher_file stats_pusher_mongodb '
    'stats_pusher_socket stats_pusher_statsd symcall syslog systemd_logger tornado '
    'transformation_chunked transformation_gzip transformation_offload transformation_template '
    'transformation_tofile transformation_toupper tuntap ugreen v8 webdav xattr xslt zabbix '
    'zergpool'
)
# Distributions name the version of the language behind it: python35, rack_ruby31, jvm_openjdk-11.
OWN = re.compile(
    rf'(?:{"|".join(sorted(_OWN.split()))})'
    r'(?:[_-]?(?:python|ruby|openjdk)?[_-]?[0-9][0-9._-]*|[_-](?:python|ruby|openjdk|plugin))?'
)

# They answer the requests of the same number as another plugin, and take its place.
_SHARED = frozenset({'dummy', 'notfound', 'pypy', 'cplusplus', 'example'})


def loaded(value: str) -> Iterator[tuple[str, bool]]:
    """Yield each plugin of ``plugins = VALUE``, and whether it leaves all others in their place."""
    for plugin in value.split(','):
        name = plugin.strip().removesuffix('_plugin.so')
        if name:
            yield name, OWN.fullmatch(name) is not None and name not in _SHARED


def foreign(value: str) -> str:
    """Return the first plugin of ``plugins = VALUE`` that is not known to be uWSGI's, or ''.

    A placeholder may stand for any.
    """
    for plugin in value.split(','):
        named = plugin.strip().rpartition(':')[2].partition('|')[0]  # MODIFIER:NAME|FUNCTION
        name = named.rpartition('/')[2].removesuffix('_plugin.so')
        if name and not OWN.fullmatch(name):
            return name
    return ''
