"""APA217: an option that WSGIDaemonProcess does not take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.daemon_options import OPTIONS
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

NAME = re.compile(r""""(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\S+""")
OPTION = re.compile(r"""\s*([^=\s]+)=\s*(?:"((?:[^"\\]|\\.)*)"?|'((?:[^'\\]|\\.)*)'?|(\S*))""")


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
    """Read name and options as wsgi_parse_option() does: a blank may stand behind "="."""
    text = statement.rest.text
    name = NAME.match(text)
    if not name or not statement.arguments[0].text:
        yield Fault(statement.name.span, 'the name of the process is missing', 'write a name')
        return
    at = name.end()
    while at < len(text):
        found = OPTION.match(text, at)
        if not found:
            word = text[at : at + 80].split()[0]
            remedy = COMMENT if word.startswith('#') else 'write option=value, no blank before "="'
            place = _place(statement, text.index(word, at), len(text))
            yield Fault(place, f'{shortened(word)!r} is no option with a value', remedy)
            return
        place = _place(statement, found.start(1), found.end())
        value = next((group for group in found.groups()[1:] if group is not None), '')
        if found[1] not in OPTIONS:
            what = f'there is no option {shortened(found[1])!r}'
            yield Fault(place, what, 'look it up in the manual of mod_wsgi')
            return
        form, pattern = OPTIONS[found[1]]
        if not pattern.fullmatch(value):
            what = f'{found[1]} does not take {shortened(value)!r}'
            yield Fault(place, what, f'write {form}')
            return
        at = found.end()


def _place(statement: Statement, start: int, end: int) -> Span:
    """Return where a stretch of the arguments was written; on a joined line, the word it is in."""
    rest = statement.rest
    if len(rest.text) == rest.end - rest.start:
        return Span(rest.start + start, rest.start + end)
    first = rest.text[start:end].split()[0]
    same = (word.span for word in statement.arguments[1:] if word.text.startswith(first[:40]))
    return next(same, rest.span)
