"""nginx's variables: which there are, where they are used, and which a text defines."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx.locations import Location
from glance_docs_ext.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Statement, Word

_CATALOGUES = files('glance_docs_ext.engines.nginx') / 'catalogues'
_USE = re.compile(r'\$(?:\{(?P<braced>[A-Za-z0-9_]*)(?P<close>\}?)|(?P<plain>[A-Za-z0-9_]*))')
_LONE = re.compile(r'\$(?![A-Za-z0-9_])(?!\{[A-Za-z0-9_]+\})')
_NAME = re.compile(r'\$(?:\{|(?![1-9]))([A-Za-z0-9_]+)')
_MAY_CAPTURE = re.compile(r"\(\?P?\\?[<']")  # before a quote a backslash may have been written
_CAPTURE = re.compile(r"\(\?P?[<'](\w+)[>']")

_BY = ('proxy', 'fastcgi', 'uwsgi', 'scgi')
_FIRST = (
    'access_log add_header alias auth_basic auth_basic_user_file expires grpc_bind grpc_pass '
    'grpc_ssl_certificate grpc_ssl_certificate_key grpc_ssl_name hash http2_push limit_conn_zone '
    'limit_rate limit_rate_after limit_req_zone map memcached_bind proxy_download_rate '
    'proxy_method proxy_set_body proxy_ssl_certificate proxy_ssl_certificate_key proxy_ssl_name '
    'proxy_upload_rate root secure_link secure_link_md5 split_clients ssl_certificate '
    'ssl_certificate_key uwsgi_ssl_certificate uwsgi_ssl_certificate_key uwsgi_ssl_name'
)
_SECOND = (
    'add_header add_trailer auth_request_set grpc_set_header proxy_set_header return rewrite set '
    'fastcgi_param uwsgi_param scgi_param'
)
_ALL = (
    'index proxy_cookie_domain proxy_cookie_flags proxy_cookie_path proxy_redirect sub_filter '
    'echo echo_after_body echo_before_body echo_blocking_sleep echo_duplicate echo_exec '
    'echo_foreach_split echo_location echo_location_async echo_sleep echo_subrequest '
    'echo_subrequest_async'
)

USED_IN: dict[str, slice] = {
    **dict.fromkeys(_FIRST.split(), slice(0, 1)),
    **{
        f'{by}_{name}': slice(0, 1)
        for by in _BY
        for name in ('bind', 'cache', 'cache_key', 'pass', 'store')
    },
    **dict.fromkeys(_SECOND.split(), slice(1, 2)),
    **dict.fromkeys(_ALL.split(), slice(0, None)),
    **{f'{by}_{name}': slice(0, None) for by in _BY for name in ('cache_bypass', 'no_cache')},
    'error_page': slice(1, None),
    'try_files': slice(0, None),
    'if': slice(0, None),
    'log_format': slice(1, None),
    'line of map': slice(0, 1),
    'aio': slice(0, 1),
    'disable_symlinks': slice(0, None),
    'geo': slice(0, 1),  # of two words; the last one is what it defines
}
"""Directives and those of their words that nginx looks for variables in.

Found by writing a lone ``$`` in every word of every directive of nginx 1.22, and in the lines of
``map``.
"""

OF_HTTP = frozenset({'ssl_certificate', 'ssl_certificate_key'})
"""Those of them that take a ``$`` for a character in mail, and are not read in each stream."""
HTTP = frozenset({'http', 'server'})

SET_MISC = tuple(
    f'set_{what}'
    for what in (
        *('decode_base32', 'decode_base64', 'decode_base64url', 'decode_hex'),
        *('encode_base32', 'encode_base64', 'encode_base64url', 'encode_hex'),
        *('escape_uri', 'unescape_uri', 'quote_json_str', 'quote_pgsql_str', 'quote_sql_str'),
        *('formatted_gmt_time', 'formatted_local_time', 'local_today', 'hashed_upstream'),
        *('hmac_sha1', 'hmac_sha256', 'md5', 'sha1', 'if_empty', 'random', 'rotate'),
        *('secure_random_alphanum', 'secure_random_lcalpha'),
    )
)
DEFINE = {
    'set': 0,
    **dict.fromkeys(SET_MISC, 0),  # of ngx_http_set_misc_module
    'auth_request_set': 0,
    'perl_set': 0,
    'js_set': 0,
    'js_var': 0,
    'json_set': 0,
    'keyval': 1,
    'num_map': 1,
    'auth_jwt_claim_set': 0,
    'auth_jwt_header_set': 0,
    'map': 1,
    'split_clients': 1,
    'geo': -1,
}
"""Directives that define a variable, and which of their words names it."""

DEFINING, USING = frozenset(DEFINE), frozenset(USED_IN)
"""The names of both, to compare with those of a text."""


class Known(NamedTuple):
    """The variables of ``http`` or of ``stream``; ``fixed`` are those that nothing may set."""

    names: frozenset[str]
    prefixes: tuple[str, ...]
    fixed: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether there is a variable called ``name``."""
        return name in self.names or name.startswith(self.prefixes)


