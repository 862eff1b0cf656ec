"""UWS410: a UNIX socket with a relative path, and a folder that uWSGI changes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.addresses import addresses
from glance_docs_ext.rules.uwsgi.values import is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class RelativeSocketPath(Rule):
    """The socket is made in the folder of ``chdir``, not where uWSGI was started.

    The proxy in front needs the whole path in any case.
    """

    engines = ('uwsgi',)
    names = ('chdir',)
    code = 'UWS410'
    name = 'relative-socket-path'
    severity = Severity.INFO
    message = 'the socket is made in the folder of chdir, as {path}'
    help = 'write the whole path'
    bad = (Example('uwsgi', '[uwsgi]\nchdir = /srv/app\nsocket = app.sock\n'),)
    good = (
        Example('uwsgi', '[uwsgi]\nchdir = /srv/app\nsocket = /run/app/app.sock\n'),
        Example('uwsgi', '[uwsgi]\nsocket = app.sock\n'),
    )
    exceptions = 'It is meant to be there.'
    source = 'Measured with uWSGI 2.0.21: chdir() comes first, then the socket is bound.'

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        folders = [value(statement) for statement, _scope in document.named('chdir')]
        if not folders or not is_known(folders[-1]) or not folders[-1].text.startswith('/'):
            return
        for _statement, word in addresses(document, engine):
            is_path = ':' not in word.text and word.text[0] not in '/@\\'
            if is_path and word.text.endswith(('.sock', '.socket')):
                path = f'{folders[-1].text.rstrip("/")}/{word.text.removeprefix("./")}'
                yield self.report(document, word.span, path=shortened(path))
