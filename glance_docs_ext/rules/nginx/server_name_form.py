"""NGX227: a server name whose asterisk stands wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx import hostnames
from glance_docs_ext.engines.nginx.tls import sharing
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word


class ServerNameForm(Rule):
    """An asterisk in ``server_name``, ``valid_referers`` or a map of hosts stands for whole labels.

    It comes first or last: ``*.example.org``, ``www.example.*``. Of servers that are alone on their
    address nginx does not look at the names so closely.
    """

    code = 'NGX227'
    name = 'server-name-form'
    severity = Severity.ERROR
    message = '{value!r} is no server name'
    help = 'write *.example.org, .example.org, www.example.* or a regular expression behind ~'
    engines = ('nginx',)
    names = ('server_name', 'valid_referers', 'map')
    bad = (
        Example('nginx', 'server {\n    server_name *example.org;\n}\n'),
        Example('nginx', 'location / {\n    valid_referers none *example.org;\n}\n'),
        Example('nginx', 'map $host $site {\n    hostnames;\n    www.*.org 1;\n}\n'),
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        server_name www.*.org;\n'
            '    }\n'
            '    server {\n'
            '        server_name example.org;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'server {\n'
            '    server_name www.*.org;\n'
            '}\n'
            'server {\n'
            '    server_name example.org;\n'
            '    root /srv;\n'
            '}\n',
        ),
    )
    good = (
        Example('nginx', 'server {\n    server_name *.example.org;\n}\n'),
        Example('nginx', 'location / {\n    valid_referers none *.example.org/a*b;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_core_server_name()``: "server name "x" is invalid"; '
        '``ngx_http_valid_referers()``, ``ngx_http_map()``: "invalid hostname or wildcard"; '
        '``ngx_hash_add_key()``.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.named('valid_referers'):
            for word in statement.arguments:
                if _is_refused(word.text):
                    yield self.report(document, word.span, value=shortened(word.text))
        for statement, _scope in document.named('server_name'):
            if statement.contexts and not statement.contexts & {'server', 'stream-server'}:
                continue
            for word in statement.arguments:
                if _is_read(word.text):
                    yield self.report(document, word.span, value=shortened(word.text))
        for word in _wrong_in_table(document):
            yield self.report_at(  # nginx names no line of it
                document.source.place(word.span), value=shortened(word.text)
            )
        for statement, _scope in document.named('map'):
            for line in _lines_of_hosts(statement):
                if hostnames.is_wrong(line.name.text.removeprefix('\\')):
                    yield self.report(document, line.name.span, value=shortened(line.name.text))


def _is_read(name: str) -> bool:
    """Whether nginx refuses a name where it reads it."""
    is_wrong = name.startswith('*') and (len(name) < 3 or name[1] != '.')
    return is_wrong or name in {'.', '~'}


def _wrong_in_table(document: Document) -> Iterator[Word]:
    """Yield wrong names of servers that share an address: nginx makes a table of those alone."""
    wrong = {
        word
        for statement, _scope in document.named('server_name')
        for word in statement.arguments
        if hostnames.is_wrong(word.text) and not (word.text[:1] == '~' or _is_read(word.text))
    }
    if not wrong or len(document.named('server')) < 2:
        return
    blocks = [one.body or () for one, scope in document.named('http') if scope is None]
    for statements in (*blocks, document.statements):
        lines = [one for server in sharing(statements) for one in server.body or ()]
        if not any(one.contexts and one.contexts <= NAMED for one in lines):
            continue  # they may be servers of mail
        for one in lines:
            if one.key == 'server_name':
                yield from (word for word in one.arguments if word in wrong)


NAMED = frozenset({'server', 'stream-server'})


def _lines_of_hosts(block: Statement) -> Iterator[Statement]:
    """Yield the lines of a map that stand below ``hostnames``, without regular expressions."""
    lines = iter(block.body or ())
    for line in lines:
        if line.name.text == 'hostnames' and not line.arguments:
            yield from (
                other
                for other in lines
                if len(other.arguments) == 1
                and not other.name.text.startswith('~')
                and other.name.text not in {'default', 'include'}
            )


def _is_refused(referer: str) -> bool:
    """Whether nginx cannot take the host of a referer for a name, ``ngx_hash_add_key()``."""
    host = referer.partition('/')[0]
    if referer.startswith('~') or ('*' not in host and '..' not in host):
        return False
    first = host.startswith('*.') and len(host) > 2
    return '..' in host or '*' in (host[2:] if first else host.removesuffix('.*'))
