"""APA213: arguments that mod_rewrite does not take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.remembered import remembered
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.rewriting import OWN, rewrite_words
from glance_docs_ext.rules.apache.statuses import STATUSES
from glance_docs_ext.rules.apache.values import COMMENT, Fault, ValueRule, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.syntax import Document, Statement, Word

HIDDEN = re.compile(r'\\["\']')
RULE_FLAGS = frozenset(
    (
        *('b', 'bctls', 'bne', 'bnp', 'backrefernoplus', 'c', 'chain', 'co', 'cookie', 'dpi'),
        *('d', 'discardpath', 'discardpathinfo', 'e', 'env', 'end', 'f', 'forbidden', 'g'),
        *('gone', 'h', 'handler', 'l', 'last', 'n', 'next', 'nc', 'nocase', 'ne', 'noescape'),
        *('ns', 'nosubreq', 'p', 'proxy', 'pt', 'passthrough', 'qsa', 'qsappend', 'qsd'),
        *('qsdiscard', 'qsl', 'qslast', 'r', 'redirect', 's', 'skip', 't', 'type', 'unc'),
        *('unsafeallow3f', 'unsafeprefixstat'),
    )
)
CONDITION_FLAGS = frozenset((*('nc', 'nocase', 'or', 'ornext', 'nv', 'novary'),))


class RewriteArguments(ValueRule):
    """A rule has a pattern, a substitution, flags; a condition has a string, a pattern, flags.

    The flags stand in brackets, separated by commas, with no blank in between unless they are
    quoted as a whole: at a blank Apache ends the argument, and the flags lack their bracket.
    """

    code = 'APA213'
    name = 'rewrite-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('rewriterule', 'rewritecond')
    bad = (
        Example(
            'apache', '<VirtualHost *:80>\n    RewriteRule ^/old /new [R=301, L]\n</VirtualHost>\n'
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    RewriteRule ^/old /new [Redirect,Lst]\n</VirtualHost>\n',
        ),
        Example('apache', '<VirtualHost *:80>\n    RewriteRule ^/old\n</VirtualHost>\n'),
        Example('apache', 'RewriteCond %{QUERY_STRING} "(<|>|\\"|;)" [NC]\n'),
        Example('apache', 'RewriteCond ${lower:%{HTTP_HOST}}\n'),
    )
    good = (
        Example(
            'apache', '<VirtualHost *:80>\n    RewriteRule ^/old /new [R=301,L]\n</VirtualHost>\n'
        ),
        Example(
            'apache',
            '<VirtualHost *:80>\n    RewriteRule ^/old /new "[R=301, L]"\n</VirtualHost>\n',
        ),
        Example(
            'apache', '<VirtualHost *:80>\n    RewriteCond %{HTTPS} off [NC]\n</VirtualHost>\n'
        ),
        Example('apache', 'RewriteCond %{QUERY_STRING} "\\\\" [NC]\n'),
        Example('apache', "RewriteCond %{QUERY_STRING} '(<|>|\"|;)' [NC]\n"),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``cmd_rewriterule_setflag()`` and ``cmd_parseflagfield()`` in mod_rewrite.c: "bad flag '
        'delimiters", "unknown flag"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        words = statement.arguments
        if OWN.search(statement.rest.text) or not 2 <= len(words) <= 3:
            fault = _of_any(statement)
        else:
            fault = _of_flags(statement, words[2].text, words[2]) if len(words) == 3 else None
        return () if fault is None else (fault,)


def _of_any(statement: Statement) -> Fault | None:
    found = rewrite_words(statement.rest.text)
    parts = 'a pattern and a substitution'
    if statement.key == 'rewritecond':
        parts = 'a string and a pattern'
    if len(found) < 2:
        what = f'it needs {parts}'
        return Fault(statement.name.span, what, 'write both, and flags behind them')
    if len(found) == 2:
        return None
    number = 2 if len(statement.arguments) > 2 else -1
    return _of_flags(statement, found[2], statement.arguments[number])


def _of_flags(statement: Statement, text: str, word: Word) -> Fault | None:
    if closing_comment(word):
        return Fault(word.span, 'what stands behind its second argument are flags', COMMENT)
    if not (text.startswith('[') and text.endswith(']') and len(text) > 1):
        what = 'flags stand in brackets, as one argument'
        remedy = 'write them as [R=301,L], with no blank in between'
        if HIDDEN.search(statement.rest.text):
            remedy = 'a backslash hides no quote here: write \\x22 for one'
        return Fault(word.span, what, remedy)
    is_rule = statement.key == 'rewriterule'
    found = _fault_of_rule(text) if is_rule else _fault_of_condition(text)
    return Fault(word.span, *found) if found else None


@remembered(256)  # the same flags stand behind many rules
def _fault_of_rule(text: str) -> tuple[str, str] | None:
    return _fault_of_flags(text, RULE_FLAGS)


@remembered(256)
def _fault_of_condition(text: str) -> tuple[str, str] | None:
    return _fault_of_flags(text, CONDITION_FLAGS)


def _fault_of_flags(text: str, known: frozenset[str]) -> tuple[str, str] | None:
    """Return what is wrong with the first wrong one of ``[FLAG,…]``, and what to do."""
    for item in text[1:-1].split(','):
        flag, _, value = item.strip().partition('=')
        if flag.lower() not in known:
            return f'there is no flag {shortened(flag)!r}', 'look it up in mod_rewrite'
        if flag.lower() == 'bne' and not value:
            what = f'{shortened(flag)} needs the characters that are not to be escaped'
            return what, 'write them as [BNE=/]'
        if flag.lower() in {'r', 'redirect'} and value.isdigit() and int(value[:9]) not in STATUSES:
            what = f'{shortened(value)} is no status for a redirection'
            return what, 'write 301, 302, 303, 307 or 308'
    return None
