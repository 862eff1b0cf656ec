"""NGX233: shares of split_clients that are more than all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.wholes import closes_at
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.nginx.shares import too_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class SharesAboveWhole(StatementRule):
    """The shares of a ``split_clients`` block are parts of one whole.

    What they leave is for ``*``, which stands last: it counts as all that is left, so any share
    behind it is too much.
    """

    code = 'NGX233'
    name = 'shares-above-whole'
    severity = Severity.ERROR
    message = 'with {share!r} the shares of split_clients are more than 100%'
    help = 'write less, and "*" for the rest in the last line'
    engines = ('nginx',)
    names = ('split_clients',)
    bad = (
        Example('nginx', 'split_clients $request_id $part {\n    60% .one;\n    50% .two;\n}\n'),
        Example('nginx', 'split_clients $request_id $part {\n    * .one;\n    50% .two;\n}\n'),
    )
    good = (
        Example('nginx', 'split_clients $request_id $part {\n    50% .one;\n    50% .two;\n}\n'),
        Example('nginx', 'split_clients $request_id $part {\n    .5% .one;\n    * .two;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_conf_split_clients_block()`` in src/http/modules/ngx_http_split_clients_module.c: '
        '"percent total is greater than 100%"; measured with nginx 1.22.1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        line = too_many(statement.body or ())
        if line is not None:
            place = document.source.place(line.name.span)
            found = self.report_at(place, share=shortened(line.name.text))
            yield self.noticed(found, document, closes_at(document, statement))
