"""NGX404: a character that looks like a blank, a quote or a semicolon, and is a letter to nginx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.lookalikes import ANYWHERE, AT_THE_START, describe, instead_of
from glance_docs_ext.engines.nginx.wholes import around
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word

_ANY = re.compile(f'[{ANYWHERE}{AT_THE_START}]')
_FOUND = re.compile(f'[{ANYWHERE}]|^[{AT_THE_START}]')


class LookAlike(Rule):
    """What is copied from a page or a word processor may hold blanks that are not ours.

    A word of nginx ends at a blank, a tab or the end of a line. The blank that keeps two words
    together, a curly quote and the semicolon of another script belong to the word.
    """

    code = 'NGX404'
    name = 'look-alike'
    severity = Severity.WARNING
    message = 'nginx takes {what} for a letter of the word'
    help = 'type it anew: {instead}'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'server {\n    root /srv\u00a0;\n}\n'),
        Example('nginx', 'location / {\n    return 200 \u2018ok\u2019;\n}\n'),
        Example('nginx', 'location / {\n    auth_basic \u201cGlance\u201d;\n}\n'),
    )
    good = (
        Example('nginx', '# \u201cimages\u201d\nserver {\n    root /srv;\n}\n'),
        Example('nginx', 'location / {\n    return 200 "\u2018ok\u2019\u00a0";\n}\n'),
        Example('nginx', 'location /\u00e9t\u00e9 {\n    root /srv;\n}\n'),
    )
    exceptions = 'The word is to have such a character: put it into quotes.'
    source = '``ngx_conf_read_token()`` in src/core/ngx_conf_file.c.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if text.isascii():
            return
        offsets = [found.start() for found in _ANY.finditer(text)]
        for statement in around(document, offsets) if offsets else ():
            for word in _words(statement):
                found = _FOUND.search(word.text)
                if found and text[word.start] not in '"\'':
                    sign = found[0]
                    yield self.report(
                        document, word.span, what=describe(sign), instead=instead_of(sign)
                    )


def _words(statement: Statement) -> tuple[Word, ...]:
    """Return the words of a statement that are values: the name of a directive is none."""
    is_data = statement.key.startswith('line of ')
    return (statement.name, *statement.arguments) if is_data else statement.arguments
