"""Which statements of Apache hold for the same virtual host."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document, Placed, Statement


def host_of(placed: Placed) -> Statement | None:
    """Return the ``<VirtualHost>`` around a statement, None for the server itself."""
    sections = placed.scope.sections() if placed.scope else iter(())
    return next((section for section in sections if section.key == '<virtualhost'), None)


def in_force(document: Document, around: Placed, *keys: str) -> Iterator[Placed]:
    """Yield the statements called ``keys`` that hold where ``around`` stands.

    These are the ones of its virtual host and those of the server, which every host inherits.
    """
    host = host_of(around)
    return (placed for placed in document.named(*keys) if host_of(placed) in (host, None))


def is_on(placed: Placed) -> bool:
    """Whether the flag is switched on."""
    arguments = placed.statement.arguments
    return bool(arguments) and arguments[0].text.lower() == 'on'
