"""Which arguments of a directive are regular expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Statement, Word

# Which argument is a regular expression.
WHERE = {
    'aliasmatch': 0,
    'browsermatch': 0,
    'browsermatchnocase': 0,
    'proxypassmatch': 0,
    'proxyremotematch': 0,
    'rewritecond': 1,
    'rewriterule': 0,
    'scriptaliasmatch': 0,
    'setenvif': 1,
    'substitute': 0,
    'setenvifnocase': 1,
    'wsgiscriptaliasmatch': 0,
    '<directorymatch': 0,
    '<filesmatch': 0,
    '<locationmatch': 0,
    '<proxymatch': 0,
    # these take one only where an argument says so, or the place
    '<directory': 1,
    '<files': 1,
    '<location': 1,
    'header': 0,
    'proxypass': 1,
    'redirectmatch': 0,
    'requestheader': 0,
}
# What mod_setenvif compares without compiling it: no character in it has a meaning of its own,
# and a backslash stands before one that would have, or at the end.
PLAIN = re.compile(r'(?:[^\\^.$|()\[\]{}*+?]|\\[\\^.$|()\[\]{}*+?])*\\?')
SAID = frozenset(
    (
        *(
            '<directory',
            '<directorymatch',
            '<files',
            '<location',
            'header',
            'proxypass',
            'proxypassmatch',
        ),
        *('redirectmatch', 'requestheader'),
    )
)
# Their first word is the name of a header, or an expression for such names.
NAMED = frozenset(('setenvif', 'setenvifnocase'))
NAME = re.compile('[A-Za-z0-9_-]*')  # is_header_regex() of mod_setenvif.c
COMPARED = frozenset(('browsermatch', 'browsermatchnocase', 'setenvif', 'setenvifnocase'))
ACTIONS = {'echo': 1, 'edit': 2, 'edit*': 2}  # of Header, and how far behind it stands
COMPARISON = re.compile(r'=|<|>|-[a-zA-Z]')  # a condition of mod_rewrite that is no expression


# set_pattern() of mod_substitute.c: no backslash hides the sign that divides it.
SUBSTITUTION = re.compile(r'[sS](.)((?:(?!\1).)+)\1(?:(?!\1).)*(?:\1([infqINFQ]*))?', re.DOTALL)


def patterns(statement: Statement) -> Iterator[Word]:
    """Yield the arguments that are regular expressions."""
    if statement.key in NAMED:
        yield from (word for word in statement.arguments[:1] if not NAME.fullmatch(word.text))
    if statement.key == 'substitute':
        yield from _substituted(statement)
        return
    word = _pattern(statement)
    if word is not None:
        yield word


def _substituted(statement: Statement) -> Iterator[Word]:
    """Yield what is looked for, where that is no plain text (flag n)."""
    for word in statement.arguments[:1]:
        found = SUBSTITUTION.fullmatch(word.text)
        if found and 'n' not in (found[3] or '').lower():
            yield word._replace(text=found[2])


def _pattern(statement: Statement) -> Word | None:
    """Return the argument that is a regular expression, if there is one."""
    key = statement.key
    number = _number(statement, statement.arguments) if key in SAID else WHERE[key]
    if number >= len(statement.arguments):
        return None
    word = statement.arguments[number]
    if key in COMPARED and PLAIN.fullmatch(word.text):
        return None
    return _of_rewriting(statement, word) if key.startswith('rewrite') else word


def _number(statement: Statement, words: tuple[Word, ...]) -> int:
    """Return which argument is a regular expression; behind the last one where none is."""
    number = WHERE[statement.key]
    match statement.key:
        case '<directory' | '<files' | '<location' | 'proxypass':
            return number if words and words[0].text == '~' else len(words)
        case '<directorymatch':
            number = int(words[0].text == '~') if words else 0
        case 'header' | 'requestheader':
            actions = [n for n, w in enumerate(words[:2]) if w.text.lower() in ACTIONS]
            return actions[0] + ACTIONS[words[actions[0]].text.lower()] if actions else len(words)
        case 'redirectmatch' if len(words) == 3:
            return 1
        case 'redirectmatch' if len(words) == 2:
            number = 0 if words[0].text.startswith(('^', '/', '(', '*')) else len(words)
        case 'proxypassmatch' if len(words) < 2 and statement.contexts:
            return number if statement.contexts & {'server', 'vhost'} else len(words)
    return number


def _of_rewriting(statement: Statement, word: Word) -> Word | None:
    """Return the pattern in ``word`` without what mod_rewrite puts before it."""
    if '\\ ' in statement.rest.text:
        return None  # mod_rewrite takes such a blank into the word
    text = word.text.removeprefix('!')
    is_condition = statement.key == 'rewritecond'
    if is_condition and (statement.arguments[0].text == 'expr' or COMPARISON.match(text)):
        return None
    return word._replace(text=text)
