"""NGX212: an address to pass requests to that nginx cannot read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SCHEMES: dict[str, tuple[str, ...]] = {
    'proxy_pass': ('http://', 'https://'),
    'uwsgi_pass': ('uwsgi://', 'suwsgi://'),
    'grpc_pass': ('grpc://', 'grpcs://'),
    'fastcgi_pass': (),
    'scgi_pass': (),
    'memcached_pass': (),
    'pass': (),  # of stream
}


class UpstreamAddress(StatementRule):
    """``proxy_pass`` takes a URL with ``http://`` or ``https://``; the others take an address.

    ``uwsgi_pass http://...`` is the usual slip: the protocol is in the name of the directive.
    """

    code = 'NGX212'
    name = 'upstream-address'
    severity = Severity.ERROR
    message = '{name} does not take {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    names = SCHEMES
    bad = (
        Example('nginx', 'location / {\n    proxy_pass 127.0.0.1:60999;\n}\n'),
        Example('nginx', 'location / {\n    proxy_pass http://127.0.0.1:99999;\n}\n'),
        Example('nginx', 'location / {\n    uwsgi_pass http://127.0.0.1:60999;\n}\n'),
        Example('nginx', 'location / {\n    uwsgi_pass 127.0.0.1;\n}\n'),
    )
    good = (
        Example('nginx', 'location / {\n    proxy_pass http://127.0.0.1:60999;\n}\n'),
        Example('nginx', 'location / {\n    uwsgi_pass unix:/run/glance.sock;\n}\n'),
        Example('nginx', 'location / {\n    uwsgi_pass unix:///run/glance.sock;\n}\n'),
        Example(
            'nginx',
            'upstream 127.0.0.1 {\n    server 127.0.0.1:60999;\n}\n'
            'server {\n    location / {\n        memcached_pass 127.0.0.1;\n    }\n}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_proxy_pass()`` and its like: "invalid URL prefix", "invalid port in upstream".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if not statement.arguments or '$' in statement.arguments[0].text:
            return ()
        word = statement.arguments[0]
        remedy = _fault(statement.key, word.text, document)
        if statement.key == 'proxy_pass' and statement.contexts - HTTP:  # perhaps that of stream
            in_stream = SCHEMELESS if _has_scheme(word.text) else parse(word.text).fault
            remedy = in_stream if remedy or statement.contexts == {'stream-server'} else ''
        if not remedy:
            return ()
        name, value = statement.name.text, shortened(word.text)
        return [self.report(document, word.span, name=name, value=value, remedy=remedy)]


def _upstreams(document: Document) -> frozenset[str]:
    """Return the names of the upstreams of a document, in small letters."""
    named = document.named('upstream')
    return frozenset(word.text.lower() for block, _scope in named for word in block.arguments)


HTTP = frozenset({'location', 'location-if', 'limit-except'})
SCHEMELESS = 'write the address without the scheme'
IPV4 = re.compile(r'[0-9]{1,3}(?:\.[0-9]{1,3}){3}')


def _has_scheme(text: str) -> bool:
    """Whether a scheme is before the address; ``unix:///run/a.sock`` has none, but a path."""
    return '://' in text and not text.lower().startswith('unix:')


def _fault(name: str, text: str, document: Document) -> str:
    """Return what to do about ``text``, '' where nginx can read it.

    Any word may be the name of an upstream, which needs no port.
    """
    small = text.lower()
    scheme = ''
    for one in SCHEMES[name]:
        if small.startswith(one):
            scheme = one
            break
    if name == 'proxy_pass' and not scheme:
        return 'write http:// or https:// before the address'
    if _has_scheme(text) and not scheme:
        return SCHEMELESS
    url = parse(text[len(scheme) :], with_uri=name == 'proxy_pass')
    has_no_port = not url.fault and name != 'proxy_pass' and url.port is None
    if has_no_port and IPV4.fullmatch(url.host) and url.host not in document.once(_upstreams):
        return 'write the port behind the address'
    return url.fault
