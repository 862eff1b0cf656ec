"""What uWSGI's ``http-socket`` says of the connections that it closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.endpoints import Listener
    from glance_docs_ext.syntax import Statement


def closing_header(listener: Listener) -> Statement | None:
    """Return the option that makes uWSGI announce in its answers that it closes, if any does."""
    return next(
        (
            placed.statement
            for placed in listener.document.named('add-header')
            if placed.statement.rest.text.lower().replace(' ', '').strip('="') == 'connection:close'
        ),
        None,
    )
