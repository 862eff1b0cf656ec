"""Find the faults of a regular expression that PCRE is sure to refuse."""

from __future__ import annotations

import re

# Constructs in which brackets need not match, or mean something else.
UNSURE = re.compile(r'\\[QE]|\(\?#|\(\?[a-wyzA-Z-]*x|\(\*|\(\?\(|\\c|\(\?C')


# What stands behind "(?": the kind of a group, or letters that switch options.
GROUP = re.compile(r"\(\?(?:[:=!>|]|<[=!]|P?<[^>]*>|'[^']*'|[a-zA-Z^-]*:?)")


def fault(pattern: str) -> str | None:
    """Return what is wrong with ``pattern``, or None where nothing surely is.

    Python's own compiler is no judge: it knows another dialect. So only the brackets are counted,
    and what would repeat nothing at the start is looked for.
    """
    if UNSURE.search(pattern):
        return None
    depth = 0
    at = 0
    repeatable = False  # whether a "*" may follow
    while at < len(pattern):
        character = pattern[at]
        if character in '*+?' and not repeatable:
            return f'{character!r} repeats nothing'
        repeatable = character not in '(|^*+?'
        if character == '\\':
            at += 2
        elif character == '[':
            at = _class_end(pattern, at)
            if at < 0:
                return 'a "[" is not closed'
        elif character == '(':
            depth += 1
            at = _behind_opening(pattern, at)
        elif character == ')':
            depth -= 1
            if depth < 0:
                return 'a ")" closes nothing'
            at += 1
        elif character in '*+?' and pattern[at + 1 : at + 2] in {'+', '?'}:
            at += 2  # lazy, or possessive
        else:
            at += 1
    if at > len(pattern):
        return 'it ends in a backslash'
    return 'a "(" is not closed' if depth else None


def _behind_opening(pattern: str, start: int) -> int:
    """Return the index behind ``(``, ``(?:``, ``(?<name>`` or what else starts a group."""
    found = GROUP.match(pattern, start)
    return found.end() if found else start + 1


def _class_end(pattern: str, start: int) -> int:
    """Return the index behind the character class that starts at ``start``, -1 if it is open."""
    at = start + 1
    if pattern[at : at + 1] == '^':
        at += 1
    if pattern[at : at + 1] == ']':
        at += 1
    while at < len(pattern):
        character = pattern[at]
        if character == '\\':
            at += 2
        elif character == '[' and pattern[at + 1 : at + 2] in {':', '.', '='}:
            end = pattern.find(f'{pattern[at + 1]}]', at + 2, at + 20)
            at = end + 2 if end > 0 else at + 1
        elif character == ']':
            return at + 1
        else:
            at += 1
    return -1
