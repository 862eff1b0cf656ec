"""NGX201: a switch that is neither on nor off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.values import known, meant
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.nginx.unexpanded import unexpanded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class SwitchValue(StatementRule):
    """A switch takes ``on`` or ``off``, in any case; nginx refuses ``yes``, ``true`` and ``1``."""

    code = 'NGX201'
    name = 'switch-value'
    severity = Severity.ERROR
    message = '{name} is "on" or "off", found {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'location / {\n    proxy_buffering no;\n}\n'),
        Example('nginx', 'stream {\n    proxy_protocol v2;\n}\nevents {}\n', version='1.22.1'),
    )
    good = (
        Example('nginx', 'location / {\n    proxy_buffering off;\n}\n'),
        Example('nginx', 'http {\n    ssl_ocsp leaf;\n}\n'),
        Example('nginx', 'location / {\n    fancyindex_css_href /x.css;\n}\n'),
        Example(
            'nginx', 'server {\n    listen 1;\n    proxy_protocol v2;\n    proxy_pass $up;\n}\n'
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        'src/core/ngx_conf_file.c, ``ngx_conf_set_flag_slot()``; the changes of 1.31.4 for '
        'proxy_protocol.'
    )

    def looks_at(self, key: str, entries: Sequence[Entry]) -> bool:
        return any(map(_is_switch, entries))

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        words = statement.arguments
        if not words or words[0].text.lower() in SWITCHES:
            return ()
        entries = known(meant(statement, engine.catalogue), engine)
        if not entries or not all(_is_switch(entry) for entry in entries):
            return ()
        value, name = words[0], statement.name.text
        found = self.report(
            document,
            value.span,
            name=name,
            value=shortened(value.text),
            remedy=unexpanded(value.text, f'write {name} on; or {name} off;'),
        )
        return [found]


SWITCHES = frozenset({'on', 'off'})


def _is_switch(entry: Entry) -> bool:
    """Whether the function that the table names for the value says so, or else the table.

    A table may call one word of any kind a flag, as that of ``ssl_ocsp leaf`` does.
    """
    slot = entry.kind.startswith('ngx_conf_set_')
    return entry.kind == 'ngx_conf_set_flag_slot' or ('flag' in entry.flags and not slot)
