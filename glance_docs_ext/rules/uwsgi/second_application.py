"""UWS419: two applications for one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import is_applied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

MODULE = ('module', 'wsgi')
FILE = ('wsgi-file', 'file', 'paste', 'ini-paste', 'ini-paste-logged')


class SecondApplication(Rule):
    """Python's plugin loads the module first, whatever comes first in the block, then the file.

    Where the module could be loaded its place is taken, and the file is not looked at.
    """

    engines = ('uwsgi',)
    names = FILE
    code = 'UWS419'
    name = 'second-application'
    severity = Severity.INFO
    message = '{name!r} is passed over unless {first!r} cannot be loaded: both are for one place'
    help = 'keep one of the two'
    bad = (
        Example('uwsgi', '[uwsgi]\nwsgi-file = glance/wsgi.py\nmodule = glance.wsgi\n'),
        Example('uwsgi', '[uwsgi]\nmodule = glance.wsgi\npaste = config:/etc/glance/api.ini\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nmodule = glance.wsgi\nmount = /v2=glance/wsgi.py\n'),
        Example('uwsgi', '[uwsgi]\nmodule = a\nif-env = A\nfile = a.py\nendif =\n'),
    )
    exceptions = 'The second is meant for the case that the first cannot be loaded.'
    source = (
        'plugins/python/python_plugin.c, uwsgi_python_init_apps(). Measured with uWSGI 2.0.21: '
        '"mountpoint  already configured. skip."'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if document.keys.isdisjoint(MODULE):
            return
        first = [one for one, _scope in document.named(*MODULE) if is_applied(one, document)]
        for statement, _scope in document.named(*FILE):
            if first and is_applied(statement, document):
                span, key = statement.name.span, statement.key
                yield self.report(document, span, name=key, first=first[0].key)
                return
