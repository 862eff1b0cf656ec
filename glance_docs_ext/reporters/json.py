"""The report for programs: a list of objects whose names are a promise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place


class PlaceObject(TypedDict):
    """A `Place` for a program: 1-based, columns count characters, the end column is behind."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class RelatedObject(PlaceObject):
    """A second place, and what it has to do with the finding."""

    message: str


class FindingObject(PlaceObject):
    """A `Diagnostic` for a program."""

    code: str
    name: str
    severity: str
    message: str
    help: str
    url: str
    related: list[RelatedObject]


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the findings as one JSON list."""
    found = [finding_object(diagnostic) for diagnostic in diagnostics]
    return json.dumps(found, indent=2) + '\n'


def render_line(diagnostic: Diagnostic) -> str:
    """Return one finding as a JSON object on a line of its own, as the builder's file has them."""
    return json.dumps(finding_object(diagnostic)) + '\n'


def finding_object(diagnostic: Diagnostic) -> FindingObject:
    """Return what a program is told of a finding: the one place that decides it."""
    return {
        **_place(diagnostic.place),
        'code': diagnostic.code,
        'name': diagnostic.name,
        'severity': str(diagnostic.severity),
        'message': diagnostic.message,
        'help': diagnostic.help,
        'url': diagnostic.url,
        'related': [
            {**_place(related.place), 'message': related.message} for related in diagnostic.related
        ],
    }


def _place(place: Place) -> PlaceObject:
    return {
        'path': place.path,
        'line': place.line,
        'column': place.column,
        'end_line': place.end_line,
        'end_column': place.end_column,
    }
