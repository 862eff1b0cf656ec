"""APA250: a mount of mod_jk without its path, or with one too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.places import SERVER, is_in_no_location
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement


class JkMount(ValueRule):
    """``JkMount`` names a path and a worker; inside a section it names the worker alone."""

    code = 'APA250'
    name = 'jk-mount'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('jkmount', 'jkunmount')
    bad = (
        Example('apache', '<VirtualHost *:80>\n    JkMount glance\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    JkMount *.jsp glance\n</VirtualHost>\n'),
        Example('apache', '<Location /v2>\n    JkMount /v2/* glance\n</Location>\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    JkMount /*.jsp glance\n</VirtualHost>\n'),
        Example('apache', '<Location /v2>\n    JkMount glance\n</Location>\n'),
        Example('apache', 'JkMount glance\n'),
    )
    exceptions = 'None: an Apache with mod_jk does not start with it.'
    source = (
        '``jk_mount_context()`` of mod_jk 1.2.48: "JkMount needs a path when not defined in a '
        'location", "JkMount context should start with /"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        outside = statement.contexts <= SERVER or is_in_no_location(statement, document)
        return _faults(statement, outside=bool(statement.contexts) and outside)


def _faults(statement: Statement, *, outside: bool) -> Iterator[Fault]:
    words = [word for word in statement.arguments if word.text]  # an empty one is none
    inside = bool(statement.contexts) and not statement.contexts & SERVER
    if len(words) == 1 and outside:
        yield Fault(words[0].span, 'the path is missing', 'write a path and a worker')
    elif len(words) == 2 and inside:
        what = 'inside a section the path is that of the section'
        yield Fault(words[0].span, what, 'write the worker alone')
    elif len(words) == 2 and outside and not words[0].text.startswith('/'):
        what = f'the path {shortened(words[0].text)!r} does not begin with a slash'
        yield Fault(words[0].span, what, 'write it from "/" on')
