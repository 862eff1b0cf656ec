"""APA237: a command that mod_sed cannot read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

ADDRESS = r'(?:[0-9]+|\$|/(?:[^/\\]|\\.)*/)'
COMMAND = re.compile(rf'[;\s]*(?:{ADDRESS}(?:,{ADDRESS})?\s*)?!*\s*(.?)(.*)', re.DOTALL)
ALONE = frozenset('dDgGhHlnNpPqx=')
UNSURE = frozenset(':btrw{#')  # what follows these may be many things
PART = r'(?:[^\\]|\\.)*?'


class SedCommand(ValueRule):
    """``InputSed`` and ``OutputSed`` take one command of sed, mostly ``s/old/new/g``."""

    code = 'APA237'
    name = 'sed-command'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('inputsed', 'outputsed')
    bad = (
        Example('apache', '<Location /v2>\n    OutputSed s/http:/https:\n</Location>\n'),
        Example('apache', '<Location /v2>\n    OutputSed On\n</Location>\n'),
    )
    good = (
        Example('apache', '<Location /v2>\n    OutputSed "s|http:|https:|g"\n</Location>\n'),
        Example('apache', '<Location /v2>\n    OutputSed /^#/d\n</Location>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'modules/filters/sed0.c: "command garbled", "unrecognized command"; measured with Apache '
        '2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    for word in statement.arguments[:1]:
        if word.text and not _is_command(word.text):
            what = f'{shortened(word.text)!r} is no command of sed'
            yield Fault(word.span, what, 'write s/old/new/ or the like')


def _is_command(text: str) -> bool:
    """Whether a text may be a command; False only where that is sure."""
    found = COMMAND.fullmatch(text)
    letter, rest = found.groups() if found else ('', '')
    if letter in ALONE:
        return not rest or rest[0] in ' \t;}#'
    if letter in {'s', 'y'} and rest:
        sign = re.escape(rest[0])
        flags = '[gp0-9]*(?:|w.*|[;}#\\s].*)' if letter == 's' else '[;}#\\s].*|'
        return (
            re.fullmatch(rf'{sign}{PART}{sign}{PART}{sign}(?:{flags})', rest, re.DOTALL) is not None
        )
    return letter != '' and letter in UNSURE
