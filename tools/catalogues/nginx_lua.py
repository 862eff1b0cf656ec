"""The directives of OpenResty's Lua that Debian's module has not: of ``stream``, and younger ones.

Names and contexts are those of the manuals of lua-nginx-module and stream-lua-nginx-module.
"""

from __future__ import annotations

HTTP, STREAM = 'ngx_http_lua_module', 'ngx_stream_lua_module'

_HTTP, _SERVER = ('http', 'server', 'location'), ('stream', 'stream-server')

# By module: where the phases may stand; each has a block and a file.
PHASES = (
    (HTTP, 'precontent', (*_HTTP, 'location-if')),
    (HTTP, 'proxy_ssl_certificate', _HTTP),
    (HTTP, 'proxy_ssl_verify', _HTTP),
    (STREAM, 'init', ('stream',)),
    (STREAM, 'init_worker', ('stream',)),
    (STREAM, 'preread', _SERVER),
    (STREAM, 'content', ('stream-server',)),
    (STREAM, 'balancer', ('stream-upstream',)),
    (STREAM, 'log', _SERVER),
    (STREAM, 'ssl_client_hello', _SERVER),
    (STREAM, 'ssl_certificate', _SERVER),
    (STREAM, 'proxy_ssl_certificate', _SERVER),
    (STREAM, 'proxy_ssl_verify', _SERVER),
)

# Where single directives may stand, and how many arguments they take.
SINGLE = (
    (
        HTTP,
        'lua_upstream_skip_openssl_default_verify',
        (*_HTTP, 'location-if', 'upstream'),
        (1, None),
    ),
    (HTTP, 'precontent_by_lua_no_postpone', ('http',), (1, 1)),
    (STREAM, 'init_by_lua init_worker_by_lua', ('stream',), (1, 1)),
    (STREAM, 'content_by_lua', ('stream-server',), (1, 1)),
    (
        STREAM,
        (
            'lua_add_variable lua_capture_error_log lua_load_resty_core lua_malloc_trim '
            'lua_max_pending_timers lua_max_running_timers lua_package_cpath lua_package_path '
            'lua_regex_cache_max_entries lua_regex_match_limit lua_sa_restart '
            'lua_thread_cache_max_entries preread_by_lua_no_postpone'
        ),
        ('stream',),
        (1, 1),
    ),
    (STREAM, 'lua_shared_dict', ('stream',), (2, 2)),
    (
        STREAM,
        (
            'lua_check_client_abort lua_code_cache lua_lingering_close lua_lingering_time '
            'lua_lingering_timeout lua_socket_buffer_size lua_socket_connect_timeout '
            'lua_socket_keepalive_timeout lua_socket_log_errors lua_socket_pool_size '
            'lua_socket_read_timeout lua_socket_send_lowat lua_socket_send_timeout '
            'lua_ssl_certificate lua_ssl_certificate_key lua_ssl_ciphers lua_ssl_crl '
            'lua_ssl_key_log lua_ssl_trusted_certificate lua_ssl_verify_depth'
        ),
        _SERVER,
        (1, 1),
    ),
    (STREAM, 'lua_ssl_conf_command', _SERVER, (2, 2)),
    (STREAM, 'lua_ssl_protocols', _SERVER, (1, None)),
)
