"""Write the nginx catalogue: every directive and variable, read out of nginx and its modules.

What newer versions brought is listed below, by hand, with the version from nginx's own CHANGES;
`nginx_compare` holds that against the newer versions that Debian packages. Modules of others are
read out of all releases, for no version of nginx tells what they have.
"""

from __future__ import annotations

import argparse
import json
import math
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
ENUM_SLOT, ARRAY_SLOT = 'ngx_conf_set_enum_slot', 'ngx_conf_set_str_array_slot'
PREDICATE_SLOT = 'ngx_http_set_predicate_slot'
COMPLEX_SIZE_SLOT = 'ngx_http_set_complex_value_size_slot'
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
    # "obsolete, ignored": any word
    New('http2_max_concurrent_pushes', 'ngx_http_v2_module', '1.25.1', TLS),
    New('http2_push_preload', 'ngx_http_v2_module', '1.25.1', HTTP),
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
    *(  # a value with variables
        New(f'{by}_limit_rate', f'ngx_http_{by}_module', '1.27.0', HTTP, COMPLEX_SIZE_SLOT)
        for by in ('proxy', 'fastcgi', 'scgi', 'uwsgi')
    ),
    New('proxy_pass_trailers', 'ngx_http_proxy_module', '1.27.2', HTTP, FLAG_SLOT, flags=('flag',)),
    *(
        new
        for owner, context in (
            ('ngx_http_upstream_module', 'upstream'),
            ('ngx_stream_upstream_module', 'stream-upstream'),
        )
        for new in (
            New('resolver', owner, '1.27.3', [context], arity=(1, None)),
            New('resolver_timeout', owner, '1.27.3', [context], MSEC_SLOT),
        )
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
    New('early_hints', 'ngx_http_core_module', '1.29.0', HTTP, PREDICATE_SLOT, arity=(1, None)),
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
            ENUM_SLOT,
            flags=('=off', '=on', '=merge'),
        )
        for what in ('header', 'trailer')
    ),
    New('ssl_ech_file', 'ngx_http_ssl_module', '1.29.4', TLS, ARRAY_SLOT),
    New('ssl_ech_file', 'ngx_stream_ssl_module', '1.29.4', STREAM, ARRAY_SLOT),
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
# nginx has for those who build it themselves, and what Lua brings since the 0.10.29 of Debian.
OTHERWISE_BUILT = (
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
# The table of spnego calls it a flag, and its function takes any word (asked).
NO_SWITCH = frozenset({'auth_gss_authorized_principal_regex'})
# CHANGES 1.19.7 and 1.25.1: what nginx takes, and only warns of.
INERT = {
    **dict.fromkeys(('http2_push', 'http2_push_preload', 'http2_max_concurrent_pushes'), '1.25.1'),
    **dict.fromkeys(('http2_recv_timeout', 'http2_idle_timeout', 'http2_max_requests'), '1.19.7'),
    **dict.fromkeys(('http2_max_field_size', 'http2_max_header_size'), '1.19.7'),
}
# CHANGES 1.25.1: "the deprecated "ssl" directive is not supported anymore".
REMOVED = {('ssl', 'ngx_http_ssl_module'): '1.25.1', ('ssl', 'ngx_mail_ssl_module'): '1.25.1'}
# The files of nginx itself; all other modules have makers and versions of their own.
NGINX_ITSELF = frozenset(
    (
        *('nginx', 'ngx_mail_module.so', 'ngx_stream_module.so', 'ngx_stream_geoip_module.so'),
        *(
            f'ngx_http_{name}_module.so'
            for name in ('geoip', 'image_filter', 'perl', 'xslt_filter')
        ),
    )
)
WITH_FIXED_VARIABLES = ('nginx', 'ngx_stream_module.so')
# Their tables of JavaScript's modules look like tables of variables, of which they have none.
WITHOUT_VARIABLES = ('ngx_http_js_module.so', 'ngx_stream_js_module.so')
# What the tables lack: variables that a module names one by one while it is set up.
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
    found = [entry for module in modules for entry in entries_of(module)]
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
    different = {json.dumps(entry, sort_keys=True): entry for entry in slim}.values()
    return sorted(different, key=_place)


def _place(entry: dict[str, Any]) -> tuple[str, str, list[float], str]:
    least, most = entry.get('arity') or (9, 9)
    arity = [least, math.inf if most is None else most]
    return entry['name'], entry.get('owner', ''), arity, json.dumps(entry, sort_keys=True)


def entries_of(module: Module) -> Iterator[dict[str, Any]]:
    """Yield what a module's table says, an entry for each range of numbers of words."""
    for command in module.commands:
        for arity in _arities(command.bits):
            flags = [
                *(['block'] if command.bits & BLOCK else []),
                *(['flag'] if command.bits & FLAG and command.name not in NO_SWITCH else []),
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
                'inert_since': INERT.get(command.name, ''),
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


def variables(releases: Sequence[Sequence[Path]]) -> dict[str, dict[str, list[str]]]:
    """Return the names and prefixes of the variables of ``http`` and of ``stream``.

    ``fixed`` are those of nginx itself that no directive may set, in no release.
    """
    return {kind: _variables(kind, releases) for kind in ('http', 'stream')}


def _variables(kind: str, releases: Sequence[Sequence[Path]]) -> dict[str, list[str]]:
    found: set[Variable] = set()
    fixed: list[set[str]] = []
    for release in releases:
        of_release: set[str] = set()
        for file in release:
            if ('stream' if file.name.startswith('ngx_stream') else 'http') != kind:
                continue
            here = set() if file.name in WITHOUT_VARIABLES else set(read_variables(file))
            found |= here
            if file.name in WITH_FIXED_VARIABLES:
                of_release |= {v.name for v in here if v.fixed and not v.prefix}
        fixed.append(of_release)
    names = {v.name for v in found if not v.prefix}
    prefixes = {v.name for v in found if v.prefix}
    return {
        'names': sorted(names | {*MORE_VARIABLES[kind], *nginx_elsewhere.VARIABLES[kind]}),
        'prefixes': sorted(prefixes | {*YOUNGER_PREFIXES[kind], *nginx_elsewhere.PREFIXES[kind]}),
        'fixed': sorted(set.intersection(*fixed)),
    }


def files(folder: Path) -> list[Path]:
    """Return nginx, and behind it its dynamic modules, from where packages were unpacked."""
    return [folder / 'usr/sbin/nginx', *sorted((folder / 'usr/lib/nginx/modules').glob('*.so'))]


def is_of_others(file: Path) -> bool:
    """Whether a module does not come with nginx itself."""
    return file.name not in NGINX_ITSELF


def main(arguments: list[str] | None = None) -> int:
    """Write the files; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        'folders',
        type=Path,
        nargs='*',
        help="where Debian's packages of nginx were unpacked, a folder a release, the oldest first",
        default=[Path('/')],
    )
    oldest, *newer = map(files, parser.parse_args(arguments).folders)
    of_others = [file for release in newer for file in release if is_of_others(file)]
    read = [*oldest, *of_others]
    rows = entries(module for file in read for module in read_modules(file))
    CATALOGUES.mkdir(exist_ok=True)
    lines = ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows)
    head = (
        json.dumps({'engine': 'nginx', 'version': VERSION, 'oldest': OLDEST}).removesuffix('}')
        + ', "entries": [\n'
    )
    (CATALOGUES / f'{VERSION}.json').write_text(f'{head}{lines}\n]}}\n', encoding='utf-8')
    text = json.dumps(variables([oldest, *newer]), indent=1)
    (CATALOGUES / 'variables.json').write_text(f'{text}\n', encoding='utf-8')
    names = nginx_elsewhere.elsewhere(frozenset(row['name'] for row in rows))
    apart = {
        'names': dict(sorted(names.items())),
        'families': nginx_elsewhere.FAMILIES,
        'blocks': nginx_elsewhere.BLOCKS,
    }
    text = json.dumps(apart, indent=1)
    (CATALOGUES / 'elsewhere.json').write_text(f'{text}\n', encoding='utf-8')
    print(f'{len(rows)} entries from {len(read)} files')
    return 0


if __name__ == '__main__':
    sys.exit(main())
