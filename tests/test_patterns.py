"""Our regular expressions mean the same to every Python that we run on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # there is no public one
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[1]
# Writes down what is compiled while all modules are imported, be it for a table or a function.
IMPORTING = """
import json, pkgutil, re, sys
from importlib import import_module
compiled, compile = {}, re.compile
def recorded(pattern, flags=0):
    whose = sys._getframe(1).f_globals['__name__']
    if isinstance(pattern, str) and whose.startswith('glance_docs_ext.'):
        compiled[pattern] = int(flags)
    return compile(pattern, flags)
re.compile = recorded
import glance_docs_ext
for module in pkgutil.walk_packages(glance_docs_ext.__path__, 'glance_docs_ext.'):
    import_module(module.name)
json.dump(compiled, sys.stdout)
"""
ONE_CHARACTER = frozenset(
    (_constants.IN, _constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY)
)


def possessive(items: Any) -> Iterator[Any]:
    """Yield what is repeated possessively in a pattern that was taken apart, and is a group."""
    for kind, rest in items:
        if kind is _constants.POSSESSIVE_REPEAT:
            inside = list(rest[2])
            if len(inside) != 1 or inside[0][0] not in ONE_CHARACTER:
                yield inside
        for part in parts(rest):
            yield from possessive(part)


def parts(rest: Any) -> Iterator[Any]:
    """Yield the patterns that a part of a pattern is made of."""
    if isinstance(rest, _parser.SubPattern):
        yield rest
    elif isinstance(rest, (tuple, list)):
        for one in rest:
            yield from parts(one)


def test_a_group_is_never_repeated_possessively() -> None:
    """Python 3.11.0 to 3.11.4, such as Debian 12 has, goes wrong where such a group ends in vain.

    ``(?:ab?c)*+`` finds the "a" of "ab" there; what ``(?>(?:ab?c)*)`` means is right everywhere
    (https://github.com/python/cpython/issues/106052).
    """
    done = subprocess.run(
        [sys.executable, '-c', IMPORTING],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    compiled = json.loads(done.stdout)
    wrong = {
        pattern
        for pattern, flags in compiled.items()
        if any(possessive(_parser.parse(pattern, flags)))
    }
    assert wrong == set()
    assert len(compiled) > 300


def test_a_possessive_group_is_found_at_any_depth() -> None:
    wrong = ('(?:ab)*+', '(x(?:a|bc)?+)', '(?=(?:ab){2,3}+)', 'a|(?>(?:b+)++)', '((?:a|bc)++)?')
    assert [pattern for pattern in wrong if not any(possessive(_parser.parse(pattern)))] == []
    right = ('a*+', r'[^\n]++x', r'\s?+', '(?>(?:ab)*)', r'(\d{2,3}+)')
    assert [pattern for pattern in right if any(possessive(_parser.parse(pattern)))] == []
    assert re.match('(?>(?:ab?c)*)', 'ab')
