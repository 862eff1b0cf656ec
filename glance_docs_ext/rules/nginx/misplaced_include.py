"""NGX232: a file of nginx's own, included where its directives are not allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.contexts import brought_by, describe
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.fitting import may_stand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class MisplacedInclude(StatementRule):
    """What is included stands where the ``include`` stands, and must be allowed there.

    ``uwsgi_params`` is a list of ``uwsgi_param``, which a location takes and an ``if`` in it does
    not. nginx names a line of that file, and not the line that included it.
    """

    code = 'NGX232'
    name = 'misplaced-include'
    severity = Severity.ERROR
    message = '{file} consists of {directive}, which nginx does not allow {here}'
    help = 'include it {allowed}'
    engines = ('nginx',)
    names = ('include',)
    bad = (
        Example(
            'nginx',
            'location / {\n'
            '    if ($request_method = POST) {\n'
            '        include uwsgi_params;\n'
            '    }\n'
            '}\n',
        ),
        Example('nginx', 'stream {\n    include /etc/nginx/mime.types;\n}\n'),
    )
    good = (Example('nginx', 'location / {\n    include uwsgi_params;\n}\n'),)
    exceptions = 'A file of your own that has the name of one of nginx.'
    source = (
        'The files in conf/ of nginx 1.22.1, asked: ""uwsgi_param" directive is not allowed here '
        'in /etc/nginx/uwsgi_params:2".'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        words, here = statement.arguments, statement.contexts
        directive = brought_by(words[0].text) if len(words) == 1 else ''
        if not directive or may_stand(engine.catalogue, directive, here):
            return ()
        entries = engine.catalogue[directive]
        allowed = frozenset[str]().union(*(entry.contexts for entry in entries))
        found = self.report(
            document,
            words[0].span,
            file=words[0].text,
            directive=directive,
            here=' or '.join(map(describe, sorted(here))),
            allowed=', '.join(map(describe, sorted(allowed))),
        )
        return [found]
