"""NGX235: two directives of a block that nginx does not take together, or in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.wholes import end_of_http
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

    Beside = dict[tuple[Statement | None, str], list[Statement]]


STORES = {f'{by}_store': f'{by}_cache' for by in ('proxy', 'fastcgi', 'uwsgi', 'scgi')}
OTHER = {**STORES, 'starttls': 'ssl'}
BESIDE = (*STORES.values(), 'secure_link', 'secure_link_md5', 'proxy_pass', 'include', 'ssl')


class IncompatibleDirectives(Rule):
    """Some directives of one block exclude each other.

    What is stored with ``proxy_store`` is not cached as well, ``secure_link_secret`` is the older
    way to do what ``secure_link`` does, ``proxy_redirect default`` is made out of the address of a
    ``proxy_pass`` above it, which therefore has no variable, and a mail server that speaks TLS from
    the first byte on cannot be asked to start it.
    """

    code = 'NGX235'
    name = 'incompatible-directives'
    severity = Severity.ERROR
    message = '{complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('proxy_redirect', 'secure_link_secret', 'starttls', *STORES)
    bad = (
        Example('nginx', 'location / {\n    proxy_store on;\n    proxy_cache images;\n}\n'),
        Example('nginx', 'location / {\n    secure_link $arg_x;\n    secure_link_secret y;\n}\n'),
        Example(
            'nginx',
            'location / {\n    proxy_redirect default;\n    proxy_pass http://127.0.0.1/v2/;\n}\n',
        ),
        Example(
            'nginx',
            'location / {\n    proxy_pass http://$host;\n    proxy_redirect default;\n}\n',
        ),
        Example(
            'nginx',
            'mail {\n    auth_http 127.0.0.1:60999;\n    starttls only;\n    ssl on;\n}\n'
            'events {}\n',
            version='1.22.1',
        ),
    )
    good = (
        Example('nginx', 'location / {\n    proxy_store off;\n    proxy_cache images;\n}\n'),
        Example(
            'nginx',
            'location / {\n    proxy_pass http://127.0.0.1/v2/;\n    proxy_redirect default;\n}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_proxy_store()``, ``ngx_http_proxy_cache()`` and their like, '
        '``ngx_http_secure_link_merge_conf()``, ``ngx_http_proxy_redirect()``, '
        '``ngx_mail_ssl_starttls()``; nginx 1.22, asked.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        beside: Beside = {}
        for statement, scope in document.named(*BESIDE):
            section = scope.section if scope else None
            beside.setdefault((section, statement.key), []).append(statement)
        for statement, scope in document.named(*self.names):
            section = scope.section if scope else None
            if statement.key == 'proxy_redirect':
                yield from self._redirect(document, statement, beside, section)
            elif statement.key != 'secure_link_secret':
                for other in beside.get((section, OTHER[statement.key]), [])[:1]:
                    if _exclude(statement, other):
                        yield self._together(document, statement, other)
            elif 'http' not in statement.contexts:  # there it is what a server makes of it
                links = [beside.get((section, f'secure_link{end}'), []) for end in ('', '_md5')]
                for other in [*links[0], *links[1]][:1]:
                    found = self._together(document, statement, other)
                    yield self.noticed(found, document, end_of_http(document, statement))

    def _redirect(
        self, document: Document, statement: Statement, beside: Beside, section: Statement | None
    ) -> Iterator[Diagnostic]:
        """Yield the finding at a ``proxy_redirect default`` that has no address."""
        passes = beside.get((section, 'proxy_pass'), [])
        remedy = _missing(statement, passes, beside.get((section, 'include'), []))
        is_shown = section or document.context in {'http', 'server'}
        if is_shown and remedy and _words(statement) == ['default']:
            complaint = 'proxy_redirect default has no address to be made of'
            place = document.source.place(statement.span)
            yield self.report_at(place, complaint=complaint, remedy=remedy)

    def _together(self, document: Document, one: Statement, other: Statement) -> Diagnostic:
        """Return the finding at the one that stands below."""
        above, below = sorted((one, other), key=lambda statement: statement.name.start)
        return self.report(
            document,
            below.span,
            complaint=f'{below.key} does not go together with {above.key}',
            remedy='keep one of the two',
        ).with_related(Related(document.source.place(above.span), 'the other one'))


def _exclude(one: Statement, other: Statement) -> bool:
    """Whether a store and a cache, or two ways to TLS, are both switched on."""
    if one.key == 'starttls':
        is_on = [word.lower() for word in _words(other)] == ['on']
        return is_on and _words(one) in (['on'], ['only'])
    return ['off'] not in (_words(one), _words(other))


def _words(statement: Statement) -> list[str]:
    return [word.text for word in statement.arguments]


def _missing(redirect: Statement, passes: list[Statement], includes: list[Statement]) -> str:
    """Return what to do so that there is an address, '' where there is or may be one."""
    above = [one for one in passes[:1] if one.name.start < redirect.name.start]
    if above:
        has_variable = any('$' in word for word in _words(above[0]))
        return 'proxy_pass has a variable: write out what is replaced' if has_variable else ''
    may_bring_one = includes and includes[0].name.start < redirect.name.start
    return '' if may_bring_one else 'write it below the proxy_pass of the same location'
