"""APA221: a regular expression that cannot be compiled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import fault
from glance_docs_ext.rule import Example, StatementRule
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word

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
        *('<directory', '<files', '<location', 'header', 'proxypass', 'proxypassmatch'),
        *('redirectmatch', 'requestheader'),
    )
)
COMPARED = frozenset(('browsermatch', 'browsermatchnocase', 'setenvif', 'setenvifnocase'))
COMPARISON = re.compile(r'=|<|>|-[a-zA-Z]')  # a condition of mod_rewrite that is no expression


class RegularExpression(StatementRule):
    """Apache compiles regular expressions when it reads them, and refuses one that is broken.

    Only what is sure is reported: brackets that are not closed or close nothing, a backslash at
    the end, a repetition of nothing.
    """

    code = 'APA221'
    name = 'regular-expression'
    severity = Severity.ERROR
    message = 'the regular expression of {name} cannot be compiled: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = WHERE
    bad = (
        Example('apache', '<VirtualHost *:80>\n    RewriteRule ^/v2/(.* /v3/$1\n</VirtualHost>\n'),
        Example('apache', '<LocationMatch "^/v[23/">\n</LocationMatch>\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    RewriteRule ^/v2/(.*) /v3/$1\n</VirtualHost>\n'),
        Example('apache', '<LocationMatch "^/v[23]/">\n</LocationMatch>\n'),
        Example('apache', 'SetEnvIfNoCase User-Agent Image\\ Stripper bot\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``ap_pregcomp()`` in server/util.c: "Regex could not be compiled"; '
        '``non_regex_pattern()`` in mod_setenvif.c; measured with Apache 2.4.71.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        word = _pattern(statement)
        what = fault(word.text) if word and is_known(word) else None
        if word and what:
            yield self.report(
                document,
                word.span,
                name=statement.name.text,
                what=what,
                remedy='write "\\\\" before a character that is meant as such',
            )


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
        case 'header' | 'requestheader':
            actions = [n for n, w in enumerate(words[:2]) if w.text.lower() in {'edit', 'edit*'}]
            return actions[0] + 2 if actions else len(words)
        case 'redirectmatch' if len(words) == 2:
            return number if words[0].text.startswith(('^', '/', '(', '*')) else len(words)
        case 'redirectmatch' if len(words) == 3:
            return 1
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
