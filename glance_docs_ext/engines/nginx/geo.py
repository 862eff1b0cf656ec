"""The lines of a ``geo`` block: networks, or ranges of addresses behind a line ``ranges``.

Source: ``ngx_http_geo()``, ``ngx_http_geo_range()`` and ``ngx_http_geo_cidr()`` in
src/http/modules/ngx_http_geo_module.c; nginx 1.22, asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx.predicates import is_network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Statement

VOLATILE_SINCE = '1.29.3'
PAIR = 'write two words; quote a value that has a blank in it'
LATE = '"ranges" must stand before the networks and default', 'move it to the top'
_INET = re.compile(r'([0-9]{0,99})\.([0-9]{0,99})\.([0-9]{0,99})\.([0-9]{0,99})')


def faults(
    lines: Iterable[Statement], engine: Engine, *, seen: bool
) -> Iterator[tuple[Statement, tuple[str, str]]]:
    """Yield each line that nginx cannot read, with what is wrong and what to do about it.

    :param seen: whether these are all lines of the block; else a range is as good as a network
    """
    has_ranges: bool | None = False if seen else None
    has_networks = False
    for line in lines:
        name, count = line.name.text, len(line.arguments)
        if name == 'ranges' and count == 0:
            if has_networks and has_ranges is False:
                yield line, LATE
            has_ranges = True
        elif name == 'volatile' and count == 0 and _is_newest(engine):
            continue
        elif found := _fault(line, has_ranges):
            yield line, found
        elif name == 'include' and has_ranges is False:
            has_ranges = None  # it may bring a line "ranges"
        elif name not in {'proxy', 'proxy_recursive'}:
            has_networks = True


def _is_newest(engine: Engine) -> bool:
    return engine.version is None or not engine.version.is_before(VOLATILE_SINCE)


def _fault(line: Statement, has_ranges: bool | None) -> tuple[str, str] | None:
    """Return the fault of a line; ``has_ranges`` is None where that is not known."""
    name, count = line.name.text, len(line.arguments)
    if name in {'default', 'include', 'proxy_recursive'} and count == (name != 'proxy_recursive'):
        return None
    if count != 1:
        return f'a line of {count + 1} words', PAIR
    network = line.arguments[0].text if name in {'proxy', 'delete'} else name
    if name == 'proxy':
        has_ranges = False
    is_right = not has_ranges and is_network(network)
    if is_right or (has_ranges is not False and _is_range(network)):
        return None
    if has_ranges:
        return f'{network[:60]!r} is no range', 'write the first address, "-" and the last one'
    if _is_range(network):
        remedy = 'write ranges; before it, or a network with /BITS'
        return f'{network!r} is a range, and this block has networks', remedy
    return f'{network[:60]!r} is no network', 'write an address, with /BITS for a network'


def _is_range(text: str) -> bool:
    """Whether ``text`` is two addresses, the first of which is not above the second."""
    first, _, last = text.partition('-')
    ends = (_INET.fullmatch(first), _INET.fullmatch(last))
    if ends[0] is None or ends[1] is None:
        return False
    low, high = ([int(part or 0) for part in end.groups()] for end in ends if end is not None)
    return max(*low, *high) <= 255 and low <= high
