"""APA237: a command that mod_sed cannot read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.sed_pattern import read_pattern
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

ADDRESS = r'(?:[0-9]+|\$|/(?:[^/\\]|\\.)*/)'
COMMAND = re.compile(rf'[;\s]*(?:{ADDRESS}(?:,{ADDRESS})?\s*)?!*\s*(.?)(.*)', re.DOTALL)
ALONE = frozenset('dDgGhHlnNpPqx=')
UNSURE = frozenset(':btrw{#')  # what follows these may be many things
PART = r'(?:[^\\]|\\.)*?'
FLAGS = r'[gp0-9]*(?:|w.+|[;}#\s].*)'
REFERENCE = re.compile(r'\\([1-9]?)', re.DOTALL)


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
        Example('apache', '<Location /v2>\n    OutputSed "s/\\(http:/https:/"\n</Location>\n'),
        Example('apache', '<Location /v2>\n    OutputSed s/[0-9/0/g\n</Location>\n'),
        Example('apache', '<Location /v2>\n    OutputSed y/abc/de/\n</Location>\n'),
    )
    good = (
        Example('apache', '<Location /v2>\n    OutputSed "s|http:|https:|g"\n</Location>\n'),
        Example('apache', '<Location /v2>\n    OutputSed /^#/d\n</Location>\n'),
        Example('apache', '<Location /v2>\n    OutputSed "s/[/]\\(v2\\)/\\1/g"\n</Location>\n'),
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
    if letter == 's' and rest:
        return _substitutes(rest)
    if letter == 'y' and rest:
        return _transforms(rest)
    return letter != '' and letter in UNSURE


def _substitutes(rest: str) -> bool:
    """Whether ``rest`` is what "s" takes: /pattern/replacement/flags."""
    pattern = read_pattern(rest[1:], rest[0])
    if pattern is None:
        return False
    sign = re.escape(rest[0])
    found = re.fullmatch(rf'({PART}){sign}(?:{FLAGS})', rest[1 + pattern.end :], re.DOTALL)
    if found is None:
        return False
    return all(int(number) <= pattern.groups for number in REFERENCE.findall(found[1]) if number)


def _transforms(rest: str) -> bool:
    """Whether ``rest`` is what "y" takes: /characters/as many/."""
    sign = re.escape(rest[0])
    found = re.fullmatch(rf'{sign}({PART}){sign}({PART}){sign}(?:[;}}#].*|)', rest, re.DOTALL)
    return found is not None and ('\\' in rest or len(found[1]) == len(found[2]))
