"""The report in SARIF 2.1.0, the OASIS standard that code-scanning services read."""

from __future__ import annotations

import json
from inspect import getdoc
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from glance_docs_ext import __version__
from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DOCUMENTATION
from glance_docs_ext.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic, Related
    from glance_docs_ext.rule import AnyRule
    from glance_docs_ext.source import Place

SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json'
LEVELS = {Severity.ERROR: 'error', Severity.WARNING: 'warning', Severity.INFO: 'note'}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the findings as a SARIF log with one run, and all rules described in it."""
    rules = [*all_rules()]
    indexes = {rule.code: index for index, rule in enumerate(rules)}
    driver = {
        'name': 'configcheck',
        'version': __version__,
        'informationUri': DOCUMENTATION,
        'rules': [_rule(rule) for rule in rules],
    }
    run = {
        'tool': {'driver': driver},
        'columnKind': 'unicodeCodePoints',
        'results': [_result(diagnostic, indexes) for diagnostic in diagnostics],
    }
    return json.dumps({'$schema': SCHEMA, 'version': '2.1.0', 'runs': [run]}, indent=2) + '\n'


def _rule(rule: AnyRule) -> dict[str, Any]:
    why = getdoc(rule) or ''
    return {
        'id': rule.code,
        'name': ''.join(word.capitalize() for word in rule.name.split('-')),
        'shortDescription': {'text': why.split('\n\n')[0].replace('\n', ' ')},
        'fullDescription': {'text': why},
        'helpUri': rule.url,
        'defaultConfiguration': {'level': LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, indexes: dict[str, int]) -> dict[str, Any]:
    text = diagnostic.message
    if diagnostic.help:
        text = f'{text}\n{diagnostic.help}'
    result: dict[str, Any] = {
        'ruleId': diagnostic.code,
        'level': LEVELS[diagnostic.severity],
        'message': {'text': text},
        'locations': [{'physicalLocation': _location(diagnostic.place)}],
    }
    if diagnostic.code in indexes:
        result['ruleIndex'] = indexes[diagnostic.code]
    if diagnostic.related:
        result['relatedLocations'] = [
            _related(number, related) for number, related in enumerate(diagnostic.related, 1)
        ]
    return result


def _related(number: int, related: Related) -> dict[str, Any]:
    return {
        'id': number,
        'message': {'text': related.message},
        'physicalLocation': _location(related.place),
    }


def _location(place: Place) -> dict[str, Any]:
    """Return a physical location; SARIF's end column is behind the last character, as ours."""
    return {
        'artifactLocation': {'uri': _uri(place.path)},
        'region': {
            'startLine': place.line,
            'startColumn': place.column,
            'endLine': place.end_line,
            'endColumn': place.end_column,
        },
    }


def _uri(path: str) -> str:
    """Return a path as an address: relative ones stay so, read from the root of the repository."""
    pure = PurePath(path)
    if pure.is_absolute():
        return 'file://' + quote(pure.as_posix().encode(errors='surrogateescape'))
    return quote(pure.as_posix().encode(errors='surrogateescape'))
