"""CFG204: a name that came after the version that is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class NewerName(Rule):
    """The name came with a later version than the one that is deployed, which refuses it.

    Which version that is, the project says with ``configcheck_versions``, the command line with
    ``--engine-version``, a block with ``:version:``. Where nobody says, the newest version that we
    know is meant, and this rule is silent.
    """

    code = 'CFG204'
    name = 'newer-name'
    severity = Severity.ERROR
    message = '{name} is not known {here}to {engine} {version}: it came with {since}'
    help = 'deploy {engine} {since} or newer, or do without it'
    unfitting = True
    bad = (
        Example('uwsgi', '[uwsgi]\nmax-requests-delta = 10\n', version='2.0.21'),
        Example('apache', 'AliasPreservePath On\n', version='2.4.57'),
        Example('nginx', 'server {\n    listen 443 ssl;\n    http2 on;\n}\n', version='1.22.1'),
        Example('nginx', 'server 127.0.0.1:8080;\nkeepalive 8 local;\n', version='1.28.0'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nmax-requests-delta = 10\n', version='2.0.29'),
        Example('apache', 'AliasPreservePath On\n', version='2.4.62'),
        Example(
            'apache',
            '<IfVersion >= 2.4.58>\n    AliasPreservePath On\n</IfVersion>\n',
            version='2.4.57',
        ),
        Example('nginx', 'server {\n    listen 443 ssl;\n    http2 on;\n}\n', version='1.26.3'),
    )
    exceptions = (
        'The distribution has brought the name into its older version, as distributions do with '
        'repairs of security.'
    )
    source = (
        'uWSGI: the option tables of the releases 2.0.20 to 2.0.31; Apache: "Compatibility" in its '
        'manual; nginx: CHANGES. Measured with uWSGI 2.0.21 and nginx 1.22.1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if engine.version is None:
            return
        for statement in fitting(engine).others(document):
            standing = _standing(statement, engine.catalogue[statement.key])
            entries = _of_arity(statement, standing)
            since = min((entry.since for entry in entries if entry.since), default='')
            if not since or statement in document.unjudged:
                continue
            if any(entry.is_known_to(engine.version) for entry in entries):
                continue
            if engine.version.is_before(since):
                yield self.report(
                    document,
                    statement.name.span,
                    name=statement.name.text,
                    here=_here(len(entries), len(standing), len(engine.catalogue[statement.key])),
                    engine=engine.label,
                    version=engine.version.text,
                    since=since,
                )


def _standing(statement: Statement, entries: Sequence[Entry]) -> list[Entry]:
    """Return those of the entries of a name that may stand where the statement stands."""
    here = statement.contexts
    return [e for e in entries if not here or not e.contexts or here & e.contexts]


def _of_arity(statement: Statement, entries: list[Entry]) -> list[Entry]:
    """Return those that take as many arguments, or all where none does."""
    number = len(statement.arguments)
    return [e for e in entries if e.arity is None or e.arity.accepts(number)] or entries


def _here(meant: int, standing: int, known: int) -> str:
    """Return what of a name is new, from how many of its entries are left."""
    if meant < standing:
        return 'with so many arguments '
    return 'here ' if standing < known else ''
