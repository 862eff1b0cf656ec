"""comes_from(entries): whose a name is, for the end of a help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.catalogue import Entry


def comes_from(entries: Iterable[Entry]) -> str:
    """Return the end of a help that names the module and package of a third party.

    It is empty for a name that the engine itself knows.
    """
    origins = dict.fromkeys(entry.origin for entry in entries)
    return '' if '' in origins or not origins else f'; it comes with {" or ".join(origins)}'