class Use(NamedTuple):
    """A variable in a word; ``fault`` says why nginx cannot read its name."""

    name: str
    fault: str = ''


@cache
def known(kind: str) -> Known:
    """Return the variables of ``http`` or ``stream``."""
    data = json.loads((_CATALOGUES / 'variables.json').read_text(encoding='utf-8'))[kind]
    return Known(frozenset(data['names']), tuple(data['prefixes']), frozenset(data['fixed']))


@remembered(1024)  # several rules ask this of the same words
def uses(text: str) -> tuple[Use, ...]:
    """Return the variables in a value, as ``ngx_http_script_compile()`` reads them."""
    return tuple(use for match in _USE.finditer(text) if (use := _use(*match.groups())) is not None)


def _use(braced: str | None, close: str, plain: str) -> Use | None:
    name = plain if braced is None else braced
    if braced is not None and not close:
        return Use(name, 'a closing brace is missing')
    if not name:
        return Use(name, 'a name must follow "$"')
    if braced is None and name[0] in '123456789':
        return None  # a part of what the last regular expression found
    return Use(name.lower())


def lone_dollars(text: str) -> list[int]:
    """Return the offsets of every ``$`` in a whole text that no name follows."""
    return [match.start() for match in _LONE.finditer(text)]


def names_in(text: str, start: int, end: int) -> set[str]:
    """Return every name that stands behind a ``$`` between two offsets of a whole text."""
    return {name.lower() for name in set(_NAME.findall(text, start, end))}


def named_captures(text: str, start: int, end: int) -> list[int]:
    """Return the offsets between two of a whole text at which a capture may have a name."""
    return [match.start() for match in _MAY_CAPTURE.finditer(text, start, end)]


def words_with_variables(statement: Statement) -> list[Word]:
    """Return those words of ``statement`` in which nginx looks for variables."""
    key, words = statement.key, statement.arguments
    if key == 'if':
        return _words_of_condition(statement)
    where = USED_IN.get(key)
    if where is None or (key in OF_HTTP and not statement.contexts <= HTTP):
        return []
    if key == 'access_log':
        words = (*words[where], *(word for word in words[2:] if word.text.startswith('if=')))
    elif key == 'geo':
        words = words[where] if len(words) > 1 else ()
    elif key != 'return' or len(words) > 1:
        words = words[where]
    return [word for word in words if '$' in word.text and not word.text.startswith('~')]


def _words_of_condition(statement: Statement) -> list[Word]:
    """Return what is compared in an ``if``, without a regular expression."""
    words = statement.arguments
    before = ('', *(word.text for word in words))
    return [
        word
        for word, operator in zip(words, before, strict=False)
        if '$' in word.text and operator not in {'~', '~*', '!~', '!~*'}
    ]


def defined_by(statement: Statement) -> Iterator[str]:
    """Yield the names that ``statement`` defines: a variable of its own, named captures."""
    index = DEFINE.get(statement.key)
    if index is not None and len(statement.arguments) > max(index, 0):
        yield statement.arguments[index].text.lstrip('$').lower()
    for word in (statement.name, *statement.arguments):
        if '(?' in word.text and _may_be_regex(statement, word):
            yield from (name.lower() for name in _CAPTURE.findall(word.text))


def _may_be_regex(statement: Statement, word: Word) -> bool:
    """Whether a word is a regular expression: some directives mark theirs with a tilde."""
    if statement.key == 'location':
        return Location.of(statement).is_regex
    return statement.key not in {'server_name', 'line of map'} or word.text.startswith('~')
