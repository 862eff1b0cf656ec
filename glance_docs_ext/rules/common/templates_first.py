"""templates_first(): of a value that a template is to fill in, only that is said."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from glance_docs_ext.rules.common.places_first import OF_STATEMENTS
from glance_docs_ext.rules.nginx.template_placeholder import TemplatePlaceholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document


def templates_first(found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
    """Return the findings less what is said of words that hold a placeholder.

    Nobody knows what will stand there, and that the engine refuses it now is said.
    """
    kind, place_of = TemplatePlaceholder.name, document.source.place
    places = [place_of(one.span) for one in document.problems if one.kind == kind]
    if not places:
        return found
    starts = sorted(_start(place) for place in places)
    return [
        one
        for one in found
        if one.code == TemplatePlaceholder.code
        or one.code[3] not in OF_STATEMENTS
        or not _holds_one(one.place, starts)
    ]


def _holds_one(place: Place, starts: Sequence[tuple[str, int, int]]) -> bool:
    index = bisect_left(starts, _start(place))
    end = (place.path, place.end_line, place.end_column)
    return index < len(starts) and starts[index] < end


def _start(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column
