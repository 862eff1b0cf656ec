"""Write the nginx catalogue: every directive and variable, read out of the installed modules.

What newer versions brought is listed below, by hand, with the version from nginx's own CHANGES.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.catalogues import nginx_elsewhere, nginx_lua
from tools.catalogues.nginx_elf import NUM_SLOT, Module, Variable, read_modules, read_variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CATALOGUES = Path(__file__).parents[2] / 'glance_docs_ext' / 'engines' / 'nginx' / 'catalogues'
VERSION = '1.31'
OLDEST = '1.22'  # that of the modules which are read

# src/core/ngx_conf_file.h
ARITIES = [(1 << count, count) for count in range(8)]
BLOCK, FLAG = 0x100, 0x200
OPEN_ARITIES = ((0x400, 0, None), (FLAG, 1, 1), (0x800, 1, None), (0x1000, 2, None))
MAIN = 0x01000000

# The number that a module carries as its type, and what the bits of its commands mean.
CONTEXTS: dict[bytes, dict[int, str]] = {
    b'CORE': {},
    b'CONF': {},
    b'EVNT': {0x02000000: 'events'},
    b'HTTP': {
        0x02000000: 'http',
        0x04000000: 'server',
        0x08000000: 'location',
        0x10000000: 'upstream',
        0x20000000: 'server-if',
        0x40000000: 'location-if',
        0x80000000: 'limit-except',
    },
    b'STRM': {0x02000000: 'stream', 0x04000000: 'stream-server', 0x08000000: 'stream-upstream'},
    b'MAIL': {0x02000000: 'mail', 0x04000000: 'mail-server'},
    b'RTMP': {
        0x02000000: 'rtmp',
        0x04000000: 'rtmp-server',
        0x08000000: 'rtmp-application',
        0x10000000: 'rtmp-recorder',
    },
}
EVERYWHERE = ['main', *(name for bits in CONTEXTS.values() for name in bits.values())]

# Blocks whose lines are data: what stands first on a line is no directive.
LINES = ('map', 'geo', 'geoip2', 'types', 'split_clients', 'charset_map')

HTTP = ['http', 'server', 'location']
TLS = ['http', 'server']


class New(NamedTuple):
    """A directive that is younger than the modules which are read."""

    name: str
    owner: str
    since: str
    contexts: list[str]
    kind: str = ''
    arity: tuple[int, int | None] = (1, 1)
    flags: Sequence[str] = ()


FLAG_SLOT = 'ngx_conf_set_flag_slot'
SIZE_SLOT, MSEC_SLOT = 'ngx_conf_set_size_slot', 'ngx_conf_set_msec_slot'
ENUM_SLOT = 'ngx_conf_set_enum_slot'
QUIC, PROXY, TUNNEL = 'ngx_http_v3_module', 'ngx_http_proxy_module', 'ngx_http_tunnel_module'
STREAM, MAIL = ['stream', 'stream-server'], ['mail', 'mail-server']

# Versions: docs/xml/nginx/changes.xml of nginx; contexts: the module's page at nginx.org.
YOUNGER = (
    New('http2', 'ngx_http_v2_module', '1.25.1', TLS, FLAG_SLOT, flags=('flag',)),
    New('http3', QUIC, '1.25.0', TLS, FLAG_SLOT, flags=('flag',)),
    New('http3_hq', QUIC, '1.25.0', TLS, FLAG_SLOT, flags=('flag',)),
    New('http3_max_concurrent_streams', QUIC, '1.25.0', TLS, NUM_SLOT),
    New('http3_stream_buffer_size', QUIC, '1.25.0', TLS, SIZE_SLOT),
    New('quic_active_connection_id_limit', QUIC, '1.25.0', TLS, NUM_SLOT),
    New('quic_bpf', QUIC, '1.25.0', ['main'], FLAG_SLOT, flags=('flag',)),
    New('quic_gso', QUIC, '1.25.0', TLS, FLAG_SLOT, flags=('flag',)),
    New('quic_host_key', QUIC, '1.25.0', TLS),
    New('quic_retry', QUIC, '1.25.0', TLS, FLAG_SLOT, flags=('flag',)),
    New('pass', 'ngx_stream_pass_module', '1.25.5', ['stream-server']),
    New('server_name', 'ngx_stream_core_module', '1.25.5', ['stream-server'], arity=(1, None)),
    New(
        'server_names_hash_max_size',
        'ngx_stream_core_module',
        '1.25.5',
        ['stream'],
        NUM_SLOT,
    ),
    New(
        'server_names_hash_bucket_size',
        'ngx_stream_core_module',
        '1.25.5',
        ['stream'],
        NUM_SLOT,
    ),
    New(
        'ssl_reject_handshake',
        'ngx_stream_ssl_module',
        '1.25.5',
        ['stream', 'stream-server'],
        FLAG_SLOT,
        flags=('flag',),
    ),
    New('proxy_pass_trailers', 'ngx_http_proxy_module', '1.27.2', HTTP, FLAG_SLOT, flags=('flag',)),
    New(
        'resolver',
        'ngx_http_upstream_module',
        '1.27.3',
        ['upstream', 'stream-upstream'],
        arity=(1, None),
    ),
    New(
        'resolver_timeout',
        'ngx_http_upstream_module',
        '1.27.3',
        ['upstream', 'stream-upstream'],
        MSEC_SLOT,
    ),
    New('keepalive_min_timeout', 'ngx_http_core_module', '1.27.4', HTTP, MSEC_SLOT),
    New(
        'ssl_object_cache_inheritable',
        'ngx_openssl_module',
        '1.27.4',
        ['main'],
        FLAG_SLOT,
        flags=('flag',),
    ),
    New('ssl_certificate_cache', 'ngx_http_ssl_module', '1.27.4', TLS, arity=(1, 3)),
    New(
        'ssl_certificate_cache',
        'ngx_stream_ssl_module',
        '1.27.4',
        ['stream', 'stream-server'],
        arity=(1, 3),
    ),
    New('proxy_ssl_certificate_cache', 'ngx_http_proxy_module', '1.27.4', HTTP, arity=(1, 3)),
    New(
        'proxy_ssl_certificate_cache',
        'ngx_stream_proxy_module',
        '1.27.4',
        ['stream', 'stream-server'],
        arity=(1, 3),
    ),
    New('grpc_ssl_certificate_cache', 'ngx_http_grpc_module', '1.27.4', HTTP, arity=(1, 3)),
    New('uwsgi_ssl_certificate_cache', 'ngx_http_uwsgi_module', '1.27.4', HTTP, arity=(1, 3)),
    *(
        New(name, 'ngx_stream_ssl_module', '1.27.2', ['stream', 'stream-server'], kind, flags=flags)
        for name, kind, *flags in (
            ('ssl_ocsp', 'ngx_conf_set_enum_slot', '=off', '=on', '=leaf'),
            ('ssl_ocsp_cache', ''),
            ('ssl_ocsp_responder', 'ngx_conf_set_str_slot'),
            ('ssl_stapling', FLAG_SLOT, 'flag'),
            ('ssl_stapling_file', 'ngx_conf_set_str_slot'),
            ('ssl_stapling_responder', 'ngx_conf_set_str_slot'),
            ('ssl_stapling_verify', FLAG_SLOT, 'flag'),
        )
    ),
    New('early_hints', 'ngx_http_core_module', '1.29.0', HTTP, arity=(1, None)),
    *(
        New('ssl_certificate_compression', owner, '1.29.1', contexts, FLAG_SLOT, flags=('flag',))
        for owner, contexts in (
            ('ngx_http_ssl_module', TLS),
            ('ngx_stream_ssl_module', STREAM),
            ('ngx_mail_ssl_module', MAIL),
        )
    ),
    *(
        New(
            f'add_{what}_inherit',
            'ngx_http_headers_filter_module',
            '1.29.3',
            [*HTTP, 'location-if'],
        )
        for what in ('header', 'trailer')
    ),
    New('ssl_ech_file', 'ngx_http_ssl_module', '1.29.4', TLS),
    New('ssl_ech_file', 'ngx_stream_ssl_module', '1.29.4', STREAM),
    New('proxy_http_version', PROXY, '1.29.4', HTTP, ENUM_SLOT, flags=('=2',)),
    New('sticky', 'ngx_http_upstream_sticky_module', '1.29.6', ['upstream'], arity=(2, None)),
    New(
        'keepalive', 'ngx_http_upstream_keepalive_module', '1.29.7', ['upstream'], arity=(2, 2)
    ),  # with the word "local"
    New('max_headers', 'ngx_http_core_module', '1.29.8', TLS, NUM_SLOT),
    New('least_time', 'ngx_http_upstream_least_time_module', '1.31.0', ['upstream'], arity=(1, 2)),
    New(
        'least_time',
        'ngx_stream_upstream_least_time_module',
        '1.31.0',
        ['stream-upstream'],
        arity=(1, 2),
    ),
    New('proxy_ssl_alpn', 'ngx_stream_proxy_module', '1.31.0', STREAM, arity=(1, None)),
    New('tunnel_pass', TUNNEL, '1.31.0', ['server', 'location', 'location-if'], arity=(0, 1)),
    New('tunnel_bind', TUNNEL, '1.31.0', HTTP, arity=(1, 2)),
    New('tunnel_next_upstream', TUNNEL, '1.31.0', HTTP, arity=(1, None)),
    New('tunnel_socket_keepalive', TUNNEL, '1.31.0', HTTP, FLAG_SLOT, flags=('flag',)),
    *(
        New(f'tunnel_{name}', TUNNEL, '1.31.0', HTTP, kind)
        for name, kind in (
            ('buffer_size', SIZE_SLOT),
            ('connect_timeout', MSEC_SLOT),
            ('next_upstream_timeout', MSEC_SLOT),
            ('next_upstream_tries', NUM_SLOT),
            ('read_timeout', MSEC_SLOT),
            ('send_lowat', SIZE_SLOT),
            ('send_timeout', MSEC_SLOT),
        )
    ),
    New(
        'xml_external_entities',
        'ngx_http_xslt_filter_module',
        '1.31.3',
        HTTP,
        FLAG_SLOT,
        flags=('flag',),
    ),
    *(  # a size, "off" or "max"
        New(f'{by}_socket_{buffer}', f'ngx_http_{by}_module', '1.31.3', HTTP)
        for by in ('proxy', 'fastcgi', 'grpc', 'scgi', 'uwsgi', 'tunnel')
        for buffer in ('rcvbuf', 'sndbuf')
    ),
    *(
        New(f'proxy_socket_{buffer}', 'ngx_stream_proxy_module', '1.31.3', STREAM)
        for buffer in ('rcvbuf', 'sndbuf')
    ),
    # Version 2 of the protocol; in stream also a variable.
    New('proxy_protocol', 'ngx_stream_proxy_module', '1.31.4', STREAM),
    New('proxy_protocol', 'ngx_mail_proxy_module', '1.31.4', MAIL),
    New('client_body_early_read', 'ngx_http_core_module', '1.31.5', TLS, arity=(1, None)),
    New('json_set', 'ngx_http_json_module', '1.31.5', ['http'], arity=(3, 3)),
    New('json_max_depth', 'ngx_http_json_module', '1.31.5', ['http'], NUM_SLOT),
)
# Modules have versions of their own, so that no version of nginx tells whether they are there: what
# njs brought since the 0.7.9 of Debian 12 (its own changes and pages; Debian builds it without TLS
# for stream), and what nginx has for those who build it themselves.
NJS_HTTP, NJS_STREAM = 'ngx_http_js_module', 'ngx_stream_js_module'
OTHERWISE_BUILT = (
    *(
        New(name, owner, '', contexts, kind, flags=flags)
        for owner, contexts in ((NJS_HTTP, HTTP), (NJS_STREAM, STREAM))
        for name, kind, *flags in (
            ('js_engine', 'ngx_conf_set_enum_slot', '=njs', '=qjs'),
            ('js_context_reuse', NUM_SLOT),
            ('js_fetch_proxy', ''),
            ('js_fetch_keepalive', NUM_SLOT),
            ('js_fetch_keepalive_requests', NUM_SLOT),
            ('js_fetch_keepalive_time', MSEC_SLOT),
            ('js_fetch_keepalive_timeout', MSEC_SLOT),
        )
    ),
    *(
        New(name, NJS_STREAM, '', STREAM, kind, flags=flags)
        for name, kind, *flags in (
            ('js_fetch_ciphers', 'ngx_conf_set_str_slot'),
            ('js_fetch_trusted_certificate', 'ngx_conf_set_str_slot'),
            ('js_fetch_verify', FLAG_SLOT, 'flag'),
            ('js_fetch_verify_depth', NUM_SLOT),
        )
    ),
    New('js_fetch_protocols', NJS_STREAM, '', STREAM, arity=(1, None)),
    New('js_access', NJS_HTTP, '', ['location', 'location-if', 'limit-except']),
    New('js_set', NJS_HTTP, '', HTTP, arity=(3, 3)),
    New('js_set', NJS_STREAM, '', STREAM, arity=(3, 3)),
    New('js_periodic', NJS_HTTP, '', ['location'], arity=(1, None)),
    New('js_periodic', NJS_STREAM, '', ['stream-server'], arity=(1, None)),
    New('js_shared_dict_zone', NJS_HTTP, '', ['http'], arity=(1, None)),
    New('js_shared_dict_zone', NJS_STREAM, '', ['stream'], arity=(1, None)),
    New('js_load_http_native_module', NJS_HTTP, '', ['main'], arity=(1, 3)),
    New('js_load_stream_native_module', NJS_STREAM, '', ['main'], arity=(1, 3)),
    New('google_perftools_profiles', 'ngx_google_perftools_module', '', ['main']),
    New('degradation', 'ngx_http_degradation_module', '', ['http']),
    New('degrade', 'ngx_http_degradation_module', '', HTTP, flags=('=204', '=444')),
    *(
        New(f'{phase}_by_lua_{form}', owner, '', [*contexts], arity=(count, count), flags=flags)
        for owner, phase, contexts in nginx_lua.PHASES
        for form, count, *flags in (('block', 0, 'block'), ('file', 1))
    ),
    *(
        New(name, owner, '', [*contexts], arity=arity)
        for owner, names, contexts, arity in nginx_lua.SINGLE
        for name in names.split()
    ),
)
# CHANGES 1.25.1: "the deprecated "ssl" directive is not supported anymore".
REMOVED = {('ssl', 'ngx_http_ssl_module'): '1.25.1', ('ssl', 'ngx_mail_ssl_module'): '1.25.1'}
# What the tables lack: variables that a module names one by one while it is set up.
OWN_FILES = ('nginx', 'ngx_stream_module.so')
MORE_VARIABLES = {
    'http': [
        'gzip_ratio',
        'http3',
        'invalid_referer',
        'is_request_port',
        'memcached_key',
        'request_port',
        'secure_link',
        'secure_link_expires',
        'slice_range',
        'ssl_client_sigalg',
        'ssl_sigalg',
        'ssl_sigalgs',
        'uid_got',
        'uid_reset',
        'uid_set',
    ],
    'stream': ['ssl_client_sigalg', 'ssl_sigalg', 'ssl_sigalgs'],
}
YOUNGER_PREFIXES = {'http': ['proxy_protocol_tlv_'], 'stream': ['proxy_protocol_tlv_']}


def entries(modules: Iterable[Module]) -> list[dict[str, Any]]:
    """Return the catalogue's entries for what ``modules`` bring and what is younger, sorted."""
    found = [entry for module in modules for entry in _entries(module)]
    found += [
        {
            'name': new.name,
            'owner': new.owner,
            'kind': new.kind,
            'arity': list(new.arity),
            'contexts': new.contexts,
            'flags': list(new.flags),
            'since': new.since,
        }
        for new in (*YOUNGER, *OTHERWISE_BUILT)
    ]
    found += [{'name': f'line of {name}', 'contexts': [name], 'flags': ['line']} for name in LINES]
    found += [{'name': 'line of elsewhere', 'flags': ['line']}]
    slim = [{key: value for key, value in entry.items() if value} for entry in found]
    return sorted(slim, key=lambda e: (e['name'], e.get('owner', ''), e.get('arity') or [9]))


