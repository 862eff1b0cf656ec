"""Of a statement in a place where the engine refuses it, only that is said."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from glance_docs_ext.rules.apache.misplaced_in_alias import MisplacedInAlias
from glance_docs_ext.rules.common.misplaced_name import MisplacedName
from glance_docs_ext.rules.precedence import Precedence, start
from glance_docs_ext.rules.uwsgi.inert_option_of_another_build import InertOptionOfAnotherBuild
from glance_docs_ext.rules.uwsgi.option_of_another_build import OptionOfAnotherBuild

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

OF_PLACES = frozenset(
    (
        *(MisplacedName.code, MisplacedInAlias.code),
        *(OptionOfAnotherBuild.code, InertOptionOfAnotherBuild.code),
    )
)
OF_STATEMENTS = frozenset('2345')
"""The hundreds digits of the codes that are about what a statement says and does."""


class PlacesFirst(Precedence):
    """The engine refuses the place, and does not come to the values; nor does a build without it.

    What is wrong with the syntax is kept: it is no fault of the statement alone.
    """

    def settle(self, found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
        """Return the findings less what is said of the values of a statement in a wrong place."""
        wrong = {start(one.place) for one in found if one.code in OF_PLACES}
        if not wrong:
            return found
        places = (document.source.place(statement.span) for statement, _scope in document.placed)
        heads = sorted(place for place in places if start(place) in wrong)
        return [
            one
            for one in found
            if one.code in OF_PLACES
            or one.code[3] not in OF_STATEMENTS
            or not _is_among(one.place, heads)
        ]


def _is_among(place: Place, heads: Sequence[Place]) -> bool:
    """Whether ``place`` starts in one of ``heads``, which are in their order."""
    index = bisect_right(heads, start(place), key=start) - 1
    if index < 0 or heads[index].path != place.path:
        return False
    return (place.line, place.column) <= (heads[index].end_line, heads[index].end_column)
