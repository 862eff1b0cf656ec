"""UWS224: a legion that is named before there is one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import is_whole, kind, known_part, value
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

SUGGESTED = 3  # legions that a help names
DEFINES = frozenset({'uwsgi_opt_legion', 'uwsgi_opt_legion_mcast'})
NAMES = frozenset(
    {
        *('uwsgi_opt_legion_node', 'uwsgi_opt_legion_quorum', 'uwsgi_opt_legion_scroll'),
        'uwsgi_opt_legion_hook',
    }
)
LEGION = '[uwsgi]\nlegion = web 225.1.1.1:4242 98 aes-128-cbc:secret\n'


class UnknownLegion(Rule):
    """``legion`` makes a legion, and other options say more about it, by its name.

    uWSGI looks the name up at once, and ends where no ``legion`` above has it. What ``cron`` and
    daemons name is looked up later, and may be missing.
    """

    engines = ('uwsgi',)
    kinds = NAMES
    code = 'UWS224'
    name = 'unknown-legion'
    severity = Severity.ERROR
    message = 'uWSGI knows no legion {legion!r} here'
    help = '{remedy}'
    bad = (
        Example('uwsgi', f'{LEGION}legion-node = wbe 225.1.1.1:4242\n'),
        Example('uwsgi', f'{LEGION}legion-lord = api cmd:/usr/local/bin/take-address\n'),
        Example('uwsgi', '[uwsgi]\nlegion-quorum = web 2\n'),
        Example(
            'uwsgi',
            '[uwsgi]\nlegion-node = web 225.1.1.1:4242\n'
            'legion = web 225.1.1.1:4242 98 aes-128-cbc:secret\n',
        ),
    )
    good = (
        Example('uwsgi', f'{LEGION}legion-node = web 225.1.1.1:4242\n'),
        Example('uwsgi', 'legion-node = web 225.1.1.1:4242\n'),
        Example('uwsgi', f'{LEGION}legion-cron = api -1 -1 -1 -1 -1 /usr/bin/true\n'),
    )
    exceptions = 'The legion is set on the command line, before the file.'
    source = (
        'core/legion.c, uwsgi_legion_get_by_name(). Measured with uWSGI 2.0.21: "unknown legion: '
        'wbe", exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if not is_whole(document):
            return
        legions: dict[str, None] = {}
        for statement in document.statements:
            setter = kind(statement, engine)
            if setter not in DEFINES and setter not in NAMES:
                continue
            word = value(statement)
            legion, space, _ = known_part(word).partition(' ')
            if setter in DEFINES:
                if not space:  # its name is not in the text, so it may be any
                    return
                legions[legion] = None
            elif space and legion not in legions and statement not in document.unjudged:
                span = Span(word.start, word.start + max(1, len(legion)))
                yield self.report(
                    document, span, legion=shortened(legion), remedy=_remedy(legion, legions)
                )


def _remedy(legion: str, legions: dict[str, None]) -> str:
    make = f'"legion = {shortened(legion)} ADDRESS VALOR CIPHER:SECRET" above it'
    known = ' or '.join(shortened(name) for name in islice(legions, SUGGESTED))
    return f'write {known}, or {make}' if known else f'write {make}'
