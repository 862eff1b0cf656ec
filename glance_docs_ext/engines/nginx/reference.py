"""The page of nginx's own manual that describes a directive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Entry


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MANUAL = 'https://nginx.org/en/docs/'

# Modules whose directives the manual describes on the page of another one.
ELSEWHERE = {
    'ngx_http_module': 'ngx_http_core_module',
    'ngx_http_copy_filter_module': 'ngx_http_core_module',
    'ngx_http_try_files_module': 'ngx_http_core_module',
    'ngx_http_upstream_hash_module': 'ngx_http_upstream_module',
    'ngx_http_upstream_ip_hash_module': 'ngx_http_upstream_module',
    'ngx_http_upstream_keepalive_module': 'ngx_http_upstream_module',
    'ngx_http_upstream_least_conn_module': 'ngx_http_upstream_module',
    'ngx_http_upstream_random_module': 'ngx_http_upstream_module',
    'ngx_http_upstream_zone_module': 'ngx_http_upstream_module',
    'ngx_http_image_filter_module': 'ngx_http_image_filter_module',
    'ngx_stream_module': 'ngx_stream_core_module',
    'ngx_stream_upstream_hash_module': 'ngx_stream_upstream_module',
    'ngx_stream_upstream_least_conn_module': 'ngx_stream_upstream_module',
    'ngx_stream_upstream_random_module': 'ngx_stream_upstream_module',
    'ngx_stream_upstream_zone_module': 'ngx_stream_upstream_module',
    'ngx_mail_module': 'ngx_mail_core_module',
}
CORE = _names(
    'ngx_core_module ngx_conf_module ngx_errlog_module ngx_events_module ngx_event_core_module '
    'ngx_openssl_module ngx_regex_module ngx_thread_pool_module'
)
# The modules of nginx itself, without "ngx_http_" and "_module" (and "_filter").
HTTP = _names(
    'access addition auth_basic auth_request autoindex browser charset core dav empty_gif fastcgi '
    'flv geo geoip grpc gunzip gzip gzip_static headers image_filter index js limit_conn limit_req '
    'log map memcached mirror mp4 perl proxy random_index realip referer rewrite scgi secure_link '
    'slice split_clients ssi ssl stub_status sub upstream userid uwsgi v2 v3 xslt'
)
STREAM = _names(
    'access core geo geoip js limit_conn log map pass proxy realip return set split_clients ssl '
    'ssl_preread upstream'
)
MAIL = _names('auth_http core imap pop3 proxy realip smtp ssl')
PAGES = {'http': HTTP, 'stream': STREAM, 'mail': MAIL}


def reference_url(entry: Entry) -> str:
    """Return the address of the entry's description at nginx.org, '' for a third party's."""
    if entry.owner in CORE:
        return f'{MANUAL}ngx_core_module.html#{entry.name}'
    owner = ELSEWHERE.get(entry.owner, entry.owner.replace('_filter_module', '_module'))
    parts = re.fullmatch(r'ngx_(http|stream|mail)_(\w+)_module', owner)
    if parts is None or parts[2] not in PAGES[parts[1]]:
        return ''
    return f'{MANUAL}{parts[1]}/{owner}.html#{entry.name}'
