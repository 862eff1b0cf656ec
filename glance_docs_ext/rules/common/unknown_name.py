"""CFG201: a name that the engine does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.elision import REMEDY, is_elision
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.common.shell import APART, COMMANDS
from glance_docs_ext.rules.common.template import SHOW, has_mark, is_filled_in
from glance_docs_ext.rules.fitting import fitting
from glance_docs_ext.spelling import SUGGESTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

LOOK_UP = 'look the name up in the manual of the version that you deploy'
UNUSED = 'as a variable it is not used here'


class UnknownName(Rule):
    """The engine refuses to start when it meets a name it does not know.

    The known names are read out of the engine itself, with all the modules and plugins that come
    with it; for Apache and nginx also out of the modules of third parties that Debian packages. A
    name that is missing there is misspelt, was removed, or belongs to another version or module. Of
    nginx the names of the commercial subscription are known and told apart; for those of some
    modules of others there is :ref:`CFG206 <cfg206>`. Dots that stand for something left out are a
    name to Apache and uWSGI.
    """

    code = 'CFG201'
    name = 'unknown-name'
    severity = Severity.ERROR
    message = '{engine} {version} does not know the {noun} {name!r}'
    help = '{remedy}'
    unfitting = True
    bad = (
        Example('uwsgi', '[uwsgi]\nmaster = true\nproceses = 4\n'),
        Example(
            'apache', '<VirtualHost *:80>\n    ProxyPas / http://127.0.0.1:60999/\n</VirtualHost>\n'
        ),
        Example('nginx', 'server {\n    lisen 80;\n}\n'),
        Example('nginx', 'location / {\n    health_check;\n}\n'),
        Example('apache', '<Location /v2>\n    Require valid-user\n    ...\n</Location>\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nmaster = true\nprocesses = 4\n'),
        Example(
            'apache',
            '<VirtualHost *:80>\n    ProxyPass / http://127.0.0.1:60999/\n</VirtualHost>\n',
        ),
        Example('nginx', 'server {\n    listen 80;\n}\n'),
        Example(
            'apache', 'LoadModule antiloris_module modules/mod_antiloris.so\nIPTotalLimit 16\n'
        ),
    )
    exceptions = (
        'The block is for a module that the catalogue does not hold: say so with '
        '``:unchecked:`` and the name of the module. An Apache block that loads such a module '
        'itself, by ``LoadModule`` or ``PerlLoadModule``, is not searched for unknown names, nor '
        'is one of nginx with ``load_module``.'
    )
    source = (
        'uWSGI in strict mode: "unknown config directive"; Apache: "Invalid command"; '
        'nginx: "unknown directive".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        left = SUGGESTED
        for statement in fitting(engine).others(document):
            if statement.key in engine.catalogue or statement in document.unjudged:
                continue
            if document.once(engine.brings_names):
                break
            if engine.module_of(statement.key):
                continue
            place = document.source.place(statement.name.span)
            name, key = statement.name.text, statement.key
            found = self.finding(place, name, key, engine, suggest=left > 0)
            if has_mark(document.source.text[statement.name.start : statement.name.end]):
                found = found._replace(help=SHOW)  # uWSGI has taken the percent signs away
            stop = document.stop_behind(statement.name.start)
            yield self.noticed(found, document, stop)
            left -= 1

    def finding(
        self, place: Place, name: str, key: str, engine: Engine, *, suggest: bool = True
    ) -> Diagnostic:
        """Return the finding for a ``name`` at ``place``, in a block or in prose.

        :param key: how the catalogue would spell it
        :param suggest: look for names that are like it
        """
        elsewhere = engine.elsewhere(key) or _of_no_server(name)
        suggestions = engine.catalogue.suggestions(key) if suggest and not elsewhere else ()
        return self.report_at(
            place,
            engine=engine.label,
            version=engine.version.text if engine.version else engine.catalogue.version,
            noun=engine.noun,
            name=shortened(name),
            remedy=elsewhere
            or (REMEDY if is_elision(name) else '')
            or _remedy([engine.catalogue[one][0] for one in suggestions])
            or (f'{LOOK_UP}; {UNUSED}' if engine.name == 'uwsgi' else LOOK_UP),
        )


def _of_no_server(name: str) -> str:
    """Return what to do about a name that is none of any server, '' where it may be one."""
    if name in COMMANDS:
        return APART
    return SHOW if is_filled_in(name) else ''


def _remedy(suggestions: list[Entry]) -> str:
    if not suggestions:
        return ''
    quoted = [
        f'{entry.name!r} ({entry.origin})' if entry.origin else repr(entry.name)
        for entry in suggestions
    ]
    return f'did you mean {" or ".join(quoted)}?'
