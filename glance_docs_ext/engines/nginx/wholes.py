"""Blocks whose whole content can be seen, so that a name they do not define is not defined."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx.contexts import LINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Document, Statement

HARMLESS = ('mime.types', '_params', 'fastcgi.conf', 'koi-win', 'koi-utf', 'win-utf')
"""Ends of the names of files that nginx ships: they define nothing."""


def whole_blocks(document: Document, catalogue: Catalogue) -> Iterator[Statement]:
    """Yield the ``http`` and ``stream`` blocks that nothing outside of the text adds to.

    None of them includes a file of the author, or has a directive of a third party.
    """
    if any(problem.kind == 'elision' for problem in document.problems):
        return
    for placed in document.named('http', 'stream'):
        if placed.statement.body and all(
            _is_closed(statement, catalogue) for statement in inside(placed.statement)
        ):
            yield placed.statement


def inside(block: Statement) -> Iterator[Statement]:
    """Yield all statements in ``block``, in the order of the text."""
    pending = [iter(block.body or ())]
    while pending:
        statement = next(pending[-1], None)
        if statement is None:
            pending.pop()
            continue
        yield statement
        if statement.body:
            pending.append(iter(statement.body))


def closes_at(document: Document, block: Statement) -> int | None:
    """Return the offset of the brace that closes ``block``, or None.

    nginx names the line of it in what it notices when it has read the whole block.
    """
    last, closing = block, 1
    while last.body:
        last = last.body[-1]
        closing += last.body is not None
    index = bisect_left(document.stops, last.span.start) + closing
    return document.stops[index] if index < len(document.stops) else None


def _is_closed(statement: Statement, catalogue: Catalogue) -> bool:
    if statement.contexts and statement.contexts <= LINES:
        return True
    if statement.key == 'include':
        return all(word.text.endswith(HARMLESS) for word in statement.arguments)
    entries = catalogue[statement.key]
    return bool(entries) and not any(entry.owner in THIRD_PARTIES for entry in entries)


THIRD_PARTIES = frozenset(
    {
        'ndk_http_module',
        'ngx_http_echo_module',
        'ngx_http_geoip2_module',
        'ngx_http_headers_more_filter_module',
        'ngx_http_lua_module',
        'ngx_http_perl_module',
        'ngx_http_js_module',
        'ngx_http_set_misc_module',
        'ngx_http_srcache_filter_module',
        'ngx_http_uploadprogress_module',
        'ngx_nchan_module',
        'ngx_stream_geoip2_module',
        'ngx_stream_js_module',
    }
)
"""Modules whose directives define variables, or run code that does."""
