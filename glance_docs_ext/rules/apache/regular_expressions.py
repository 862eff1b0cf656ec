"""Find the faults of a regular expression that PCRE2 is sure to refuse; asked of Apache 2.4.71."""

from __future__ import annotations

import re

# Constructs in which brackets need not match, or mean something else.
UNSURE = re.compile(r'\\[QE]|\(\?#|\(\?[a-wyzA-Z-]*x|\(\*|\(\?\(|\\c|\(\?C|\(\?[|*]|\\[xoN]\{')
# What stands behind "(?": the kind of a group, or letters that switch options.
GROUP = re.compile(r"\(\?(?:[:=!>|]|<[=!]|P?<[^>]*>|'[^']*'|[a-zA-Z^-]*:?)")
NAMED = re.compile(r"\(\?(?:P?<[^=!]|')")
QUANTIFIER = re.compile(r'(?:[*+?]|\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\})[+?]?')
PLAIN = re.compile(r'[^\\\[()*+?{|^$]+')  # characters that stand for themselves
MOST_TIMES = 65535
REFERENCE = re.compile(r'\\([1-9])(?![0-9])')
OUTSIDE = re.compile(r'\[:\^?[a-z]+:\]')
ASSERTIONS = frozenset('bBAZzG')  # behind a backslash
POSIX = frozenset(
    (
        *('alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print'),
        *('punct', 'space', 'upper', 'word', 'xdigit'),
    )
)
# A member of a class: a POSIX class, a kind of character, an escape or a character.
MEMBER = re.compile(
    r'\[(?P<sign>[:.=])(?P<posix>\^?[a-zA-Z]*)(?P=sign)\]|(?P<kind>\\[dDwWsShHvV])|(?P<escape>\\.)|(?P<one>.)',
    re.DOTALL,
)


class _Broken(Exception):
    """Ends the reading; its argument says why."""


def fault(pattern: str) -> str | None:
    """Return what is wrong with ``pattern``, or None where nothing surely is.

    Python's own compiler is no judge: it knows another dialect.
    """
    if UNSURE.search(pattern):
        return None
    try:
        _Reader(pattern).read()
    except _Broken as broken:
        return str(broken)
    return None


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._depth = 0
        self._groups = 0
        self._reference = 0
        self._repeatable = False
        """Whether something stands before the index that may be repeated."""

    def read(self) -> None:
        at = 0
        while at < len(self._pattern):
            plain = PLAIN.match(self._pattern, at)
            if plain:
                self._repeatable = True
                at = plain.end()
                continue
            quantifier = QUANTIFIER.match(self._pattern, at)
            if quantifier:
                self._repetition(quantifier)
                at = quantifier.end()
                continue
            character = self._pattern[at]
            self._repeatable = character not in '(|^$'
            step = {'\\': self._escape, '[': self._class, '(': self._open, ')': self._close}
            at = step[character](at) if character in step else at + 1
        if at > len(self._pattern):
            raise _Broken('it ends in a backslash')
        if self._depth:
            raise _Broken('a "(" is not closed')
        if self._reference > self._groups:
            raise _Broken(f'\\{self._reference} speaks of a group that is not there')

    def _repetition(self, quantifier: re.Match[str]) -> None:
        if not self._repeatable:
            raise _Broken(f'{quantifier[0]!r} repeats nothing')
        least, most = int(quantifier['least'] or 0), int(quantifier['most'] or MOST_TIMES)
        if max(least, most) > MOST_TIMES:
            raise _Broken(f'{quantifier[0]} is too often')
        if least > most:
            raise _Broken(f'{quantifier[0]} has its numbers in the wrong order')
        self._repeatable = False

    def _escape(self, at: int) -> int:
        self._repeatable = self._pattern[at + 1 : at + 2] not in ASSERTIONS
        found = REFERENCE.match(self._pattern, at)
        if found:
            self._reference = max(self._reference, int(found[1]))
        return at + 2

    def _open(self, at: int) -> int:
        self._depth += 1
        found = GROUP.match(self._pattern, at)
        self._groups += not found or NAMED.match(self._pattern, at) is not None
        return found.end() if found else at + 1

    def _close(self, at: int) -> int:
        self._depth -= 1
        if self._depth < 0:
            raise _Broken('a ")" closes nothing')
        return at + 1

    def _class(self, start: int) -> int:
        """Return the index behind the character class at ``start``."""
        pattern = self._pattern
        if OUTSIDE.match(pattern, start):
            raise _Broken('a class such as [:alpha:] stands in a second pair of brackets')
        at = start + 1 + pattern.startswith('^', start + 1)
        first = True
        low = ''  # a character that "-" may make a range with; a NUL for a kind of character
        while first or not pattern.startswith(']', at):
            first = False
            follows = pattern[at + 1 : at + 2] not in {']', ''}
            ranged = low != '' and pattern.startswith('-', at) and follows
            member = MEMBER.match(pattern, at + ranged)
            if member is None:
                raise _Broken('a "[" is not closed')
            high = _character(member)
            if ranged and '\0' in {low, high}:
                written = pattern[at - 1 : member.end()]
                raise _Broken(f'{written!r} is no range: write "-" last')
            if ranged and high and low > high:
                raise _Broken(f'the range {low}-{high} is in the wrong order')
            low = '' if ranged else high
            at = member.end()
        return at + 1


def _character(member: re.Match[str]) -> str:
    """Return the character that a member of a class is, '' where it is escaped, NUL for many."""
    if member['sign'] and (member['sign'] != ':' or member['posix'].lstrip('^') not in POSIX):
        raise _Broken(f'there is no class {member[0]}')
    return member['one'] or ('\0' if member['kind'] or member['sign'] else '')
