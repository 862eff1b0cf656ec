"""Precedence: which of several findings is said, where the others follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document


class Precedence:
    """What becomes of the findings of all rules about a block, before a reader sees them.

    Like a rule it is found by being there: ``engines`` names those whose blocks it is about, empty
    means all. Those about all are asked first, then those of the engine by their names.
    """

    engines: ClassVar[tuple[str, ...]] = ()

    def settle(self, found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
        """Return what is to be said of ``document``, in whose findings the rules left."""
        raise NotImplementedError


def start(place: Place) -> tuple[str, int, int]:
    """Return where ``place`` starts, to be compared with others."""
    return place.path, place.line, place.column
