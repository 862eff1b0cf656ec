"""Freshness: which pages must be written again because of what stands on other pages.

Sphinx writes a page again when its own source has changed. A page that shows what other pages say
needs more: it is written again when that is not what it showed when this builder last wrote it
into this folder.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.builders import Builder


def stale_pages(
    shown: Mapping[str, object], written: dict[str, dict[str, str]], builder: Builder
) -> list[str]:
    """Return the pages that show something else than last time, and note what they show now.

    :param shown: for each page with something from other pages, all of that; told apart by `repr`
    :param written: where this is remembered between builds, for each builder and folder
    """
    key = f'{builder.name} {builder.outdir}'
    now = {docname: _digest(content) for docname, content in shown.items()}
    before = written.get(key, {})
    written[key] = now
    return sorted(docname for docname, digest in now.items() if before.get(docname) != digest)


def _digest(content: object) -> str:
    return sha256(repr(content).encode(errors='surrogatepass')).hexdigest()
