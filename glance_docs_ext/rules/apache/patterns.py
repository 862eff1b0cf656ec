"""patterns(statement): the arguments of a directive that Apache compiles as regular expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.rules.apache.header_arguments import taken_apart
from glance_docs_ext.rules.apache.redirect_arguments import status
from glance_docs_ext.rules.apache.rewriting import OWN, rewrite_words

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Statement, Word

# Which argument is a regular expression.
WHERE = {
    'aliasmatch': 0,
    'authldapinitialbindpattern': 0,
    'browsermatch': 0,
    'browsermatchnocase': 0,
    'proxypassmatch': 0,
    'proxyremotematch': 0,
    'rewritecond': 1,
    'rewriterule': 0,
    'scriptaliasmatch': 0,
    'setenvif': 1,
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
        *('<directory', '<directorymatch', '<files', '<location', 'header', 'proxypass'),
        *('proxypassmatch', 'redirectmatch', 'requestheader'),
    )
)
BEHIND_TILDE = frozenset(('<directory', '<files', '<location', 'proxypass'))
EDITING = {'edit': 2, 'edit*': 2, 'echo': 1}  # how far behind the action
NAMING = frozenset(('setenvif', 'setenvifnocase'))
OF_A_HEADER = re.compile('[A-Za-z0-9_-]*')
EXTENSION = re.compile(r'oid\(.*\)', re.IGNORECASE)
COMPARED = frozenset(('browsermatch', 'browsermatchnocase', 'setenvif', 'setenvifnocase'))
COMPARISON = re.compile(r'=|<|>|-[a-zA-Z]')  # a condition of mod_rewrite that is no expression


def patterns(statement: Statement) -> list[Word]:
    """Return the arguments that are regular expressions, in the order they are compiled in."""
    pattern = _pattern(statement)
    found = [pattern] if pattern else []
    if statement.key in NAMING and (attribute := _attribute(statement)):
        return [attribute, *found]
    return found


def _attribute(statement: Statement) -> Word | None:
    """Return the name of a header that is a regular expression, as is_header_regex() tells it."""
    if len(statement.arguments) < 3:
        return None
    word = statement.arguments[0]
    return None if OF_A_HEADER.fullmatch(word.text) or EXTENSION.match(word.text) else word


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
            return _edited(statement, words)
        case 'redirectmatch' if len(words) == 2:
            code = status(words[0])
            # In a <Location> a status that wants an address may have that alone.
            return len(words) if code and 300 <= code <= 399 else int(code is not None)
        case 'redirectmatch' if len(words) == 3:
            return 1
        case 'proxypassmatch' if len(words) < 2 and statement.contexts:
            return number if statement.contexts & {'server', 'vhost'} else len(words)
    return number


def _edited(statement: Statement, words: tuple[Word, ...]) -> int:
    """Return which argument of a header is a regular expression; behind the last where none is."""
    if EDITING.keys().isdisjoint([word.text.lower() for word in words[:2]]):
        return len(words)  # as most
    parts = taken_apart(statement)
    behind = EDITING.get(parts.action.text.lower()) if parts else None
    return words.index(parts.action) + behind if parts and behind else len(words)


def _of_rewriting(statement: Statement, word: Word) -> Word | None:
    """Return the pattern in ``word`` without what mod_rewrite puts before it."""
    text = word.text
    is_condition = statement.key == 'rewritecond'
    if OWN.search(statement.rest.text):
        words = rewrite_words(statement.rest.text)
        if len(words) < 2 or (len(words) > 2 and not words[2].lstrip().startswith('[')):
            return None  # the line is cut up wrongly: so says another rule
        text = words[WHERE[statement.key]]
    text = text.removeprefix('!')
    if is_condition and (statement.arguments[0].text == 'expr' or COMPARISON.match(text)):
        return None
    return word if text == word.text else word._replace(text=text)
