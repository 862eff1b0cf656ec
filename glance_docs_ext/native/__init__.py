"""verdict(): what a real engine says of a block, asked where it can do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.native import apache, nginx, uwsgi

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glance_docs_ext.native.verdicts import Verdict
    from glance_docs_ext.syntax import Document

JUDGES: Mapping[str, Callable[[Document], Verdict]] = {
    'apache': apache.verdict,
    'nginx': nginx.verdict,
    'uwsgi': uwsgi.verdict,
}


def verdict(document: Document) -> Verdict:
    """Return what the installed engine says of a block that we have read, in its context.

    :raises SandboxError: the engine or bubblewrap is missing, or does not start
    """
    return JUDGES[document.engine](document)
