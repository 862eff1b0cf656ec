"""APA238: a resource to be pushed, with words that mod_http2 does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement


class PushResource(ValueRule):
    """``H2PushResource [add] PATH [critical]``: there is no other word, and one path a line."""

    code = 'APA238'
    name = 'push-resource'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('h2pushresource',)
    bad = (Example('apache', '<Location /v2>\n    H2PushResource /a.css /b.css\n</Location>\n'),)
    good = (
        Example('apache', '<Location /v2>\n    H2PushResource /a.css critical\n</Location>\n'),
        Example('apache', '<Location /v2>\n    H2PushResource add /a.css\n</Location>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``h2_conf_add_push_res()`` in mod_http2/h2_config.c: "unknown last parameter"; measured '
        'with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    if len(words) > 1 and words[0].text.lower() == 'add':
        words = words[1:]
    if len(words) > 1 and (len(words) > 2 or words[1].text.lower() != 'critical'):
        what = f'{shortened(words[-1].text)!r} is not "critical"'
        yield Fault(words[-1].span, what, 'write each resource on a line of its own')
