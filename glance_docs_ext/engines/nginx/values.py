"""How nginx reads a value: sizes, times, numbers, as in src/core/ngx_parse.c and ngx_string.c."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue, Entry
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Statement

_LARGEST = (1 << 63) - 1
_NUMBER = re.compile(r'[0-9]+')
_SIZE = re.compile(r'([0-9]+)([kKmM]?)')
_OFFSET = re.compile(r'([0-9]+)([kKmMgG]?)')
_SHORT = r'(?:[0-9]*w\ *)?(?:[0-9]*d\ *)?(?:[0-9]*h\ *)?(?:[0-9]*m(?!s)\ *)?(?:[0-9]*s\ *)?'
_MILLISECONDS = re.compile(_SHORT + r'(?:[0-9]*ms\ *)?[0-9]*')
_PART = re.compile(r'([0-9]+)(ms|[yMwdhms]?)')
_UNITS = {'': 1, 's': 1, 'm': 60, 'h': 3600, 'd': 86400, 'w': 604800, 'M': 2592000, 'y': 31536000}
_SHIFTS = {'': 0, 'k': 10, 'K': 10, 'm': 20, 'M': 20, 'g': 30, 'G': 30}
_SECONDS = re.compile(r'(?:[0-9]*y\ *)?(?:[0-9]*M\ *)?' + _SHORT + r'[0-9]*')
# Nearly every time: a number that fits, and one unit.
_PLAIN_MILLISECONDS = re.compile(r'[0-9]{1,9}(?:ms|[wdhms])?')
_PLAIN_SECONDS = re.compile(r'[0-9]{1,9}[yMwdhms]?')


def number(text: str) -> int | None:
    """Return the number that ``text`` is for ``ngx_atoi()``, or None."""
    if _NUMBER.fullmatch(text) is None:
        return None
    if len(text) < 19:  # as nearly all
        return int(text)
    if len(text.lstrip('0')) > 19:
        return None
    value = int(text)
    return value if value <= _LARGEST else None


def size(text: str) -> int | None:
    """Return the bytes that ``text`` says to ``ngx_parse_size()`` (``10m``), or None."""
    return _scaled(_SIZE.fullmatch(text))


def offset(text: str) -> int | None:
    """Return the bytes that ``text`` says to ``ngx_parse_offset()`` (``10g``), or None."""
    return _scaled(_OFFSET.fullmatch(text))


def is_milliseconds(text: str) -> bool:
    """Whether ``text`` is a time for ``ngx_parse_time(, 0)``: units from ``w`` to ``ms``."""
    return (
        _PLAIN_MILLISECONDS.fullmatch(text) is not None
        or _time(text, _MILLISECONDS, 1000) is not None
    )


def is_seconds(text: str) -> bool:
    """Whether ``text`` is a time for ``ngx_parse_time(, 1)``: units from ``y`` to ``s``."""
    return bool(_PLAIN_SECONDS.fullmatch(text)) or seconds(text) is not None


def seconds(text: str) -> float | None:
    """Return the seconds that ``text`` says to ``ngx_parse_time(, 1)``, or None."""
    return _time(text, _SECONDS, 1)


def meant(statement: Statement, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return the entries that ``statement`` may be: right place, right number of arguments."""
    return _meant(catalogue, statement.key, statement.contexts, len(statement.arguments))


def known(entries: tuple[Entry, ...], engine: Engine) -> tuple[Entry, ...]:
    """Return those of ``entries`` that the version which is deployed has.

    A name has a second entry for what a later version takes behind it.
    """
    if engine.version is None or len(entries) < 2:
        return entries
    return tuple(entry for entry in entries if entry.is_known_to(engine.version))


@lru_cache(maxsize=4096)
def _meant(catalogue: Catalogue, key: str, here: frozenset[str], count: int) -> tuple[Entry, ...]:
    return tuple(
        entry
        for entry in catalogue[key]
        if (not here or here & entry.contexts)
        and (entry.arity is None or entry.arity.accepts(count))
    )


def of_kind(statement: Statement, engine: Engine, kinds: frozenset[str]) -> tuple[Entry, ...]:
    """Return the entries that ``statement`` may be, where nginx reads its value by ``kinds``.

    There are none where one of them is of another kind.
    """
    entries = meant(statement, engine.catalogue)
    if len(entries) == 1:  # as nearly always
        return entries if entries[0].kind in kinds else ()
    entries = known(entries, engine)
    return entries if all(entry.kind in kinds for entry in entries) else ()


def _scaled(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    digits = number(match[1])
    if digits is None:
        return None
    value = digits << _SHIFTS[match[2]]
    return value if value <= _LARGEST else None


def _time(text: str, form: re.Pattern[str], scale: int) -> float | None:
    """Return the sum of the parts of ``text`` if it has the form and the sum fits into 64 bits."""
    if len(text) > 100 or form.fullmatch(text) is None:
        return None
    parts = _PART.findall(text)
    units = {**_UNITS, 'ms': 1 / scale if scale > 1 else 0}
    total = sum(int(digits) * scale * units[unit] for digits, unit in parts)
    return total if parts and total <= _LARGEST else None
