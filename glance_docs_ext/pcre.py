r"""Read a regular expression as PCRE2 does: what is wrong with it, and how many captures it has.

Apache and nginx compile theirs with PCRE2, uWSGI with that or with PCRE 8. Python's own compiler is
no judge: it knows another dialect. The reading ends, with nothing more to say, at the first
construct that is not followed here; a fault before that is certain, because the libraries read from
left to right as well. Compared with them, PCRE2 10.42 and 10.44 and PCRE 8.39, on a million
patterns made by chance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_TIMES = 65535
MOST_READ = 512  # patterns whose reading is remembered: a page writes the same ones often
TOKEN = re.compile(
    r"""
      (?P<plain>[^\\\[()*+?{|^$]+)
    | (?P<quantifier>(?:[*+?]|\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\})[+?]?)
    | (?P<bar>[|^$])
    | \\(?:
          (?P<reference>[1-9](?![0-9]))
        | (?P<assertion>[bBAZzGK])
        | (?P<unknown>[ijmqyIJMOTYluFLU])
        | (?P<escape>
            [0-9]+ | [adefhnrstvwCDHRSVWX] | N(?!\{) | x(?!\{) | x\{[0-9a-fA-F]{1,2}\}
          | [pP](?:[CLMNPSZ]|\{\^?\w+\}) | k(?:<\w+>|'\w+'|\{\w+\}) | [^a-zA-Z0-9]
          )
        | (?P<end>\Z)
      )
    | (?P<class>\[\^?)
    | \(\?(?:
          (?P<comment>\#[^)]*\))
        | (?P<unended>\#)
        | (?P<options>[imsUJ-]*\))
        | (?P<name><(?=[A-Za-z_])\w+>|P<(?=[A-Za-z_])\w+>|'(?=[A-Za-z_])\w+')
        | (?P<misnamed>(?:<(?![=!])|P<|')[ -~]?)
        | (?P<group>[:=!>]|<[=!]|[imsUJ-]+:)
        | (?P<call>(?:R|[+-]?[0-9]+|&\w+|P[=>]\w+)\))
        | (?P<strange>[bd-hjkloqt-wyzABDEFGHIKLMNOQSTVWXYZ./,;\ ])
      )
    | (?P<open>\((?![?*]))
    | (?P<close>\))
    | (?P<brace>\{)
    """,
    re.VERBOSE | re.DOTALL,
)
NOT_REPEATABLE = frozenset({'quantifier', 'bar', 'assertion', 'options', 'name', 'group', 'open'})
# "[:alpha:]" and the like. PCRE2 also takes "[.x.]" and "[=x=]" for one, and refuses them.
POSIX = r'\[(?P<sign>[:.=])(?P<posix>(?:\\[\]\\]|(?!\[(?P=sign)|(?P=sign)\])[^\]])*+)(?P=sign)\]'
OUTSIDE = re.compile(POSIX, re.DOTALL)
MEMBER = re.compile(
    rf"""
      {POSIX}
    | \\(?:
          (?P<kind>[dDwWsShHvV]|[pP](?:[CLMNPSZ]|\{{\^?\w+\}}))
        | (?P<unknown>[ijmqyIJMOTYluFLUkzABCGKRXZ]|N(?!\{{))
        | (?P<escape>[0-7]{{1,3}}|[89abefnrt]|x\{{[0-9a-fA-F]{{1,2}}\}}|x(?!\{{)[0-9a-fA-F]{{0,2}})
        | (?P<escaped>[^a-zA-Z0-9])
      )
    | (?P<one>[^\\])
    """,
    re.VERBOSE | re.DOTALL,
)
NAMES = frozenset(
    (
        *('alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print'),
        *('punct', 'space', 'upper', 'word', 'xdigit'),
    )
)
KIND = 'kind of character'
"""What a member of a class is that stands for many characters, such as ``\\d``."""
CODE = 'code of a character'
"""What a member of a class is that gives a character by its number, which is not looked at."""


class _Broken(Exception):
    """Ends the reading; its argument says why."""


class _BrokenInPcre2(_Broken):
    """Says why PCRE2 refuses what PCRE 8 accepts."""


class _Unsure(Exception):
    """Ends the reading at something that is not followed here."""


FAULTS: dict[str | None, Callable[[str], _Broken]] = {
    'end': lambda _text: _Broken('it ends in a backslash'),
    'unended': lambda text: _Broken(f'the comment {text!r} is not closed'),
    'strange': lambda text: _Broken(f'there is no group that starts with {text!r}'),
    'unknown': lambda text: _BrokenInPcre2(f'PCRE does not know {text}'),
    'misnamed': lambda _text: _Broken(
        'the name of a group is letters and digits up to > or a quote'
    ),
}


class Reading(NamedTuple):
    """What PCRE2 makes of a pattern: ``None`` where that is not certain."""

    fault: str | None
    """What the pattern is refused for, for people."""
    captures: int | None
    """How many groups of a pattern without fault capture."""
    only_pcre2: bool = False
    """Whether PCRE 8 takes what the fault is about for something else."""
    twice: str = ''
    """The name of two groups, which is a fault unless the engine asks the library to allow it."""


def fault(pattern: str) -> str | None:
    """Return what PCRE2 refuses ``pattern`` for, or None where nothing surely is wrong."""
    return read(pattern).fault


def captures(pattern: str) -> int | None:
    """Return how many captures ``pattern`` has, or None where that is not certain."""
    return read(pattern).captures


@remembered(MOST_READ)
def read(pattern: str) -> Reading:
    """Return what PCRE2 makes of ``pattern``, in time that grows as its length does."""
    reader = _Reader(pattern)
    try:
        return Reading(None, reader.captures(), twice=reader.twice)
    except _Broken as broken:
        return Reading(str(broken), None, isinstance(broken, _BrokenInPcre2))
    except _Unsure:
        return Reading(None, None, twice=reader.twice)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._depth = 0
        self._captures = 0
        self._reference = 0
        self._repeatable = False
        """Whether something stands before the index that may be repeated."""
        self.twice = ''
        self._names: set[str] | None = set()
        """The names of the groups so far, None where one may be used again."""
        self._behind = [False]
        """Whether the length must be known, for each group that the index is in."""

    def captures(self) -> int:
        at = 0
        while at < len(self._pattern):
            at = self._token(at)
        if self._depth:
            raise _Broken('a "(" is not closed')
        if self._reference > self._captures:
            broken = _BrokenInPcre2 if self._reference > 7 else _Broken  # \8 was an "8" once
            raise broken(f'\\{self._reference} speaks of a group that is not there')
        return self._captures

    def _token(self, at: int) -> int:
        """Take in what stands at ``at``; return the index behind it."""
        token = TOKEN.match(self._pattern, at)
        if token is None:
            raise _Unsure
        kind = token.lastgroup
        if kind == 'plain':
            self._repeatable = True
            return token.end()
        if kind == 'quantifier':
            self._repetition(token)
        elif kind == 'class':
            self._repeatable = True
            return self._class(at, token.end())
        elif kind in {'open', 'name', 'group'}:
            self._open(kind, token[0])
        elif kind == 'close':
            self._depth -= 1
            if self._depth < 0:
                raise _Broken('a ")" closes nothing')
            self._behind.pop()
        elif kind == 'options' and 'J' in token[0]:
            self._names = None
        elif kind == 'reference':
            self._reference = max(self._reference, int(token['reference']))
        elif kind in FAULTS:
            raise FAULTS[kind](token[0])
        if kind != 'comment':
            self._repeatable = kind not in NOT_REPEATABLE
        return token.end()

    def _open(self, kind: str, text: str) -> None:
        """Take in the start of a group."""
        self._depth += 1
        self._captures += kind != 'group'
        look = text[2:]
        self._behind.append(look in {'<=', '<!'} or (self._behind[-1] and look not in {'=', '!'}))
        if kind == 'name' and self._names is not None:
            name = text.strip("(?P<>'")
            if name in self._names:
                self.twice = name
            self._names.add(name)
        elif 'J' in text:
            self._names = None

    def _repetition(self, quantifier: re.Match[str]) -> None:
        if not self._repeatable:
            raise _Broken(f'{quantifier[0]!r} repeats nothing')
        if self._behind[-1] and (quantifier[0][0] in '*+' or quantifier['most'] == ''):
            raise _Broken(f'{quantifier[0]!r} has no end, and stands in a look back')
        least, most = quantifier['least'] or '0', quantifier['most'] or str(MOST_TIMES)
        if max(_size(least), _size(most)) > _size(str(MOST_TIMES)):
            raise _Broken(f'{quantifier[0]} is too often')
        if _size(least) > _size(most):
            raise _Broken(f'{quantifier[0]} has its numbers in the wrong order')

    def _class(self, start: int, at: int) -> int:
        """Return the index behind the class of characters that starts at ``start``."""
        pattern = self._pattern
        if OUTSIDE.match(pattern, start):
            raise _Broken('a class such as [:alpha:] stands in a second pair of brackets')
        first = True
        low = ''  # the member that "-" makes a range of; '' behind a range
        while first or not pattern.startswith(']', at):
            first = False
            follows = pattern[at + 1 : at + 2] not in {']', ''}
            ranged = low != '' and pattern.startswith('-', at) and follows
            if at + ranged >= len(pattern):
                raise _Broken('a "[" is not closed')
            member = MEMBER.match(pattern, at + ranged)
            if member is None:
                raise _Unsure
            high = _character(member)
            if ranged and KIND in {low, high}:
                written = pattern[at - 1 : member.end()]
                raise _BrokenInPcre2(f'{written!r} is no range: write "-" last')
            if ranged and CODE not in {low, high} and _last_byte(low) > _first_byte(high):
                raise _Broken(f'the range {low}-{high} is in the wrong order')
            low = '' if ranged else high
            at = member.end()
        return at + 1


def _size(digits: str) -> tuple[int, str]:
    """Return what orders whole numbers as their values do, however many digits there are."""
    digits = digits.lstrip('0')
    return len(digits), digits


def _character(member: re.Match[str]) -> str:
    """Return the character that a member of a class is, KIND or CODE."""
    if member['unknown']:
        raise _BrokenInPcre2(f'{member[0]} means nothing within brackets')
    if member['sign'] and (member['sign'] != ':' or member['posix'].removeprefix('^') not in NAMES):
        if member['posix'] in {'<', '>'}:  # "[[:<:]]" is the start of a word
            raise _Unsure
        raise _Broken(f'there is no class {member[0]}')
    if member['kind'] or member['sign']:
        return KIND
    return member['one'] or member['escaped'] or CODE


def _first_byte(character: str) -> int:
    """Return what PCRE2 compares: without ``(*UTF)`` it sees the bytes of UTF-8."""
    return character.encode(errors='surrogatepass')[0]


def _last_byte(character: str) -> int:
    return character.encode(errors='surrogatepass')[-1]
