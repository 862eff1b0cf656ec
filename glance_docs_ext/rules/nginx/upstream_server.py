"""NGX214: a server of an upstream that nginx cannot read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.addresses import parse, unfilled
from glance_docs_ext.engines.nginx.elsewhere import COMMERCIAL
from glance_docs_ext.engines.nginx.predicates import after, counts, is_number, one_of
from glance_docs_ext.engines.nginx.values import is_seconds
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class UpstreamServer(StatementRule):
    """A ``server`` in ``upstream`` is an address without a scheme or path, and a few parameters.

    ``unix:///run/a.sock`` has no scheme, but a path. ``slow_start`` belongs to the commercial
    edition; ``resolve`` and ``service`` did before 1.27.3, ``route`` and ``drain`` before 1.29.6.
    """

    code = 'NGX214'
    name = 'upstream-server'
    severity = Severity.ERROR
    message = 'server does not take {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('server',)
    bad = (
        Example('nginx', 'upstream glance {\n    server http://127.0.0.1:60999;\n}\n'),
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999 weigth=2;\n}\n'),
        Example('nginx', '# of a group\nserver 127.0.0.1:60999 weight 5;\n'),
        Example(
            'nginx',
            'upstream glance {\n    zone glance 64k;\n    server glance.example.com resolve;\n}\n',
            version='1.22.1',
        ),
    )
    good = (
        Example(
            'nginx',
            'upstream glance {\n'
            '    server 127.0.0.1:60999 weight=2 max_fails=3 fail_timeout=30s;\n'
            '    server unix:/run/glance.sock backup;\n'
            '}\n',
        ),
        Example('nginx', 'upstream glance {\n    server unix:///run/glance.sock;\n}\n'),
        Example(
            'nginx',
            'upstream glance {\n'
            '    zone glance 64k;\n'
            '    server glance.example.com service=http resolve;\n'
            '}\n',
        ),
        Example('nginx', 'upstream glance {\n    server 127.0.0.1:60999 route=a drain;\n}\n'),
    )
    exceptions = 'The block is a template that is filled in before nginx reads it.'
    source = (
        '``ngx_http_upstream_server()`` in src/http/ngx_http_upstream.c; 1.22.1, asked; the '
        'changes of 1.27.3 for resolve and service, of 1.29.6 for route and drain.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if statement.body is not None or not statement.arguments:
            return ()
        if not statement.contexts & UPSTREAMS:  # without a block it belongs nowhere else
            return ()
        return self._faults(document, statement, engine)

    def _faults(
        self, document: Document, statement: Statement, engine: Engine
    ) -> Iterator[Diagnostic]:
        address, *parameters = statement.arguments
        url = parse(address.text)
        scheme = '://' in address.text and not address.text.lower().startswith('unix:')
        remedy = 'write the address without the scheme' if scheme else url.fault
        if not any(word.text == 'resolve' for word in parameters):  # else it may be looked up later
            remedy = remedy or unfilled(url.host)
        if not remedy and statement.contexts == {'stream-upstream'} and url.port is None:
            remedy = 'write the port behind the address'
        if remedy:
            yield self.report(document, address.span, value=shortened(address.text), remedy=remedy)
        for word in parameters:
            remedy = _remedy(word.text, statement, engine)
            if not remedy:
                continue
            yield self.report(document, word.span, value=shortened(word.text), remedy=remedy)
            break  # nginx reads no further, and `weight 5` is one fault


def _remedy(parameter: str, statement: Statement, engine: Engine) -> str:
    """Return what to do about a parameter that nginx refuses, '' where it takes it."""
    if _is_one_of(PARAMETERS, parameter):
        return ''
    if SLOW_START(parameter):
        return f'it is {COMMERCIAL}; nginx itself takes {KNOWN}'
    for since, tests in YOUNGER:
        if _is_one_of(tests, parameter):
            if since == STICKY_SINCE and statement.contexts == {'stream-upstream'}:
                break
            is_old = engine.version is not None and engine.version.is_before(since)
            return f'it takes this since nginx {since}' if is_old else ''
    return f'it takes {KNOWN}'


def _is_one_of(tests: tuple[Callable[[str], bool], ...], parameter: str) -> bool:
    return any(test(parameter) for test in tests)


KNOWN = 'weight=, max_conns=, max_fails=, fail_timeout=, backup and down'
UPSTREAMS = frozenset({'upstream', 'stream-upstream'})
PARAMETERS = (
    one_of('backup', 'down'),
    after('weight=', counts),
    after('max_conns=', is_number),
    after('max_fails=', is_number),
    after('fail_timeout=', is_seconds),
)
STICKY_SINCE = '1.29.6'  # in http
YOUNGER = (  # what was a part of the subscription before
    ('1.27.3', (one_of('resolve'), after('service=', bool))),
    (STICKY_SINCE, (one_of('drain'), after('route=', bool))),
)
SLOW_START = after('slow_start=', bool)
