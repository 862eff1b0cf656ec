"""Of a word that holds a placeholder, only that is said."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from glance_docs_ext.rules.common.places_first import OF_STATEMENTS
from glance_docs_ext.rules.nginx.template_placeholder import TemplatePlaceholder
from glance_docs_ext.rules.precedence import Precedence, start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.syntax import Document


class PlaceholdersFirst(Precedence):
    """Nobody knows what will stand there, and that nginx refuses it now is said."""

    engines = ('nginx',)

    def settle(self, found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
        """Return the findings less what is said of words that hold a placeholder."""
        if not document.problems:  # as most
            return found
        kind, place_of = TemplatePlaceholder.name, document.source.place
        places = [place_of(one.span) for one in document.problems if one.kind == kind]
        if not places:
            return found
        starts = sorted(start(place) for place in places)
        return [
            one
            for one in found
            if one.code == TemplatePlaceholder.code
            or one.code[3] not in OF_STATEMENTS
            or first_in(one, starts) is None
        ]


def first_in(one: Diagnostic, starts: Sequence[tuple[str, int, int]]) -> int | None:
    """Return which of ``starts``, in their order, is the first in what a finding marks, if any."""
    place = one.place
    index = bisect_left(starts, start(place))
    end = (place.path, place.end_line, place.end_column)
    return index if index < len(starts) and starts[index] < end else None
