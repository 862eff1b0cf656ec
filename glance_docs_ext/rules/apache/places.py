"""Where the lines of a fragment may stand: all of them in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache import CATALOGUE
from glance_docs_ext.engines.apache.sections import FRAGMENT

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Document, Statement

SERVER = frozenset(('server', 'vhost'))


def is_in_no_location(statement: Statement, document: Document) -> bool:
    """Whether a line at the top of a fragment is beside one that no ``<Location>`` may hold.

    So it has to say the path that in a ``<Location>`` is that of the section.
    """
    return statement.contexts == FRAGMENT and document.once(_is_outside)


def _is_outside(document: Document) -> bool:
    return document.context is None and any(
        _is_outside_of_sections(statement.key) or _has_path(statement)
        for statement in document.statements
    )


def _is_outside_of_sections(key: str) -> bool:
    """Whether Apache takes a name in no section but ``<VirtualHost>``."""
    entries = CATALOGUE[key]
    return bool(entries) and all(entry.contexts <= SERVER for entry in entries)


def _has_path(statement: Statement) -> bool:
    words = [word.text for word in statement.arguments[:2]]
    is_proxy = statement.key in {'proxypass', 'proxypassreverse'} and len(words) == 2
    return is_proxy and words[0].startswith('/') and '://' in words[1]
