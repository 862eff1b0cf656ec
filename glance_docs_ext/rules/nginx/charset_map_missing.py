"""NGX241: two charsets that nginx cannot turn into one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class CharsetMapMissing(Rule):
    """Where ``charset`` is another than ``source_charset``, a ``charset_map`` says how to convert.

    nginx brings maps for others to include, ``koi-utf`` and ``win-utf``. Only an ``http`` block
    that can be seen whole is judged.
    """

    code = 'NGX241'
    name = 'charset-map-missing'
    severity = Severity.ERROR
    message = 'no charset_map is between {source} and {target}'
    help = 'add one, include the file of nginx that has it, or take source_charset away'
    engines = ('nginx',)
    names = ('source_charset',)
    bad = (
        Example(
            'nginx',
            'http {\n    charset utf-8;\n    server {\n        source_charset koi8-r;\n    }\n}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n    include koi-utf;\n    charset utf-8;\n    source_charset koi8-r;\n}\n',
        ),
        Example(
            'nginx',
            'http {\n'
            '    charset_map koi8-r utf-8 {\n'
            '        80 E282AC;\n'
            '    }\n'
            '    charset utf-8;\n'
            '    server {\n'
            '        source_charset koi8-r;\n'
            '    }\n'
            '}\n',
        ),
        Example('nginx', 'http {\n    charset utf-8;\n    source_charset koi8-r;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = '``ngx_http_charset_postconfiguration()``: "no "charset_map" between the charsets".'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for block in whole_blocks(document, engine.catalogue, ('http',))[:1]:  # there is but one
            includes = inside(document, block, ['include'])
            if any(word.text.endswith(MAPS) for one in includes for word in one.arguments):
                continue
            maps = {
                frozenset(word.text.lower() for word in one.arguments)
                for one in inside(document, block, ['charset_map'])
            }
            nothing: dict[str, Statement] = {}
            inherited = document.handed_down(nothing, _held)
            told: set[frozenset[str]] = set()
            for scope, held in inherited.items():
                if scope is None or scope.section.key not in {'server', 'location', 'if'}:
                    continue  # it is what a server makes of it that counts
                target, source = held.get('charset'), held.get('source_charset')
                if target is None or source is None:
                    continue
                names = frozenset((_name(target), _name(source)))
                if len(names) < 2 or names in maps or names in told or {'', 'off'} & names:
                    continue
                told.add(names)
                place = document.source.place(max(target, source, key=_start).span)
                yield self.report_at(  # nginx names no line of it
                    place, source=shortened(_name(source)), target=shortened(_name(target))
                ).with_related(Related(document.source.place(source.span), 'source_charset'))


MAPS = ('koi-utf', 'koi-win', 'win-utf')
"""The files of nginx that have a ``charset_map``."""


def _held(section: Statement, around: dict[str, Statement]) -> dict[str, Statement]:
    """Return the charsets that hold in a section: its own, or those around it."""
    own = {
        statement.key: statement
        for statement in section.body or ()
        if statement.key in {'charset', 'source_charset'} and statement.arguments
    }
    return {**around, **own} if own else around


def _name(statement: Statement) -> str:
    """Return a charset in small letters, '' for a variable."""
    text = statement.arguments[0].text.lower()
    return '' if '$' in text else text


def _start(statement: Statement) -> int:
    return statement.name.start
