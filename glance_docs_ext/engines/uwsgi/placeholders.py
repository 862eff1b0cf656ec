"""``%(name)`` in values: the last pass over the options, before they are applied.

``uwsgi_apply_config_pass()`` in core/utils.c and ``uwsgi_manage_placeholder()`` in core/config.c.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.engines.uwsgi.order import SETS
from glance_docs_ext.syntax import Statement, Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.uwsgi.order import Order
    from glance_docs_ext.syntax import Document

PLACEHOLDER = re.compile(r'%\(([^%()]+)\)')
NUMBER = re.compile(r'\s*[+-]?[0-9]{1,18}')
LONGEST = 4096  # characters of a value; in a longer one placeholders stay as they are
MOST = 64  # replacements in one value; the engine itself never ends at ``a = x%(a)``


def names(value: str) -> set[str]:
    """Return the names that a value refers to."""
    return {name for key in PLACEHOLDER.findall(value) for name in key.split(' ') if name}


def used_in(document: Document) -> frozenset[str]:
    """Return the names that the options of a text refer to."""
    return frozenset(
        name for statement in document.statements for name in names(statement.rest.text)
    )


def filled_in(order: Order, catalogue: Catalogue) -> tuple[Statement, ...]:
    """Return the options, ``%(name)`` in values replaced by the first option of that name.

    An option that acts at once (``IMMEDIATE``) has done so before placeholders are replaced.
    """
    found = list(order.applied)
    values = [option[3][0] for option in found]
    if '%(' not in '\n'.join(values):
        return tuple(found)
    values = values[: order.inherited]
    options: dict[str, str] = {}
    owners: dict[str, int] = {}
    for number, (value, option, branch) in enumerate(
        zip(values, found, order.branches, strict=False)
    ):
        key = option[0]
        if branch is None and key not in options:
            options[key], owners[key] = value, number
        if branch is None and key in SETS and '=' in value:
            options.setdefault(*value.split('=', 1))
    for number, written in enumerate(values):
        if '%(' not in written or _is_immediate(found[number].key, catalogue):
            continue
        key, name, _, rest, contexts, body = found[number]
        value = resolve(written, options)
        if owners.get(key) == number:
            options[key] = value
        if value != written:
            argument = Word(value, rest.start, rest.end)
            found[number] = Statement(key, name, (argument,), rest, contexts, body)
    return tuple(found)


def _is_immediate(name: str, catalogue: Catalogue) -> bool:
    return any('IMMEDIATE' in entry.flags for entry in catalogue[name])


def resolve(value: str, options: Mapping[str, str]) -> str:
    """Return ``value`` with its placeholders replaced, as far as ``options`` has them.

    After each replacement the engine starts again behind the first character, not at it: what then
    begins with a placeholder keeps it.
    """
    result, start = value, 0
    for _ in range(MOST):
        if len(result) > LONGEST:
            break
        for match in PLACEHOLDER.finditer(result, start):
            found = _look_up(match[1], options)
            if found is not None:
                result, start = result[: match.start()] + found + result[match.end() :], 1
                break
        else:
            return result
    return value


def _look_up(key: str, options: Mapping[str, str]) -> str | None:
    """Return the value of a name, or of an expression: words and numbers with ``+ - * /``.

    None where a name is not among ``options``: it may be set on the command line.
    """
    if ' ' not in key:
        return options.get(key)
    result: str | None = None
    operator = ''
    for word in key.split(' '):
        if word in {'+', '-', '*', '/'}:
            operator = word
        elif word in {'++', '--'}:
            if result is not None:
                result = str(_number(result) + (1 if word == '++' else -1))
            operator = ''
        elif word:
            value = word if word.isdecimal() else options.get(word)
            if value is None:
                return None
            left = result or ''
            result = _calculate(left, operator, value) if operator else left + value
            operator = ''
    return result


def _calculate(left: str, operator: str, right: str) -> str:
    a, b = _number(left), _number(right)
    match operator:
        case '+':
            return str(a + b)
        case '-':
            return str(a - b)
        case '*':
            return str(a * b)
    quotient = abs(a) // abs(b) if b else 0
    return str(quotient if (a < 0) == (b < 0) else -quotient)


def _number(text: str) -> int:
    """Return what ``strtoll()`` makes of a text: the number it begins with, or 0."""
    match = NUMBER.match(text)
    return int(match[0]) if match else 0
