"""APA221: a regular expression that cannot be compiled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.pcre import fault
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.values import is_known
from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

# Which argument is a regular expression.
WHERE = {
    'aliasmatch': 0,
    'browsermatch': 0,
    'browsermatchnocase': 0,
    'proxypassmatch': 0,
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
    # these take one only where an argument says so
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
COMPARED = frozenset(('browsermatch', 'browsermatchnocase', 'setenvif', 'setenvifnocase'))
COMPARISON = re.compile(r'=|<|>|-[a-zA-Z]')  # a condition of mod_rewrite that is no expression


class RegularExpression(Rule):
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

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, _scope in document.named(*(document.keys & WHERE.keys())):
            for word in _patterns(statement):
                what = fault(word.text) if is_known(word) else None
                if what:
                    yield self.report(
                        document,
                        word.span,
                        name=statement.name.text,
                        what=what,
                        remedy='write "\\\\" before a character that is meant as such',
                    )


def _patterns(statement: Statement) -> Iterator[Word]:
    words = statement.arguments
    number = WHERE[statement.key]
    match statement.key:
        case '<directory' | '<files' | '<location' | 'proxypass':
            if not words or words[0].text != '~':
                return
        case 'header' | 'requestheader':
            actions = [n for n, w in enumerate(words[:2]) if w.text.lower() in {'edit', 'edit*'}]
            number = actions[0] + 2 if actions else len(words)
        case 'redirectmatch':
            number = 1 if len(words) == 3 else 0
            if len(words) == 2 and not words[0].text.startswith(('^', '/', '(', '*')):
                return
        case 'rewriterule' | 'rewritecond' if '\\ ' in statement.rest.text:
            return  # mod_rewrite takes such a blank into the word
        case 'proxypassmatch' if statement.contexts and 'server' not in statement.contexts:
            if len(words) < 2 and 'vhost' not in statement.contexts:
                return
    if statement.key in COMPARED and number < len(words) and PLAIN.fullmatch(words[number].text):
        return
    if number < len(words):
        yield from _pattern(statement, words[number])


def _pattern(statement: Statement, word: Word) -> Iterator[Word]:
    """Yield the pattern in ``word``, without what mod_rewrite puts before it."""
    if not statement.key.startswith('rewrite'):
        yield word
        return
    text = word.text.removeprefix('!')
    is_condition = statement.key == 'rewritecond'
    if is_condition and (statement.arguments[0].text == 'expr' or COMPARISON.match(text)):
        return
    yield Word(text, word.span)
