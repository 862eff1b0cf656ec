"""NGX405: a comma or an equals sign in a list of words, which nginx takes for a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement


class SignInList(StatementRule):
    """Blanks separate the words of nginx's lists, and nothing stands between name and value.

    ``server_name a.org, b.org`` is the name ``a.org,``, which no client asks for, and ``index =
    home.html`` looks for a file called ``=``.
    """

    code = 'NGX405'
    name = 'sign-in-list'
    severity = Severity.WARNING
    message = '{name} takes {word!r} for one of its words'
    help = 'take the "{sign}" away: blanks separate the words'
    engines = ('nginx',)
    names = (
        *('index', 'server_name', 'try_files'),
        *(f'{by}_types' for by in ('addition', 'charset', 'gzip', 'ssi', 'sub_filter', 'xslt')),
    )
    bad = (
        Example('nginx', 'server {\n    server_name a.example.org, b.example.org;\n}\n'),
        Example('nginx', 'gzip_types text/css, application/json;\n'),
        Example('nginx', 'server {\n    index = home.html;\n}\n'),
    )
    good = (
        Example('nginx', 'server {\n    server_name a.example.org b.example.org;\n}\n'),
        Example('nginx', 'server {\n    server_name "~^a(,|b)?,$" b.example.org;\n}\n'),
        Example('nginx', 'server {\n    index home.html;\n}\n'),
    )
    exceptions = 'A file whose name ends in a comma.'
    source = '``ngx_http_core_server_name()`` and its like take the words as they are.'

    def judge(
        self,
        statement: Statement,
        document: Document,
        engine: Engine,
    ) -> Iterable[Diagnostic]:
        words = statement.arguments
        for word in words[:-1]:
            text = word.text
            sign = '=' if text == '=' and word is words[0] else ',' if text.endswith(',') else ''
            if sign and not text.startswith('~'):
                name = statement.name.text
                shown = shortened(text)
                return [self.report(document, word.span, name=name, word=shown, sign=sign)]
        return ()
