"""What a text loads into nginx: modules whose directives we do not know."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx.elsewhere import elsewhere

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Document

LOAD = 'load_module'


def brings_names(document: Document, catalogue: Catalogue) -> bool:
    """Whether ``document`` loads a module of which the catalogue has nothing."""
    return any(
        statement.arguments and _module(statement.arguments[0].text) not in _known(catalogue)
        for statement, _scope in document.named(LOAD)
    )


def _module(path: str) -> str:
    return path.rpartition('/')[2].removesuffix('.so')


@cache
def _known(catalogue: Catalogue) -> frozenset[str]:
    owners = (entry.owner for key in catalogue for entry in catalogue[key])
    return frozenset(owners) | frozenset(elsewhere().owners.values())
