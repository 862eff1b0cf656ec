"""always_block, never_block: what nginx wants braces behind."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue


@cache
def blocks(catalogue: Catalogue) -> frozenset[str]:
    """Return the names that are blocks somewhere."""
    return frozenset(
        key for key in catalogue if any('block' in entry.flags for entry in catalogue[key])
    )


@lru_cache(maxsize=4096)
def always_block(catalogue: Catalogue, key: str, here: frozenset[str]) -> bool:
    """Whether ``key`` is a block wherever it may stand ``here``."""
    shapes = _shapes(catalogue, key, here)
    return bool(shapes) and all(shapes)


@lru_cache(maxsize=4096)
def never_block(catalogue: Catalogue, key: str, here: frozenset[str]) -> bool:
    """Whether ``key`` is known, and is no block wherever it may stand ``here``."""
    shapes = _shapes(catalogue, key, here)
    return bool(shapes) and not any(shapes)


def _shapes(catalogue: Catalogue, key: str, here: frozenset[str]) -> list[bool]:
    return ['block' in entry.flags for entry in catalogue[key] if not here or here & entry.contexts]
