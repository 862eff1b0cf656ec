"""NGX223: a log format that nothing defines before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class UnknownLogFormat(Rule):
    """``access_log`` takes the name of a ``log_format`` that stands above it, or ``combined``.

    Only ``http`` and ``stream`` blocks that can be seen whole are judged.
    """

    code = 'NGX223'
    name = 'unknown-log-format'
    severity = Severity.ERROR
    message = '{complaint}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('access_log',)
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    access_log /var/log/nginx/access.log main;\n'
            '    log_format main "$remote_addr $request";\n'
            '}\n',
        ),
        Example('nginx', 'http {\n    access_log /var/log/nginx/access.log "";\n}\n'),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    log_format main "$remote_addr $request";\n'
            '    access_log /var/log/nginx/access.log main;\n'
            '}\n',
        ),
        Example(
            'nginx',
            'http {\n'
            '    log_format main "$remote_addr $request";\n'
            '    access_log /var/log/nginx/access.log Main;\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_log_set_log()``: "unknown log format".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.named('access_log'):
            words = statement.arguments
            in_stream = statement.contexts and statement.contexts <= {'stream', 'stream-server'}
            if in_stream and len(words) == 1 and words[0].text != 'off':
                yield self.report(
                    document,
                    statement.span,
                    complaint='access_log of stream names no log format',
                    remedy='write the name of a log_format behind the file',
                )
        for block in whole_blocks(document, engine.catalogue):
            defined = {'combined'} if block.key == 'http' else set()
            for statement in inside(document, block, ('access_log', 'log_format')):
                words = statement.arguments
                if statement.key == 'log_format':
                    defined |= {word.text.lower() for word in words[:1]}
                elif _names_format(statement) and words[1].text.lower() not in defined:
                    yield self.report(
                        document,
                        words[1].span,
                        complaint=f'no log format {shortened(words[1].text)!r} stands above',
                        remedy='define it with log_format above, or use combined',
                    )


def _names_format(statement: Statement) -> bool:
    words = statement.arguments
    return len(words) > 1 and words[0].text != 'off'
