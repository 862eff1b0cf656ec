"""NGX240: a pool of threads that nothing defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.wholes import whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class UnknownThreadPool(Rule):
    """``aio threads=NAME`` wants a ``thread_pool`` of that name at the top of nginx.conf.

    ``default`` is there without one. Only a whole nginx.conf is judged.
    """

    code = 'NGX240'
    name = 'unknown-thread-pool'
    severity = Severity.ERROR
    message = 'no thread_pool is called {name!r}'
    help = 'define it at the top of nginx.conf, or write threads alone'
    engines = ('nginx',)
    names = ('aio',)
    bad = (Example('nginx', 'events {}\nhttp {\n    aio threads=disk;\n}\n', 'main'),)
    good = (
        Example(
            'nginx',
            'thread_pool disk threads=8;\nevents {}\nhttp {\n    aio threads=disk;\n}\n',
            'main',
        ),
        Example('nginx', 'http {\n    aio threads;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_thread_pool_init_conf()``: "unknown thread pool".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        is_whole = document.context == 'main' and whole_blocks(document, engine.catalogue)
        if not is_whole or any(one.key == 'include' for one in document.statements):
            return
        pools = {word.text for s, _ in document.named('thread_pool') for word in s.arguments[:1]}
        for statement, _scope in document.named('aio'):
            for word in statement.arguments:
                _threads, equals, name = word.text.partition('=')
                if equals and '$' not in name and name not in {*pools, 'default', ''}:
                    yield self.report(document, word.span, name=shortened(name))
