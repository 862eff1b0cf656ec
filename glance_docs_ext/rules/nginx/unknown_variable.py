"""NGX221: a variable that nothing defines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.variables import (
    DEFINING,
    USING,
    defined_by,
    known,
    named_captures,
    names_in,
    uses,
    words_with_variables,
)
from glance_docs_ext.engines.nginx.wholes import around, inside, is_read, last_of, whole_blocks
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.spelling import LONGEST_NAME, SUGGESTED, Names, closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.engines.nginx.variables import Known
    from glance_docs_ext.syntax import Document, Statement, Word


COMPARED = 300  # names of a text; comparing costs a part of a millisecond for each


class UnknownVariable(Rule):
    """nginx refuses to start with a variable that no module brings and no directive defines.

    Only ``http`` and ``stream`` blocks that can be seen whole are judged: what an included file or
    the rest of the configuration may define is not known.
    """

    code = 'NGX221'
    name = 'unknown-variable'
    severity = Severity.ERROR
    message = 'nothing defines ${name}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('http', 'stream')
    bad = (
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        location / {\n'
            '            proxy_set_header Host $hots;\n'
            '            proxy_pass http://127.0.0.1:60999;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        location / {\n'
            '            echo "for $hots";\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    good = (
        Example(
            'nginx',
            'http {\n'
            '    server {\n'
            '        location / {\n'
            '            proxy_set_header Host $host;\n'
            '            proxy_pass http://127.0.0.1:60999;\n'
            '        }\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_variables_init_vars()``: "unknown "x" variable"; the variables are '
        "read out of nginx's modules."
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        left = SUGGESTED
        for block in whole_blocks(document, engine.catalogue):
            there = known('http' if block.key == 'http' else 'stream')
            start, end = block.span.end, last_of(block).span.end
            names = names_in(document.source.text, start, end)
            others = {name for name in names - there.names if not name.startswith(there.prefixes)}
            if not others:  # as nearly always
                continue
            defined = _defined(document, block)
            unknown = list(_uses(document, block, others - defined))
            own = Names(_comparable(defined) if unknown else ())
            for word, name in unknown:
                close = closest(name, own, _names(there)) if left > 0 else ()
                left -= 1
                yield self.report_at(  # nginx names no line of it
                    document.source.place(word.span),
                    name=shortened(name),
                    remedy=f'did you mean ${close[0]}?' if close else 'define it, or use another',
                )


@cache
def _names(there: Known) -> Names:
    return Names(there.names)


def _comparable(defined: set[str]) -> list[str]:
    """Return the names that an unknown one may be a misspelling of, no more than is quick."""
    return sorted(name for name in defined if len(name) <= LONGEST_NAME)[:COMPARED]


def _defined(document: Document, block: Statement) -> set[str]:
    """Return the variables that are defined in ``block``."""
    start, end = block.span.end, last_of(block).span.end
    statements = [
        *inside(document, block, document.keys & DEFINING),
        *around(document, named_captures(document.source.text, start, end)),
    ]
    return {name for statement in statements for name in defined_by(statement)}


def _uses(document: Document, block: Statement, names: set[str]) -> Iterator[tuple[Word, str]]:
    """Yield each use of one of ``names`` in ``block``, where nginx looks for variables."""
    for statement in inside(document, block, document.keys & USING if names else ()):
        for word in words_with_variables(statement) if is_read(document, statement) else ():
            for use in uses(word.text):
                if not use.fault and use.name in names:
                    yield word, use.name
