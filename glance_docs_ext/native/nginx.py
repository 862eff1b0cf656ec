"""What the installed nginx says of a text: ``nginx -t``."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx import CATALOGUE
from glance_docs_ext.engines.nginx.contexts import OPENS, brought_by
from glance_docs_ext.engines.nginx.variables import known
from glance_docs_ext.native import sandbox
from glance_docs_ext.native.folders import folders
from glance_docs_ext.native.verdicts import ACCEPTED, SCATTERED, Outcome, Verdict, failure, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.native.sandbox import Run
    from glance_docs_ext.syntax import Document, Statement

MODULES = Path('/usr/lib/nginx/modules')
LOADED = ('ngx_stream_module.so', 'ngx_mail_module.so')
# Modules that bring what a text may speak of, by how their names begin, and their files; ndk first.
ON_DEMAND = {
    'ndk_http_module': 'ndk_http_module.so',
    'ngx_nchan_module': 'ngx_nchan_module.so',
    'ngx_rtmp_': 'ngx_rtmp_module.so',
    'ngx_http_xslt_module': 'ngx_http_xslt_filter_module.so',
    **{
        f'ngx_{name}_module': f'ngx_{name}_module.so'
        for name in (
            *('http_echo', 'http_set_misc', 'http_srcache_filter', 'http_headers_more_filter'),
            *('http_uploadprogress', 'http_fancyindex', 'http_memc', 'http_subs_filter'),
            *('http_brotli_filter', 'http_brotli_static', 'http_upstream_fair', 'http_auth_pam'),
            *('http_dav_ext', 'http_cache_purge', 'http_image_filter', 'http_geoip'),
            *('http_geoip2', 'stream_geoip', 'stream_geoip2', 'http_zstd_filter'),
            *('http_zstd_static', 'http_auth_spnego', 'http_push_stream', 'http_auth_jwt'),
            *('http_hmac_secure_link', 'http_xss_filter', 'http_eval'),
        )
    },
}
NEEDS_NDK = frozenset({'ngx_http_set_misc_module.so'})
FILES = ('access_log', 'error_log', 'lock_file', 'pid')
"""Directives whose first word names a file."""
BLOCK = '/conf/block.conf'
STOCK = Path('/etc/nginx')
PROTOCOLS = ('fastcgi', 'proxy', 'scgi', 'uwsgi')
# What the package brings for others to include; it is the one thing that a text may include.
INCLUDED = ('mime.types', 'fastcgi.conf', *(f'{name}_params' for name in PROTOCOLS))

# The text is included, so that messages name its own lines, and blocks must end where it ends.
AROUND = {
    'main': '{}',
    'http': 'events {{}} http {{ {} server {{ listen 9; }} }}',
    'server': 'events {{}} http {{ server {{ {} }} }}',
    'location': 'events {{}} http {{ server {{ location / {{ {} }} }} }}',
    'upstream': 'events {{}} http {{ upstream u {{ {} server 127.0.0.1:99; }} }}',
    'events': 'events {{ {} }}',
    'if': 'events {{}} http {{ server {{ location / {{ if ($uri) {{ {} }} }} }} }}',
    'server-if': 'events {{}} http {{ server {{ if ($uri) {{ {} }} }} }}',
    'location-if': 'events {{}} http {{ server {{ location / {{ if ($uri) {{ {} }} }} }} }}',
    'limit-except': 'events {{}} http {{ server {{ location / {{ limit_except PUT {{ {} }} }} }}}}',
    'types': 'events {{}} http {{ types {{ {} }} }}',
    'map': 'events {{}} http {{ map $uri $mapped {{ {} }} }}',
    'geo': 'events {{}} http {{ geo $found {{ {} }} }}',
    'split_clients': 'events {{}} http {{ split_clients $uri $part {{ {} }} }}',
    'charset_map': 'events {{}} http {{ charset_map koi8-r utf-8 {{ {} }} }}',
    'stream': 'events {{}} stream {{ {} }}',
    'stream-server': 'events {{}} stream {{ server {{ {} listen 1; proxy_pass 127.0.0.1:1; }} }}',
    'stream-upstream': 'events {{}} stream {{ upstream u {{ {} server 127.0.0.1:99; }} }}',
    'mail': 'events {{}} mail {{ {} }}',
    'mail-server': 'events {{}} mail {{ server {{ {} listen 9; protocol imap; }} auth_http 0:1; }}',
}
"""What stands around a text in each context, the kindest ones first."""

GUESSED = frozenset(AROUND) - {'mail', 'mail-server'}  # a line there is hardly told from http's

ACTS = frozenset({'load_module', 'ssl_engine'})
KEY = 'ssl_certificate_key'
FROM_ENGINE = re.compile('(?:engine|store):')  # OpenSSL loads the library that stands behind it
PROGRAMS = re.compile(r'_by_lua|^lua_|^perl|^js_|^init_by|^passenger')

LINE = re.compile(rf' in {BLOCK}:(\d+)$', re.MULTILINE)
FAULT = re.compile(r'\[emerg\] (?:\d+#\d+: )?(.*)$', re.MULTILINE)
# What it only warns of. Of a few faults it says no more than that the test failed.
WARNS = re.compile(r'^.*\[warn\].*\n?', re.MULTILINE)
UNKNOWN = re.compile(r'unknown directive "([^"]+)"')
UNSET = re.compile(r'unknown "([^"]+)" variable')
MISPLACED = re.compile(r'"([^"]+)" directive is not allowed here')
# It binds its addresses when it has read everything: without a network it may not.
BINDS = re.compile(r'bind\(\) to |still could not bind')
# What is wrong with the lines around the text.
OURS = re.compile(r'(?:no "\w+" is defined|is duplicate|duplicate ).* in /etc/nginx/nginx\.conf:1$')
# What other parts of the configuration may bring, or set otherwise.
REST = re.compile(
    r'no "ssl_certificate(?:_key)?" is defined|'
    r'no \w+_certificate(?: or \w+_certificate)? for \w+_verify|'
    r'unknown "[^"]*" variable|zero size shared memory|unknown log format|unknown thread pool|'
    r'no port in upstream|no resolver defined|zone "[^"]*" is unknown|no "charset_map" between|'
    r'_(?:size|buffers)" (?:size )?must be |hash, you should increase'
)
HOST = re.compile(
    # No machine has a host called ${NAME}, which a template was to fill in.
    r'host not found(?! in (?:resolver )?"[^"]*[${}<>%])'
    r'|cannot load certificate|open\(\) "|mkdir\(\) "|getpwnam|getgrnam|BIO_new_file'
    r'|PEM_read|GeoIP_open|MMDB_open|failed \(\d+:|SSL_CTX_load_verify_locations'
    r'|requires the .* module'
    r'|(?:un|not )supported on this platform|invalid event type "(?:kqueue|eventport|/dev/poll)"'
    # What the library for TLS knows differs from one machine to the next.
    r'|SSL_CTX_set1_curves_list|invalid parameter "setfib='
)


def verdict(document: Document) -> Verdict:
    """Return what nginx says of a text that we have read.

    :raises SandboxError: nginx or bubblewrap is missing or does not start
    """
    for placed in document.placed:
        if reason := _acts(placed.statement):
            line = document.source.line_number(placed.statement.name.start)
            return Verdict(Outcome.WITHHELD, reason, line)
    contexts = _contexts(document)
    if not contexts:
        return Verdict(Outcome.WITHHELD, SCATTERED)
    if contexts[0] not in AROUND:
        return Verdict(Outcome.WITHHELD, f'the nginx here has no {contexts[0]}')
    first = _said(document, contexts[0])
    for context in contexts[1:]:
        if not MISPLACED.search(first.message):
            break
        # What is in its blocks tells a server of stream from one of http, and an if of a location.
        said = _said(document, context)
        came_further = (said.line or 0) > (first.line or 0)
        if not MISPLACED.search(said.message) and (
            said.outcome is not Outcome.REFUSED or came_further
        ):
            return said
    return first


def _said(document: Document, context: str) -> Verdict:
    run = ask(document, context)
    return failure(run) or _answer(run, document)


def ask(document: Document, context: str = '') -> Run:
    """Run nginx on a text, whatever is in it; `verdict` withholds what should not be run.

    :param context: where to put it; as a rule the first place that it may stand in
    """
    context = context or next(iter(_contexts(document)), 'main')
    text = document.source.text
    modules = ''.join(f'load_module {MODULES / name}; ' for name in _modules(document))
    wrapper = modules + AROUND[context].format(f'include {BLOCK};')
    if context == 'main' and document.context is None and 'events' not in document.keys:
        wrapper += ' events {}'
    return sandbox.run(
        [sandbox.program('nginx'), '-t', '-e', 'stderr'],
        {
            '/etc/nginx/nginx.conf': wrapper.encode(),
            '/etc/hosts': b'127.0.0.1 localhost\n',
            BLOCK: text.encode('utf-8', 'surrogatepass'),
        },
        folders=['/var/lib/nginx', '/var/log/nginx', '/var/cache/nginx', *_folders(document)],
        visible=[STOCK / name for name in INCLUDED if (STOCK / name).exists()],
    )


def _folders(document: Document) -> list[str]:
    """Return the folders that a text speaks of; what it logs to is a file, whatever its name."""
    logs = {one.arguments[0].text for one, _ in document.named(*FILES) if one.arguments}
    made = folders(document.source.text)
    return [str(PurePosixPath(path).parent) if path in logs else path for path in made]


def _modules(document: Document) -> list[str]:
    """Return the files of the installed modules that a text needs, in the order to load them in."""
    owners = {entry.owner for key in document.keys for entry in CATALOGUE[key]}
    wanted = {
        file
        for start, file in ON_DEMAND.items()
        if any(owner.startswith(start) for owner in owners)
    }
    ndk = ['ndk_http_module.so'] if wanted & NEEDS_NDK else []
    files = dict.fromkeys([*LOADED, *ndk, *sorted(wanted)])
    return [name for name in files if (MODULES / name).exists()]


def is_here(entry: Entry) -> bool:
    """Whether the installed nginx can be asked about a directive: it has, or may load, its module.

    False does not mean that it has not: a module of a third party may be built in.
    """
    for start, file in ON_DEMAND.items():
        if entry.owner.startswith(start):
            return (MODULES / file).exists()
    return not PROGRAMS.search(entry.name)


def _acts(statement: Statement) -> str:
    """Return why a directive is not given to the engine, '' where it may be."""
    name = statement.name.text  # in a map, where include acts too, the key is another
    if name == 'include':
        path = statement.arguments[0].text if statement.arguments else ''
        if path.removeprefix(f'{STOCK}/') in {*INCLUDED, os.devnull, ''}:
            return ''
        return f'include reads {path}'
    if name.endswith(KEY) and any(FROM_ENGINE.match(word.text) for word in statement.arguments):
        return f'{name} loads code from {statement.arguments[0].text}'
    if name in ACTS or PROGRAMS.search(name):
        return f'{name} loads or runs code'
    return ''


def _has_newer_place(entries: Sequence[Entry]) -> bool:
    """Whether a newer version takes a directive in more places than the older ones."""
    old = frozenset(place for entry in entries if not entry.since for place in entry.contexts)
    return any(entry.since and not entry.contexts <= old for entry in entries)


def _contexts(document: Document) -> list[str]:
    """Return what is said to be around a text, or all that its outer statements may stand in."""
    if document.context:
        return [document.context]
    allowed = GUESSED
    for statement in document.statements:
        words = [word.text for word in statement.arguments]
        brought = brought_by(words[0]) if statement.key == 'include' and words else ''
        entries = CATALOGUE[brought or statement.key]
        is_block = statement.body is not None
        alike = [entry for entry in entries if ('block' in entry.flags) == is_block]
        known = {place for entry in alike or entries for place in entry.contexts}
        known = known & _around(statement) or known
        allowed &= known or allowed
    return [context for context in AROUND if context in allowed]


def _around(statement: Statement) -> set[str]:
    """Return where a block may stand, told by what is in it: a server of stream or of http."""
    inside = {place for inner in statement.body or () for place in inner.contexts}
    opens = OPENS.get(statement.key, {})
    return {around for around, body in opens.items() if body in inside}


def _answer(run: Run, document: Document) -> Verdict:
    fault = FAULT.search(run.output)
    words = fault[1] if fault else WARNS.sub('', run.output).strip()
    if run.status == 0 or BINDS.match(words) or OURS.search(words):
        return ACCEPTED
    place = LINE.search(words)
    message = LINE.sub('', words)
    line = int(place[1]) if place else None
    named = UNKNOWN.search(message) or MISPLACED.search(message)
    entries = CATALOGUE[named[1]] if named else ()
    if entries and (UNKNOWN.search(message) or _has_newer_place(entries)):
        name = entries[0].name
        newer = name if any(entry.since for entry in entries) else ''
        return Verdict(Outcome.HOST, f'the nginx here does not know {name}', line, newer)
    unset = UNSET.search(message)
    if unset and any(known(kind).has(unset[1]) for kind in document.keys & {'http', 'stream'}):
        return Verdict(Outcome.HOST, f'the nginx here has no ${unset[1]}', line)
    fragment = document.context != 'main' and 'http' not in document.keys
    if fragment and REST.search(message):
        return Verdict(
            Outcome.HOST, f'it depends on the rest of the configuration: {message}', line
        )
    return refused(message, line, HOST)