def _entries(module: Module) -> Iterator[dict[str, Any]]:
    for command in module.commands:
        for arity in _arities(command.bits):
            flags = [
                *(['block'] if command.bits & BLOCK else []),
                *(['flag'] if command.bits & FLAG else []),
                *command.values,
            ]
            yield {
                'name': command.name,
                'owner': module.name,
                'kind': command.setter,
                'arity': arity,
                'contexts': _contexts(module.type, command.bits),
                'flags': flags,
                'until': REMOVED.get((command.name, module.name), ''),
            }


def _contexts(type_: bytes, bits: int) -> list[str]:
    if type_ == b'CONF':
        return EVERYWHERE
    names = ['main'] if bits & MAIN else []
    return names + [name for bit, name in CONTEXTS[type_].items() if bits & bit]


def _arities(bits: int) -> list[list[int | None]]:
    """Return the ranges of argument counts that a command takes."""
    for bit, least, most in OPEN_ARITIES:
        if bits & bit:
            return [[least, most]]
    ranges: list[list[int | None]] = []
    for bit, count in ARITIES:
        if not bits & bit:
            continue
        if ranges and ranges[-1][1] == count - 1:
            ranges[-1][1] = count
        else:
            ranges.append([count, count])
    return ranges


def variables(files: Iterable[Path]) -> dict[str, dict[str, list[str]]]:
    """Return the names and prefixes of the variables of ``http`` and of ``stream``.

    ``fixed`` are those of nginx itself that no directive may set.
    """
    found: dict[str, set[Variable]] = {'http': set(), 'stream': set()}
    own: dict[str, set[Variable]] = {'http': set(), 'stream': set()}
    for file in files:
        kind = 'stream' if 'stream' in file.name else 'http'
        here = set(read_variables(file))
        found[kind] |= here
        if file.name in OWN_FILES:
            own[kind] |= here
    return {
        kind: {
            'names': sorted(
                {v.name for v in all_ if not v.prefix}
                | {*MORE_VARIABLES[kind], *nginx_elsewhere.VARIABLES[kind]}
            ),
            'prefixes': sorted(
                {v.name for v in all_ if v.prefix}
                | {*YOUNGER_PREFIXES[kind], *nginx_elsewhere.PREFIXES[kind]}
            ),
            'fixed': sorted(v.name for v in own[kind] if v.fixed and not v.prefix),
        }
        for kind, all_ in found.items()
    }


