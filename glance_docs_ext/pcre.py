r"""Read a regular expression as PCRE2 does: what is wrong with it, and how many captures it has.

Apache and nginx compile theirs with PCRE2, uWSGI with that or with PCRE 8. Python's own compiler is
no judge: it knows another dialect. The reading ends, with nothing more to say, at the first
construct that is not followed here; a fault before that is certain, because the libraries read from
left to right as well. Compared with them, PCRE2 10.42 and 10.44 and PCRE 8.39, on a million
patterns made by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.pcre_tokens import IN_TOKEN, MEMBER, OUTSIDE, TOKEN
from glance_docs_ext.remembered import remembered

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

MOST_TIMES = 65535
MOST_READ = 512  # patterns whose reading is remembered: a page writes the same ones often
NOT_REPEATABLE = frozenset(
    ('quantifier', 'bar', 'assertion', 'options', 'name', 'group', 'open', 'verb', 'start')
)
OPENS = frozenset(('open', 'name', 'group'))
AS_IT_WAS = frozenset(('comment', 'unquote'))
MOST_LETTERS = 32  # of a name; later versions take 128
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
    'octal': lambda text: _Broken(f'{text} is no character'),
    'lacking': lambda text: _Broken(f'{text} lacks what belongs to it'),
    'misnamed': lambda text: _Broken(f'behind {text!r} stands no name'),
}


class Reading(NamedTuple):
    """What PCRE2 makes of a pattern: ``None`` where that is not certain."""

    fault: str | None
    """What the pattern is refused for, for people."""
    captures: int | None
    """How many groups of a pattern without fault capture."""
    only_pcre2: bool = False
    """Whether PCRE 8 takes what the fault is about for something else."""
    twice: str | None = None
    """A name that two groups have: a fault where the option DUPNAMES is not set, as by nginx."""


def fault(pattern: str) -> str | None:
    """Return what PCRE2 refuses ``pattern`` for, or None where nothing surely is wrong."""
    return read(pattern).fault


def captures(pattern: str) -> int | None:
    """Return how many captures ``pattern`` has, or None where that is not certain."""
    return read(pattern).captures


@remembered(MOST_READ)
def read(pattern: str) -> Reading:
    """Return what PCRE2 makes of ``pattern``, in time that grows as its length does."""
    try:
        reader = _Reader(pattern)
        return Reading(None, reader.captures(), twice=reader.twice)
    except _Broken as broken:
        return Reading(str(broken), None, isinstance(broken, _BrokenInPcre2))
    except _Unsure:
        return Reading(None, None)


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._looks: list[bool | None] = []
        """Of each open group: whether its length must be known; None outside of any lookaround."""
        self._captures = 0
        self._reference = 0
        self._wanted = 0
        """The last group that is called by its number."""
        self._names: set[str] = set()
        self._asked: list[str] = []
        self.twice: str | None = None
        self._starts = True
        self._repeatable = False
        """Whether something stands before the index that may be repeated."""
        self._width = True
        """Whether that has a length: a lookaround has none."""

    def captures(self) -> int:
        at = 0
        while at < len(self._pattern):
            at = self._token(at)
        if self._looks:
            raise _Broken('a "(" is not closed')
        if self._reference > self._captures:
            broken = _BrokenInPcre2 if self._reference > 7 else _Broken  # \8 was an "8" once
            raise broken(f'\\{self._reference} speaks of a group that is not there')
        if self._wanted > self._captures:
            raise _Broken(f'there is no group {self._wanted}')
        for name in self._asked:
            if name not in self._names:
                raise _Broken(f'there is no group {name}')
        return self._captures

    def _token(self, at: int) -> int:
        """Take in what stands at ``at``; return the index behind it."""
        token = TOKEN.match(self._pattern, at)
        if token is None:
            raise _Unsure
        kind = token.lastgroup
        if kind == 'start' and not self._starts:
            raise _Broken(f'{token[0]} does not stand at the start')
        self._starts = kind == 'start'
        if kind == 'plain':
            self._repeatable = self._width = True
            return token.end()
        if kind == 'quantifier':
            self._repetition(token)
        elif kind == 'class':
            self._repeatable = self._width = True
            return self._class(at, token.end())
        elif kind in OPENS:
            self._opens(token)
        elif kind == 'close':
            if not self._looks:
                raise _Broken('a ")" closes nothing')
            inside, around = self._looks.pop(), self._looks[-1] if self._looks else None
            self._width = inside is around
        elif kind in FAULTS:
            raise FAULTS[kind](token[0])
        else:
            self._width = True
            self._refers(token)
        if kind == 'quoted' and not token['quoted']:
            return token.end()
        if kind not in AS_IT_WAS:
            self._repeatable = kind not in NOT_REPEATABLE
        return token.end()

    def _opens(self, token: re.Match[str]) -> None:
        around = self._looks[-1] if self._looks else None
        self._captures += token.lastgroup != 'group'
        if token['name']:
            name = token['name'].removeprefix('P').strip("<>'")
            if len(name) > MOST_LETTERS:
                raise _Unsure
            if name in self._names:
                self.twice = self.twice or name
            self._names.add(name)
        looks = {'=': False, '!': False, '<=': True, '<!': True}
        self._looks.append(looks.get(token['group'] or '', around))

    def _refers(self, token: re.Match[str]) -> None:
        """Take in what speaks of another group, and characters by their numbers."""
        match token.lastgroup:
            case 'reference' | 'high':
                self._reference = max(self._reference, _number(token[0][1:]))
            case 'named' | 'asked':
                found = IN_TOKEN.search(token[0])
                self._asked += [found[0]] if found else []
            case 'call' if token['call'] != 'R)':
                sign = token['call'][0]
                number = _number(token['call'].strip('+-)'))
                if sign == '-' and number > self._captures:
                    raise _Broken(f'there is no group {token["call"][:-1]}')
                if sign != '-':
                    number += self._captures if sign == '+' else 0
                    self._wanted = max(self._wanted, number)
                if sign in '+-' and token['call'].strip('+-0)') == '':
                    raise _Unsure
            case 'wide' if _hexadecimal(token['wide']) > 255:
                raise _Broken(f'{token[0]} is no character')
            case 'options' if 'J' in token['options']:
                raise _Unsure

    def _repetition(self, quantifier: re.Match[str]) -> None:
        if not self._repeatable:
            raise _Broken(f'{quantifier[0]!r} repeats nothing')
        least, most = quantifier['least'] or '0', quantifier['most'] or str(MOST_TIMES)
        if max(_size(least), _size(most)) > _size(str(MOST_TIMES)):
            raise _Broken(f'{quantifier[0]} is too often')
        if _size(least) > _size(most):
            raise _Broken(f'{quantifier[0]} has its numbers in the wrong order')
        endless = quantifier[0][0] in '*+' or (quantifier['comma'] and not quantifier['most'])
        if endless and self._width and self._looks and self._looks[-1]:
            raise _Broken(f'{quantifier[0]!r} in a lookbehind may match any length')

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


def _number(digits: str) -> int:
    """Return the number of a group; one that is too large is that of none."""
    return int(digits) if len(digits) < 6 else 10**6


def _hexadecimal(escape: str) -> int:
    digits = escape[2:-1].lstrip('0')
    return int(digits or '0', 16) if len(digits) < 6 else 10**6


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
