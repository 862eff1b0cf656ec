"""error_faults(words): what ErrorLogFormat does not take.

``parse_errorlog_string()`` and ``parse_errorlog_item()`` of server/core.c; each letter and sign was
tried with Apache 2.4.71, alone and behind the others.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.apache.values import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Word

KINDS = ('request', 'connection')
LETTERS = frozenset('aeiklmntvAEFLMPTV')
# A backslash hides what follows it; "% " only says that what is around it belongs together.
PLAIN = re.compile(r'(?:[^%\\]|\\.|\\\Z|%[ %])+', re.DOTALL)
FIELD = re.compile(r'%((?:[-+]|[0-9]+|\{[^}]*\})*)([^-+0-9{]?)', re.DOTALL)
LEVEL = re.compile(r'\{[^}]*\}|([0-9]+)')
MOST = 15  # the highest level that a field may be for


def error_faults(words: tuple[Word, ...]) -> Iterator[Fault]:
    """Yield the fault of a format for messages, or of one for requests or connections."""
    given = [*takewhile(lambda word: word.text, words)]  # an empty one is none
    if not given:
        return
    kind = given[0].text.lower() if len(given) > 1 else ''
    if kind and kind not in KINDS:
        what = f'{shortened(given[0].text)!r} is neither request nor connection'
        yield Fault(given[0].span, what, 'quote a format that has blanks in it')
        return
    word = given[-1]
    fields = _fields(word.text)
    for flags, letter in fields:
        wrong = _wrong(flags, letter, of_messages=not kind)
        if wrong:
            yield Fault(word.span, wrong, 'look the field up in the manual of ErrorLogFormat')
            return
    if not kind and not any(letter == 'M' for _flags, letter in fields):
        yield Fault(word.span, 'the message is missing in it', 'write %M where it belongs')


def _fields(text: str) -> list[tuple[str, str]]:
    """Return the fields of a format: the signs before a letter, and that letter."""
    found = []
    at = 0
    while at < len(text):
        match = PLAIN.match(text, at) or FIELD.match(text, at)
        if match is None:
            break
        if match.re is FIELD:
            found.append((match[1], match[2]))
            if not match[2]:
                break  # it has no letter, and what follows it is not looked at
        at = match.end()
    return found


def _wrong(flags: str, letter: str, *, of_messages: bool) -> str | None:
    if letter not in LETTERS:  # '' where the text ends, or a brace is not closed
        return f'there is no field {shortened("%" + flags + letter)!r}'
    levels = [int(level[:9]) for level in LEVEL.findall(flags) if level]
    if of_messages:
        if '+' in LEVEL.sub('', flags):
            return '"+" is for the formats of requests and connections'
        return f'there is no level {max(levels)}' if any(n > MOST for n in levels) else None
    if letter == 'M':
        return 'a request or a connection has no message'
    return 'a level is for the format of messages' if any(levels) else None
