"""UWS214: an included file whose name does not tell its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.values import is_applied, is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SUFFIXES = ('.ini', '.xml', '.yaml', '.yml', '.json', '.js', '.lua')
BY_SUFFIX = 'give the file a name that ends in .ini'
WITH_SECTION = 'write "ini = FILE:SECTION" to load a section'


class UnknownFileType(StatementRule):
    """``include`` and ``inherit`` go by the end of the name: .ini, .xml, .yaml, .yml, .json, .js.

    A section behind the name, as ``ini`` allows it, hides that end.
    """

    engines = ('uwsgi',)
    kinds = ('uwsgi_opt_load',)
    code = 'UWS214'
    name = 'unknown-file-type'
    severity = Severity.ERROR
    message = 'uWSGI cannot tell the type of {file!r} from its name'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\ninclude = /etc/glance/common.conf\n'),
        Example('uwsgi', '[uwsgi]\ninherit = common.ini:images\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\ninclude = /etc/glance/common.ini\nini = common.ini:images\n'),
    )
    exceptions = 'A plugin is loaded before that reads files of this type.'
    source = (
        'core/uwsgi.c, uwsgi_opt_load() and uwsgi_opt_load_config(). Measured with uWSGI '
        '2.0.21: "unable to load configuration from", exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not is_applied(statement, document):
            return
        word = value(statement)
        if is_known(word) and not word.text.endswith(SUFFIXES):
            with_section = '.ini:' in word.text or word.text.startswith(':')
            remedy = WITH_SECTION if with_section else BY_SUFFIX
            yield self.report(document, word.span, file=shortened(word.text), remedy=remedy)
