"""The directives that nginx itself lacks: of its subscription, and of modules that come apart.

Names, contexts and modules are those of the pages at nginx.org and of the modules' own pages.
"""

from __future__ import annotations

PLUS = 'plus'
"""The origin of what is a part of the commercial subscription."""

_BY = ('proxy', 'fastcgi', 'grpc', 'memcached', 'scgi', 'uwsgi', 'tunnel')
_ZONE_SYNC_TLS = (
    'ssl ssl_certificate ssl_certificate_key ssl_ciphers ssl_conf_command ssl_crl ssl_name '
    'ssl_password_file ssl_protocols ssl_server_name ssl_trusted_certificate ssl_verify '
    'ssl_verify_depth'
)
_ZONE_SYNC = (
    'buffers connect_retry_interval connect_timeout interval recv_buffer_size server timeout '
    f'{_ZONE_SYNC_TLS}'
)
_CHECK = 'http_send http_expect_alive keepalive_requests shm_size status'
_UPLOAD = (
    'add_header aggregate_form_field buffer_size cleanup empty_fiels_names limit_rate '
    'max_file_size max_output_body_len max_part_header_len merge_buffer_size pass pass_args '
    'pass_form_field range_header_buffer_size resumable set_form_field state_store store '
    'store_access tame_arrays'
)

