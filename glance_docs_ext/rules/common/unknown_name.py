"""CFG201: a name that the engine does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

SUGGESTED = 20  # names; a block with more unknown ones is something else than misspelt


class UnknownName(Rule):
    """The engine refuses to start when it meets a name it does not know.

    The known names are read out of the engine itself, with all the modules and plugins that come
    with it. A name that is missing there is misspelt, was removed, or belongs to another version
    or to a module of a third party.
    """

    code = 'CFG201'
    name = 'unknown-name'
    severity = Severity.ERROR
    message = '{engine} {version} does not know the {noun} {name!r}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nmaster = true\nproceses = 4\n'),
        Example(
            'apache', '<VirtualHost *:80>\n    ProxyPas / http://127.0.0.1:60999/\n</VirtualHost>\n'
        ),
        Example('nginx', 'server {\n    lisen 80;\n}\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nmaster = true\nprocesses = 4\n'),
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / http://127.0.0.1:60999/\n</VirtualHost>\n',
        ),
        Example('nginx', 'server {\n    listen 80;\n}\n'),
    )
    exceptions = (
        'The block is for a module that the catalogue does not hold: say so with '
        '``:unchecked:`` and the name of the module.'
    )
    source = (
        'uWSGI in strict mode: "unknown config directive"; Apache: "Invalid command"; '
        'nginx: "unknown directive".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        left = SUGGESTED
        for statement, _scope in document.placed:
            if statement.key in engine.catalogue or statement in document.unjudged:
                continue
            suggestions = engine.catalogue.suggestions(statement.key) if left > 0 else ()
            left -= 1
            yield self.report(
                document,
                statement.name.span,
                engine=engine.label,
                version=engine.catalogue.version,
                noun=engine.noun,
                name=shortened(statement.name.text),
                remedy=_remedy(tuple(engine.catalogue[key][0].name for key in suggestions)),
            )


def _remedy(suggestions: tuple[str, ...]) -> str:
    if not suggestions:
        return 'look the name up in the manual of the version that you deploy'
    quoted = [repr(name) for name in suggestions]
    return f'did you mean {" or ".join(quoted)}?'
