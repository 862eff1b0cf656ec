"""APA231: the same address to listen to, twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Word


class RepeatedListen(Rule):
    """Apache listens to an address and port once, whatever the protocol, and refuses a second.

    The usual cause is a site that says ``Listen 80`` beside Debian's ``ports.conf``; that one is in
    another file, and only what stands in one block is seen here.
    """

    code = 'APA231'
    name = 'repeated-listen'
    severity = Severity.ERROR
    message = 'Apache listens to {address!r} already'
    help = 'take one of the two away'
    engines = ('apache',)
    names = ('listen',)
    bad = (Example('apache', 'Listen 60999\nListen 60999 http\n'),)
    good = (Example('apache', 'Listen 60999\nListen 61000\n'),)
    exceptions = 'The two lines are alternatives: show them as two blocks.'
    source = (
        '``alloc_listener()`` in server/listen.c: "Cannot define multiple Listeners on the same '
        'IP:port"; measured with Apache 2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        first: dict[str, Word] = {}
        for statement, _scope in document.named(*self.names):
            if not 1 <= len(statement.arguments) <= 2 or not is_known(statement.arguments[0]):
                continue
            word = statement.arguments[0]
            earlier = first.setdefault(word.text.lower(), word)
            if earlier is not word:
                found = self.report(document, word.span, address=shortened(word.text))
                place = document.source.place(earlier.span)
                yield found.with_related(Related(place, 'the first stands here'))