# By origin: the module (what it is called where it is no part of nginx), and its directives.
MODULES: dict[str, tuple[tuple[str, str], ...]] = {
    PLUS: (
        ('ngx_http_api_module', 'api status_zone'),
        (
            'ngx_http_auth_jwt_module',
            (
                'auth_jwt auth_jwt_claim_set auth_jwt_header_set auth_jwt_key_cache '
                'auth_jwt_key_file auth_jwt_key_request auth_jwt_leeway auth_jwt_require '
                'auth_jwt_type'
            ),
        ),
        ('ngx_http_auth_require_module', 'auth_require'),
        ('ngx_http_f4f_module', 'f4f f4f_buffer_size'),
        (
            'ngx_http_hls_module',
            'hls_buffers hls_forward_args hls_mp4_buffer_size hls_mp4_max_buffer_size',
        ),
        ('ngx_http_internal_redirect_module', 'internal_redirect'),
        ('ngx_http_keyval_module', 'keyval keyval_zone'),
        ('ngx_http_mp4_module', 'mp4_limit_rate mp4_limit_rate_after'),
        ('ngx_http_num_map_module', 'num_map'),
        ('ngx_http_oidc_module', 'auth_oidc oidc_provider'),
        ('ngx_http_session_log_module', 'session_log session_log_format session_log_zone'),
        ('ngx_http_ssl_module', 'ssl_key_log grpc_ssl_key_log proxy_ssl_key_log uwsgi_ssl_key_log'),
        ('ngx_http_status_module', 'status status_format'),
        ('ngx_http_upstream_conf_module', 'upstream_conf'),
        ('ngx_http_upstream_hc_module', 'health_check match'),
        ('ngx_http_upstream_module', 'ntlm queue state sticky_cookie_insert'),
        *(
            (f'ngx_http_{by}_module', f'{by}_allow_upstream {by}_bind_dynamic {by}_request_dynamic')
            for by in _BY
        ),
        ('ngx_mgmt_module', 'mgmt'),
        (
            'ngx_stream_mqtt_filter_module',
            'mqtt mqtt_buffers mqtt_rewrite_buffer_size mqtt_set_connect',
        ),
        ('ngx_stream_mqtt_preread_module', 'mqtt_preread'),
        ('ngx_stream_proxy_module', 'proxy_session_drop'),
        ('ngx_stream_upstream_hc_module', 'health_check_timeout'),
        (
            'ngx_stream_zone_sync_module',
            ' '.join(['zone_sync', *(f'zone_sync_{name}' for name in _ZONE_SYNC.split())]),
        ),
    ),
    'apart': (  # of nginx' own, in packages and repositories of their own
        ('ngx_http_acme_module', 'acme_issuer acme_certificate acme_shared_zone'),
        (
            'ngx_otel_module',
            (
                'otel_exporter otel_resource_attr otel_service_name otel_span_attr otel_span_name '
                'otel_trace otel_trace_context'
            ),
        ),
    ),
    'others': (
        (
            'nginx_upstream_check_module',
            ' '.join(['check', *(f'check_{name}' for name in _CHECK.split())]),
        ),
        (
            'redis2-nginx-module',
            'redis2_pass redis2_query redis2_raw_query redis2_raw_queries redis2_literal_raw_query',
        ),
        ('nginx-module-vts', 'vhost_traffic_status'),
        (
            'NAXSI',
            (
                'BasicRule basic_rule CheckRule check_rule DeniedUrl denied_url IgnoreCIDR '
                'IgnoreIP LearningMode learning_mode LibInjectionSql libinjection_sql '
                'LibInjectionXss libinjection_xss MainRule main_rule SecRulesDisabled '
                'rules_disabled SecRulesEnabled rules_enabled'
            ),
        ),
        ('ModSecurity 2', 'ModSecurityConfig ModSecurityEnabled'),
        ('ngx_pagespeed', 'pagespeed'),
        ('Phusion Passenger', 'rack_env rails_env'),
        ('nginx-http-concat', 'concat concat_delimiter concat_ignore_file_error concat_max_files'),
        ('nginx-http-concat', 'concat_types concat_unique'),
        ('nginx-http-footer-filter', 'footer footer_types'),
        ('Tengine', 'req_status req_status_lazy req_status_show req_status_zone session_sticky'),
        ('Tengine', 'session_sticky_hide_cookie tfs_pass trim trim_css trim_js trim_types'),
        ('ngx_http_redis', 'redis_bind redis_buffer_size redis_connect_timeout redis_gzip_flag'),
        ('ngx_http_redis', 'redis_next_upstream redis_pass redis_read_timeout redis_send_timeout'),
        ('nginx-ct', 'ssl_ct ssl_ct_static_scts'),
        ('nginx-upload-module', ' '.join(f'upload_{name}' for name in _UPLOAD.split())),
        ('nginx_limit_speed_module', 'limit_speed limit_speed_zone'),
        ('nginx_tcp_proxy_module', 'tcp'),
        ('nginx_cookie_flag_module', 'set_cookie_flag'),
        ('array-var-nginx-module', 'array_join array_map array_map_op array_split'),
        ('form-input-nginx-module', 'set_form_input set_form_input_multi'),
        ('nginx-sticky-module', 'sticky_hide_cookie sticky_no_fallback'),
        ('nginx-module-sts', 'server_traffic_status stream_server_traffic_status'),
        ('ngx_http_flv_live_module', 'flv_live'),
        ('nginx-auth-ldap', 'ldap_server'),
        ('ngx-gm-filter', 'gm gm_buffer gm_image_quality'),
        ('ModSecurity-nginx 1.0.4', 'modsecurity_use_error_log'),
    ),
}
# Modules whose directives all begin alike, and those of no other one do.
FAMILIES = {
    'app_protect_': 'F5 WAF for NGINX (App Protect)',
    'auth_digest': 'nginx-http-auth-digest',
    'auth_gss': 'spnego-http-auth-nginx-module',
    'auth_ldap': 'nginx-auth-ldap',
    'datadog_': 'nginx-datadog',
    'dns_proxy_': 'ngx_stream_dns_proxy_module',
    'drizzle_': 'drizzle-nginx-module',
    'encrypted_session_': 'encrypted-session-nginx-module',
    'eval_': 'nginx-eval-module',
    'lua_kong_': 'lua-kong-nginx-module',
    'modsecurity_phase4_': 'ModSecurity-nginx with late interventions',
    'opentracing': 'nginx-opentracing',
    'passenger_': 'Phusion Passenger',
    'pg_': 'ngx_pg_module',
    'postgres_': 'ngx_postgres',
    'pq_': 'ngx_pq_module',
    'push_stream_': 'nginx-push-stream-module',
    'rds_csv': 'rds-csv-nginx-module',
    'rds_json': 'rds-json-nginx-module',
    'replace_filter': 'replace-filter-nginx-module',
    'security_headers': 'ngx_security_headers',
    'server_traffic_status_': 'nginx-module-sts',
    'shib_request': 'nginx-http-shibboleth',
    'slowfs_': 'ngx_slowfs_cache',
    'small_light': 'ngx_small_light',
    'statsd_': 'nginx-statsd',
    'stream_server_traffic_status_': 'nginx-module-sts',
    'sysguard': 'nginx-module-sysguard',
    'testcookie': 'testcookie-nginx-module',
    'upsync': 'nginx-upsync-module',
    'vhost_traffic_status_': 'nginx-module-vts',
    'vod_': 'nginx-vod-module',
    'zstd': 'zstd-nginx-module',
}
BLOCKS = (
    *('acme_issuer', 'ldap_server', 'match', 'mgmt', 'num_map', 'oidc_provider'),
    *('otel_exporter', 'tcp'),
)
"""Those whose lines belong to them alone."""

VARIABLES = {
    'http': [
        'acme_certificate',
        'acme_certificate_key',
        *(f'otel_{name}' for name in ('parent_id', 'parent_sampled', 'span_id', 'trace_id')),
    ],
    'stream': [],
}
PREFIXES = {'http': ['jwt_claim_', 'jwt_header_', 'oidc_claim_'], 'stream': []}


def elsewhere(known: frozenset[str]) -> dict[str, dict[str, str]]:
    """Return the names that are not ``known``, each with its module and its origin."""
    return {
        name: {'owner': owner, 'origin': origin}
        for origin, modules in MODULES.items()
        for owner, names in modules
        for name in names.split()
        if name not in known
    }
