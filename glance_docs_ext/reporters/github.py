"""The report for GitHub: workflow commands, which its pages show beside the changed line.

The form is the one that the runner reads (``ActionCommand.cs`` and ``IssueCommandExtension`` of
github.com/actions/runner): ``%``, CR and LF are escaped everywhere, ``:`` and ``,`` in properties;
columns are refused where the first and the last line differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.reporters.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic

COMMANDS = {Severity.ERROR: 'error', Severity.WARNING: 'warning', Severity.INFO: 'notice'}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the findings as workflow commands, one a line."""
    return ''.join(f'{_command(diagnostic)}\n' for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = ','.join(f'{name}={_property(value)}' for name, value in _properties(diagnostic))
    text = '\n'.join(_lines(diagnostic))
    return f'::{COMMANDS[diagnostic.severity]} {properties}::{_data(text)}'


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    place = diagnostic.place
    yield 'file', place.path
    yield 'line', str(place.line)
    if place.line == place.end_line:
        yield 'col', str(place.column)
        yield 'endLine', str(place.end_line)
        yield 'endColumn', str(max(place.column, place.end_column - 1))
    else:
        yield 'endLine', str(place.end_line)
    yield 'title', f'{diagnostic.code} {diagnostic.name}'


def _lines(diagnostic: Diagnostic) -> Iterator[str]:
    yield escaped(diagnostic.message)
    for related in diagnostic.related:
        yield f'{escaped(related.message)}: {escaped(str(related.place))}'
    if diagnostic.help:
        yield f'help: {escaped(diagnostic.help)}'


def _data(text: str) -> str:
    return text.replace('%', '%25').replace('\r', '%0D').replace('\n', '%0A')


def _property(text: str) -> str:
    return _data(escaped(text)).replace(':', '%3A').replace(',', '%2C')
