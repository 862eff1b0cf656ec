"""CFG202: a name in a place where the engine does not allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.arguments import handed_on
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.place_of_another_build import allowed_elsewhere
from glance_docs_ext.rules.common.origin import comes_from
from glance_docs_ext.rules.fitting import fitting, may_stand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document, Statement

PROXIES = frozenset(('<proxy', '<proxymatch'))
ONLY_IN_PROXY = 'sslproxy'


class MisplacedName(Rule):
    """The engine knows the name, but not in this section, and refuses to start.

    A block that is a fragment is read in the kindest context: the statements at its top are judged
    only where ``:context:`` says what the fragment stands in.
    """

    code = 'CFG202'
    name = 'misplaced-name'
    severity = Severity.ERROR
    message = '{engine} does not allow {name!r} {here}'
    help = 'it may stand {allowed}{origin}'
    unfitting = True
    bad = (
        Example('apache', '<VirtualHost *:80>\n    Listen 8080\n</VirtualHost>\n'),
        Example('nginx', 'server {\n    worker_processes 4;\n}\n'),
    )
    good = (
        Example(
            'apache', 'Listen 8080\n<VirtualHost *:8080>\n    ServerName glance\n</VirtualHost>\n'
        ),
        Example('apache', '<VirtualHost *:80>\n    xml2EncAlias utf-8 ""\n</VirtualHost>\n'),
        Example(
            'apache',
            '<Proxy https://127.0.0.1:9292/*>\n    <If "true">\n        SSLProxyCheckPeerCN off\n'
            '    </If>\n</Proxy>\n',
        ),
        Example('nginx', 'worker_processes 4;\n'),
    )
    exceptions = 'None: no version of the engine starts with it, nor with its module that we know.'
    source = (
        'Apache: "X not allowed in <Y> context" and "X cannot occur within <Y> section"; '
        'nginx: ""x" directive is not allowed here".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        catalogue = engine.catalogue
        for statement in fitting(engine).others(document):
            here = statement.contexts
            if (
                may_stand(catalogue, statement.key, here)
                or statement.span in document.once(_in_proxy)
                or _is_unasked(catalogue, statement)
                or allowed_elsewhere(catalogue, statement)
            ):
                continue
            entries = engine.catalogue[statement.key]
            allowed = frozenset[str]().union(*(entry.contexts for entry in entries))
            yield self.report(
                document,
                statement.name.span,
                engine=engine.label,
                name=statement.name.text,
                here=_here(engine, here),
                allowed=', '.join(_words(engine, allowed)),
                origin=comes_from(entries),
            )


def _in_proxy(document: Document) -> frozenset[Span]:
    """Return where what Apache allows in ``<Proxy>`` stands in a section that stands in that.

    What ``<Proxy>`` allows beyond others (``PROXY_CONF``), ``<If>``, ``<Files>`` and ``<Limit>``
    inside it allow as well: measured with Apache 2.4.71.
    """
    if document.engine != 'apache' or document.keys.isdisjoint(PROXIES):
        return frozenset()
    inside = document.handed_down(False, lambda section, inside: inside or section.key in PROXIES)
    return frozenset(
        statement.span
        for statement, scope in document.placed
        if inside[scope]
        and statement.key.startswith(ONLY_IN_PROXY)
        and 'requireall' not in statement.contexts
    )


def _is_unasked(catalogue: Catalogue, statement: Statement) -> bool:
    """Whether Apache does not call the function that would refuse the place.

    ``<VirtualHost>`` is refused by the functions of directives, all other sections before them.
    """
    return (
        'vhost' in statement.contexts
        and '' in {word.text for word in statement.arguments[1:]}
        and statement.arguments[0].text != ''
        and not handed_on(statement, catalogue)
        and any('server' in entry.contexts for entry in catalogue[statement.key])
    )


def _here(engine: Engine, contexts: frozenset[str]) -> str:
    words = _words(engine, contexts)
    return ' '.join(reversed(words)) if 'htaccess' in contexts else ' or '.join(words)


def _words(engine: Engine, contexts: frozenset[str]) -> list[str]:
    """Describe contexts in the engine's own order."""
    return [engine.describe_context(name) for name in engine.contexts if name in contexts]
