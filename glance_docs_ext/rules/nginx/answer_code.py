"""NGX217: a code that no answer can have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.values import number
from glance_docs_ext.rule import Example, Rule, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Scope, Statement, Word


class AnswerCode(Rule):
    """``return`` takes a code up to 999 or a URL, ``error_page`` codes from 300 to 599.

    ``return`` with something else reads as a code, and is refused.
    """

    code = 'NGX217'
    name = 'answer-code'
    severity = Severity.ERROR
    message = '{name} does not take {value!r}'
    help = '{remedy}'
    engines = ('nginx',)
    names = ('return', 'error_page', 'try_files')
    bad = (
        Example('nginx', 'location / {\n    return /new;\n}\n'),
        Example('nginx', 'location / {\n    error_page 200 /200.html;\n}\n'),
        Example('nginx', 'location / {\n    try_files $uri =not;\n}\n'),
        Example('nginx', 'server {\n    return 1301 /new;\n}\n'),
    )
    good = (
        Example('nginx', 'location / {\n    return 301 /new;\n}\n'),
        Example('nginx', 'location / {\n    error_page 404 =200 /404.html;\n}\n'),
        Example('nginx', 'location / {\n    try_files $uri =404;\n}\n'),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_rewrite_return()``, ``ngx_http_core_error_page()``, '
        '``ngx_http_core_try_files()``.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement, scope in document.named(*self.names):
            if statement.key == 'return' and _may_be_of_stream(statement, scope, engine):
                continue  # it takes a text and no code
            for word, remedy in CHECKS[statement.key](statement):
                yield self.report(
                    document,
                    word.span,
                    name=statement.name.text,
                    value=shortened(word.text),
                    remedy=remedy,
                )


def _may_be_of_stream(statement: Statement, scope: Scope | None, engine: Engine) -> bool:
    """Whether a ``return`` may stand in a server of ``stream``: it has one word there."""
    if statement.contexts == OF_STREAM:
        return True
    if 'stream-server' not in statement.contexts or len(statement.arguments) > 1:
        return False
    if engine.version is None or not engine.version.is_before(NAMES_SINCE) or scope is None:
        return True
    return all(beside.key != 'server_name' for beside in (scope.section.body or ())[:MOST])


OF_STREAM = frozenset({'stream-server'})
NAMES_SINCE = '1.25.5'  # servers of stream have names
MOST = 50  # directives that are looked at
URLS = ('http://', 'https://', '$scheme')


def _return(statement: Statement) -> Iterable[tuple[Word, str]]:
    words = statement.arguments
    if not 0 < len(words) < 3:
        return ()
    code = number(words[0].text)
    if code is None and len(words) == 1 and words[0].text.startswith(URLS):
        return ()
    if code is None or code > 999:
        return [(words[0], 'write a code before the address, such as return 302 /path;')]
    return ()


def _error_page(statement: Statement) -> Iterator[tuple[Word, str]]:
    if len(statement.arguments) < 2:
        return
    *codes, _uri = statement.arguments
    if codes and codes[-1].text.startswith('='):
        answer = codes.pop()
        if not codes:
            yield answer, 'write the code of the error before it'
        elif answer.text != '=' and number(answer.text[1:]) is None:
            yield answer, 'write = or =CODE before the page'
    for word in codes:
        code = number(word.text)
        if code is None or not 300 <= code <= 599 or code == 499:
            is_answer = word.text.startswith('=')
            at_the_end = 'the code to answer with stands right before the page'
            usual = 'write codes from 300 to 599, and the page at the end'
            yield word, at_the_end if is_answer else usual


def _try_files(statement: Statement) -> Iterable[tuple[Word, str]]:
    words = statement.arguments
    if len(words) > 1 and words[-1].text.startswith('='):
        code = number(words[-1].text[1:])
        if code is None or code > 999:
            return [(words[-1], 'write =CODE at the end, such as =404')]
    return ()


CHECKS: dict[str, Callable[[Statement], Iterable[tuple[Word, str]]]] = {
    'return': _return,
    'error_page': _error_page,
    'try_files': _try_files,
}
