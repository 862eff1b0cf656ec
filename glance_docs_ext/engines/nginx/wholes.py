"""Blocks whose whole content can be seen, so that a name they do not define is not defined."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.elision import leaves_out
from glance_docs_ext.engines.nginx.contexts import LINES
from glance_docs_ext.engines.nginx.variables import OF_HTTP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Document, Placed, Statement


def is_partial(document: Document) -> bool:
    """Whether something is not shown: it is left out, or a template puts it in."""
    return leaves_out(document) or any(
        problem.kind == 'template-placeholder' for problem in document.problems
    )


HARMLESS = ('mime.types', '_params', 'fastcgi.conf', 'koi-win', 'koi-utf', 'win-utf')
"""Ends of the names of files that nginx ships: they define nothing."""


def whole_blocks(
    document: Document, catalogue: Catalogue, keys: tuple[str, ...] = ('http', 'stream')
) -> list[Statement]:
    """Return the ``http`` and ``stream`` blocks that nothing outside of the text adds to.

    None of them includes a file of the author, or has a directive of a third party.

    :param keys: the names of the blocks, if others are wanted
    """
    return document.once(_wholes, catalogue, keys)


def _wholes(document: Document, catalogue: Catalogue, keys: tuple[str, ...]) -> list[Statement]:
    placed = document.named(*keys)  # nginx refuses one that stands in another block
    blocks = [statement for statement, scope in placed if statement.body and scope is None]
    if not blocks or is_partial(document):
        return []
    opened: set[Statement] = set()
    for statement, scope in document.named(*(document.keys - _closed(catalogue))):
        if not _is_closed(statement, catalogue):
            opened.update([scope.outermost] if scope else ())
    return [block for block in blocks if block not in opened]


def around(document: Document, offsets: Iterable[int]) -> list[Statement]:
    """Return the statements among whose words one of the ``offsets`` is, each of them once."""
    found: dict[Statement, None] = {}
    for offset in offsets:
        index = bisect_right(document.placed, offset, key=_start) - 1
        if index >= 0 and offset < document.placed[index].statement.span.end:
            found[document.placed[index].statement] = None
    return list(found)


def inside(document: Document, block: Statement, keys: Iterable[str]) -> list[Statement]:
    """Return the statements in ``block`` with one of ``keys``, in the order of the text."""
    start, end = block.name.start, last_of(block).name.start
    found: list[Statement] = []
    for key in keys:
        placed = document.named(key)
        if placed and not (start < _start(placed[0]) and _start(placed[-1]) <= end):
            first = bisect_right(placed, start, key=_start)
            placed = placed[first : bisect_right(placed, end, key=_start)]
        found += [statement for statement, _scope in placed]
    found.sort(key=lambda statement: statement[1][1])  # where the name starts
    return found


def is_read(document: Document, statement: Statement) -> bool:
    """Whether nginx reads the values of ``statement``: a certificate only where a server has it."""
    return statement.key not in OF_HTTP or not document.once(_is_http_alone)


def _is_http_alone(document: Document) -> bool:
    if 'http' not in document.keys or 'include' in document.keys or document.problems:
        return False
    return not any(server.body is not None for server, _scope in document.named('server'))


def _start(placed: Placed) -> int:
    return placed[0][1][1]  # where the name of the statement starts: this is asked often


def last_of(block: Statement) -> Statement:
    """Return the last statement in ``block``, or that itself where there is none."""
    while block.body:
        block = block.body[-1]
    return block


def closes_at(document: Document, block: Statement) -> int | None:
    """Return the offset of the brace that closes ``block``, or None.

    nginx names the line of it in what it notices when it has read the whole block.
    """
    index = document.once(_closing)[block]
    return document.stops[index] if index < len(document.stops) else None


def end_of_http(document: Document, statement: Statement) -> int | None:
    """Return the offset of the brace that closes the http block around, if that is shown.

    nginx names the line of it in what it notices when all of http is read.
    """
    blocks = document.once(_outer_http)
    index = bisect_right(blocks, statement.name.start, key=lambda block: block.name.start) - 1
    return closes_at(document, blocks[index]) if index >= 0 else None


def _outer_http(document: Document) -> list[Statement]:
    return [block for block, scope in document.named('http') if scope is None and block.body]


def _closing(document: Document) -> dict[Statement, int]:
    """Return which of the document's ``stops`` closes each block: behind what closes its last."""
    closing: dict[Statement, int] = {}
    for statement, _scope in reversed(document.placed):  # what is in a block before that
        body = statement.body
        if body is not None:
            last = body[-1] if body else statement
            ends = (
                closing[last] if last in closing else bisect_left(document.stops, last.span.start)
            )
            closing[statement] = ends + 1
    return closing


def _is_closed(statement: Statement, catalogue: Catalogue) -> bool:
    if statement.contexts and statement.contexts <= LINES:
        return True
    if statement.key == 'include':
        return all(word.text.endswith(HARMLESS) for word in statement.arguments)
    return statement.key in _closed(catalogue)


@cache
def _closed(catalogue: Catalogue) -> frozenset[str]:
    """Return the names that bring nothing which the text does not show."""
    return frozenset(
        key
        for key in catalogue
        if key != 'include' and not any(e.owner in THIRD_PARTIES for e in catalogue[key])
    )


THIRD_PARTIES = frozenset(
    {
        'ndk_http_module',
        'ngx_http_auth_jwt_module',
        'ngx_http_eval_module',
        'ngx_http_geoip2_module',
        'ngx_http_lua_module',
        'ngx_http_perl_module',
        'ngx_http_js_module',
        'ngx_http_set_misc_module',
        'ngx_http_srcache_filter_module',
        'ngx_http_uploadprogress_module',
        'ngx_nchan_module',
        'ngx_stream_geoip2_module',
        'ngx_stream_js_module',
        'ngx_stream_lua_module',
    }
)
"""Modules whose directives define variables, or run code that does."""
