"""UWS204: a value in quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import CHMOD, COMMANDS, OWN_SYNTAX, is_quoted, kind, value
from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

QUOTED = re.compile(r'=[ \t\r]*["\']')
"""How a value in quotes begins in a text where none stands for another."""


class QuotedValue(Rule):
    """Quotes are characters of the value like any others in uWSGI's ini dialect.

    A path in quotes is another path, and a header in quotes is sent with them. So are they part of
    a variable of the environment: ``env = LANG='C.UTF-8'`` is no locale.
    """

    engines = ('uwsgi',)
    code = 'UWS204'
    name = 'quoted-value'
    severity = Severity.WARNING
    message = 'the quotes belong to the value of {name!r}: uWSGI does not take them off'
    help = 'take the quotes away'
    bad = (
        Example('uwsgi', '[uwsgi]\nadd-header = "Connection: close"\n'),
        Example('uwsgi', "[uwsgi]\nchdir = '/srv/my images'\n"),
        Example('uwsgi', '[uwsgi]\nplugin = python3\nenv = LANG="C.UTF-8"\n'),
        Example('uwsgi', '[uwsgi]\nplugin = python3\nenv = "LANG=C.UTF-8"\n'),
    )
    good = (Example('uwsgi', '[uwsgi]\nadd-header = Connection: close\nchdir = /srv/my images\n'),)
    exceptions = 'The quotes are meant to be part of the value.'
    source = (
        'core/ini.c, uwsgi_ini_config(). Measured with uWSGI 2.0.21: the header line is '
        'sent with its quotes.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        text = document.source.text
        if '"' not in text and "'" not in text:
            return
        if '%' not in text and not QUOTED.search(text):
            return
        for statement, _scope in document.placed:
            word = value(statement)
            if '"' not in word.text and "'" not in word.text:
                continue
            if statement.key == 'env' and not is_quoted(word.text):
                word = _behind_name(word)
            if not is_quoted(word.text) or statement.key.startswith(COMMANDS):
                continue
            setter = kind(statement, engine)
            if setter and setter not in OWN_SYNTAX and setter not in CHMOD:
                yield self.report(document, word.span, name=statement.key)


def _behind_name(word: Word) -> Word:
    """Return what ``env = NAME=VALUE`` sets a variable to; the whole where that has no place."""
    text, start, end = word
    behind = text[text.find('=') + 1 :]
    return Word(behind, end - len(behind), end) if len(text) == end - start else word