def main(arguments: list[str] | None = None) -> int:
    """Write the files; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--nginx', type=Path, default=Path('/usr/sbin/nginx'))
    parser.add_argument(
        'modules',
        type=Path,
        nargs='*',
        help='the dynamic modules (*.so) or folders of them',
        default=[Path('/usr/lib/nginx/modules')],
    )
    options = parser.parse_args(arguments)
    files = [options.nginx]
    for path in options.modules:
        files += sorted(path.glob('*.so')) if path.is_dir() else [path]
    rows = entries(module for file in files for module in read_modules(file))
    CATALOGUES.mkdir(exist_ok=True)
    lines = ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = (
        json.dumps({'engine': 'nginx', 'version': VERSION, 'oldest': OLDEST}).removesuffix('}')
        + ', "entries": [\n'
    )
    (CATALOGUES / f'{VERSION}.json').write_text(f'{head}{lines}\n]}}\n', encoding='utf-8')
    text = json.dumps(variables(files), indent=1)
    (CATALOGUES / 'variables.json').write_text(f'{text}\n', encoding='utf-8')
    names = nginx_elsewhere.elsewhere(frozenset(row['name'] for row in rows))
    apart = {
        'names': dict(sorted(names.items())),
        'families': nginx_elsewhere.FAMILIES,
        'blocks': nginx_elsewhere.BLOCKS,
    }
    text = json.dumps(apart, indent=1)
    (CATALOGUES / 'elsewhere.json').write_text(f'{text}\n', encoding='utf-8')
    print(f'{len(rows)} entries from {len(files)} files')
    return 0


if __name__ == '__main__':
    sys.exit(main())
