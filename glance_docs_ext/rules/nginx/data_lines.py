"""LINES: what is wrong with a line of a block that holds data."""

from __future__ import annotations

import re
from ipaddress import IPv4Address
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx.predicates import is_network
from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.nginx.shares import hundredths

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.syntax import Statement

PAIR = 'write two words; quote a value that has a blank in it'
BYTE = re.compile('0*[0-9A-Fa-f]{1,2}')
# What nginx decodes of UTF-8: a character of two or three bytes; more may follow.
UTF8 = re.compile(
    '(?:c[2-9a-f]|d[0-9a-f])[89ab][0-9a-f]'
    '|(?:e0[ab][0-9a-f]|e[1-9a-f][89ab][0-9a-f])[89ab][0-9a-f]',
    re.IGNORECASE,
)
BEFORE_RANGES = frozenset(('include', 'proxy', 'proxy_recursive', 'ranges'))
MOST_LINES = 50  # that are looked at for a "ranges"
PAIRS = re.compile('(?:[0-9A-Fa-f]{2})+')


def _map(line: Statement, _block: Statement | None) -> tuple[str, str] | None:
    count = len(line.arguments)
    if count == 1 or (count == 0 and line.name.text in {'hostnames', 'volatile'}):
        return None
    return f'a line of {count + 1} words', PAIR


def _geo(line: Statement, block: Statement | None) -> tuple[str, str] | None:
    name, count = line.name.text, len(line.arguments)
    if count == 0 and name == 'ranges':
        first = _first_lines(block)
        late = block is not None and len(first) < MOST_LINES and line not in first
        return ('a "ranges" behind other lines', 'write it first') if late else None
    if count != 1 and (count or name != 'proxy_recursive'):
        return f'a line of {count + 1} words', PAIR
    if name in {'default', 'include'} or not count:
        return None
    network = line.arguments[0].text if name in {'proxy', 'delete'} else name
    if name != 'proxy' and (found := _as_range(network, block)):
        return found
    if all(map(is_network, network.split('-', 1))):
        return None
    return f'{shortened(network)!r} is no network', 'write an address, with /BITS for a network'


def _as_range(network: str, block: Statement | None) -> tuple[str, str] | None:
    """Return what is wrong with a network where ranges are read, or a range where networks are."""
    first = _first_lines(block)
    names = {line.name.text for line in first}
    if 'ranges' in names and not _is_range(network):
        return f'{shortened(network)!r} is no range', 'write two addresses, as 10.0.0.0-10.0.0.9'
    sure = block is not None and len(first) < MOST_LINES and 'include' not in names
    if '-' in network and sure and 'ranges' not in names:
        return f'the range {shortened(network)!r}', 'write "ranges;" first'
    return None


def _first_lines(block: Statement | None) -> list[Statement]:
    """Return what may stand in a geo before "ranges", and that: what has no network in it."""
    lines = islice(block.body or (), MOST_LINES) if block else ()
    return list(takewhile(lambda line: line.name.text in BEFORE_RANGES, lines))


def _is_range(text: str) -> bool:
    """Whether ``text`` is two addresses of IPv4, the smaller one first."""
    first, _, last = text.partition('-')
    try:
        return IPv4Address(first) <= IPv4Address(last)
    except ValueError:
        return False


def _split_clients(line: Statement, _block: Statement | None) -> tuple[str, str] | None:
    if hundredths(line.name.text) is not None:
        return None
    return f'{shortened(line.name.text)!r} is no share', 'write 10%, 0.5% or *'


def _charset_map(line: Statement, block: Statement | None) -> tuple[str, str] | None:
    words = [line.name.text, *(word.text for word in line.arguments)]
    if len(words) != 2:
        return f'a line of {len(words)} words', PAIR
    into = block.arguments[-1].text.lower() if block and block.arguments else ''
    for word in words if into != 'utf-8' else words[:1]:
        if not BYTE.fullmatch(word):
            return f'{shortened(word)!r} is no byte', 'write two hexadecimal digits'
    if into == 'utf-8' and not (PAIRS.fullmatch(words[1]) and UTF8.match(words[1])):
        remedy = 'write the two or three bytes of its character, such as C2A0'
        return f'{shortened(words[1])!r} is not UTF-8', remedy
    return None


LINES: dict[str, Callable[[Statement, Statement | None], tuple[str, str] | None]] = {
    'map': _map,
    'geo': _geo,
    'split_clients': _split_clients,
    'charset_map': _charset_map,
}
