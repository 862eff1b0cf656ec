r"""What is certain to be wrong with a regular expression, without the library that nginx uses.

PCRE accepts more than a few lines can follow, so only these faults are told: a quantifier with
nothing before it, brackets and parentheses that do not pair, a ``\`` at the end.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
      \\Q.*?(?:\\E|\Z)
    | \\.
    | (?P<class>\[\^?+\]?+(?:\[:[^\]]*:\]|\\.|[^\]\\])*+(?P<end>\]?))
    | (?P<verb>\(\*)
    | (?P<open>\()(?:\?(?:<[=!]|<\w*>|P<\w*>|'\w*'|[:=!|>]|\#[^)]*|[A-Za-z-]*:|[A-Za-z-]*(?=\))))?+
    | (?P<close>\))
    | (?P<quantifier>(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})[+?]?+)
    | (?P<bar>\|)
    | \^
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
UNSURE = re.compile(r'\(\?[x^*]|\(\*|\\Q|\\[xoN]\{')  # what the few lines here do not follow
_LONE_BACKSLASH = re.compile(r'(?:[^\\]|\\.)*+\\', re.DOTALL)


def fault(pattern: str) -> str:
    """Return what PCRE refuses ``pattern`` for, '' where nothing is certain."""
    if UNSURE.search(pattern):
        return ''
    if _LONE_BACKSLASH.fullmatch(pattern):
        return 'a "\\" at the end takes nothing with it'
    depth, repeatable = 0, False
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        if kind == 'class' and not token['end']:
            return 'the bracket "[" is not closed'
        if kind == 'quantifier' and not repeatable:
            return f'there is nothing before {token[0]!r} to repeat'
        depth += {'open': 1, 'close': -1}.get(kind or '', 0)
        if depth < 0:
            return 'a ")" closes nothing'
        repeatable = kind not in {'open', 'bar', 'quantifier'}
        if kind == 'open' and token[0].startswith('(?#'):
            repeatable = True
    return 'a "(" is not closed' if depth else ''


def captures(pattern: str) -> int | None:
    """Return how many captures ``pattern`` has, or None where that is not certain."""
    if '(?|' in pattern or '(?x' in pattern or '(*' in pattern or '\\Q' in pattern:
        return None
    opened = [token[0] for token in _TOKEN.finditer(pattern) if token.lastgroup == 'open']
    return sum(text == '(' or re.match(r"\(\?P?[<'][^=!]", text) is not None for text in opened)
