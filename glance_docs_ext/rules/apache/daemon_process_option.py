"""APA217: an option that WSGIDaemonProcess does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.daemon_options import OPTIONS
from glance_docs_ext.rules.apache.values import Fault, ValueRule
from glance_docs_ext.rules.apache.wsgi_options import options, place, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement


class DaemonProcessOption(ValueRule):
    """``WSGIDaemonProcess`` has a name and options of the form ``option=value``.

    The name of an option is written in lower case, and no blank may stand before "=". mod_wsgi
    refuses all faults with the same words, so the option in question has to be searched for.
    """

    code = 'APA217'
    name = 'daemon-process-option'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('wsgidaemonprocess',)
    bad = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    WSGIDaemonProcess glance processes = 4\n</VirtualHost>\n',
        ),
        Example(
            'apache', '<VirtualHost *:80>\n    WSGIDaemonProcess glance workers=4\n</VirtualHost>\n'
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    WSGIDaemonProcess glance processes=auto\n</VirtualHost>\n',
        ),
    )
    good = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    WSGIDaemonProcess glance processes=4 threads=1 '
            'user=glance\n</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``wsgi_add_daemon_process()`` of mod_wsgi 4.9.4: "Invalid option to WSGI daemon process '
        'definition"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    if not words or not words[0].text:
        yield Fault(statement.name.span, 'the name of the process is missing', 'write a name')
        return
    for option in options(statement.rest.text, 1) if len(words) > 1 else ():
        name, value = option.name, option.value
        if not name:
            yield unreadable(statement, option)
            return
        if name not in OPTIONS:
            what = f'there is no option {shortened(name)!r}'
            yield Fault(place(statement, option), what, 'look it up in the manual of mod_wsgi')
            return
        form, pattern = OPTIONS[name]
        if not pattern.fullmatch(value):
            what = f'{name} does not take {shortened(value)!r}'
            yield Fault(place(statement, option), what, f'write {form}')
            return
