"""Tests of one word, and how to put them together: what `forms` is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.engines.nginx import values
from glance_docs_ext.engines.nginx.inet import is_inet4, is_inet6

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[str], bool]

_BITS = re.compile('[0-9]{1,3}')
SMALLEST_ZONE = 8 * 4096  # bytes, eight pages of memory


def one_of(*words: str) -> Test:
    """Return a test for being one of ``words``."""
    return frozenset(words).__contains__


def like(pattern: str) -> Test:
    """Return a test for matching the whole of ``pattern``."""
    compiled = re.compile(pattern, re.DOTALL)
    return lambda word: compiled.fullmatch(word) is not None


def either(*tests: Test) -> Test:
    """Return a test for passing any of ``tests``."""

    def passes(word: str) -> bool:
        for test in tests:  # noqa: SIM110  # any() takes twice the time, and this is asked often
            if test(word):
                return True
        return False

    return passes


def after(prefix: str, test: Test) -> Test:
    """Return a test for ``prefix`` with something behind it that passes ``test``."""
    return lambda word: word.startswith(prefix) and test(word[len(prefix) :])


def unless(prefix: str, test: Test) -> Test:
    """Return a test that fails only for ``prefix`` with something behind it that fails ``test``."""
    return lambda word: not word.startswith(prefix) or test(word[len(prefix) :])


def starts(prefix: str) -> Test:
    """Return a test for starting with ``prefix``."""
    return lambda word: word.startswith(prefix)


def anything(_word: str) -> bool:
    """Pass every word."""
    return True


def has_variable(word: str) -> bool:
    """Whether nginx sees a variable in ``word``."""
    return '$' in word


def counts(word: str) -> bool:
    """Whether ``word`` is a number above zero."""
    return bool(values.number(word))


def is_offset(word: str) -> bool:
    """Whether ``word`` is a size that may be given in ``g``."""
    return values.offset(word) is not None


def is_number(word: str) -> bool:
    """Whether ``word`` is a number."""
    return values.number(word) is not None


def is_size_of_zone(word: str) -> bool:
    """Whether ``word`` is a size, of eight pages at least."""
    return (values.size(word) or 0) >= SMALLEST_ZONE


def is_zone(word: str) -> bool:
    """Whether ``word`` is NAME:SIZE."""
    name, colon, size = word.rpartition(':')
    return bool(name and colon) and is_size_of_zone(size)


def is_network(word: str) -> bool:
    """Whether ``word`` is an address, or one with the bits of its network: ``ngx_ptocidr()``."""
    address, slash, bits = word.partition('/')
    if slash and not _BITS.fullmatch(bits):
        return False
    return (is_inet4(address) and int(bits or 0) <= 32) or (
        is_inet6(address) and int(bits or 0) <= 128
    )


def is_address(word: str) -> bool:
    """Whether ``word`` is an address, with or without a port."""
    host = re.sub(r':[0-9]{1,5}$', '', word) if word.count(':') == 1 or ']' in word else word
    return '/' not in word and is_network(host.strip('[]'))


def sized(test: Callable[[int], bool]) -> Test:
    """Return a test of a size; what is no size passes, another rule speaks of it."""

    def passes(word: str) -> bool:
        read = values.size(word)
        return read is None or test(read)

    return passes
