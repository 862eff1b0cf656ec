"""UWS422: an option that uWSGI starts with only beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi import CATALOGUE
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import FALSE, is_applied, is_known, is_whole, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SOFT, HARD = 'cheaper-rss-limit-soft', 'cheaper-rss-limit-hard'
PATHS, LIFE, LEAST = 'static-cache-paths', 'max-worker-lifetime', 'min-worker-lifetime'
CACHES = frozenset({'cache', 'cache2'})
MEASURING = frozenset(key for key in CATALOGUE if 'MEMORY' in CATALOGUE[key][0].flags)
"""The options for which uWSGI measures the memory of its workers."""
SHORTEST = 10  # seconds that a worker lives at least, where nothing is said


class OptionWithoutAnother(Rule):
    """Some options are only compared with others when uWSGI starts, and then it ends.

    A limit of memory wants the memory measured, the hard limit a lower soft one; paths of static
    files are kept in a cache that is there; and a worker may not live shorter than it has to.
    """

    engines = ('uwsgi',)
    names = (SOFT, HARD, PATHS, LIFE)
    code = 'UWS422'
    name = 'option-without-another'
    severity = Severity.ERROR
    message = 'uWSGI does not start with {name!r}: {fault}'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4\ncheaper = 2\ncheaper-rss-limit-soft = 100000\n'),
        Example('uwsgi', '[uwsgi]\ncheaper-rss-limit-hard = 200000\n'),
        Example('uwsgi', f'[uwsgi]\nmemory-report = true\n{SOFT} = 200000\n{HARD} = 200000\n'),
        Example('uwsgi', '[uwsgi]\nstatic-cache-paths = 60\n'),
        Example('uwsgi', '[uwsgi]\nmax-worker-lifetime = 10\n'),
        Example('uwsgi', '[uwsgi]\nmax-worker-lifetime = 60\nmin-worker-lifetime = 60\n'),
    )
    good = (
        Example('uwsgi', f'[uwsgi]\nmemory-report = true\n{SOFT} = 100000\n{HARD} = 200000\n'),
        Example('uwsgi', '[uwsgi]\nreload-on-rss = 100\ncheaper-rss-limit-soft = 100000\n'),
        Example('uwsgi', '[uwsgi]\ncache2 = name=paths,items=100\nstatic-cache-paths = 60\n'),
        Example('uwsgi', '[uwsgi]\nmax-worker-lifetime = 3600\n'),
        Example('uwsgi', 'static-cache-paths = 60\n'),
    )
    exceptions = 'The other is given on the command line.'
    source = (
        'core/init.c, sanitize_args(); core/uwsgi.c. Measured with uWSGI 2.0.21: "enabling '
        'cheaper-rss-limit-soft requires enabling also memory-report", "caching of static paths '
        'requires uWSGI caching" and the like, exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if document.keys.isdisjoint(self.names) or document.unjudged or not is_whole(document):
            return
        numbers = _Numbers(document)
        for name, fault, remedy in _faults(document, numbers):
            span = numbers.statements[name].span
            yield self.report(document, span, name=name, fault=fault, remedy=remedy)


class _Numbers:
    """The numbers that options have in the end."""

    def __init__(self, document: Document) -> None:
        self.statements: dict[str, Statement] = {}
        for statement, _scope in document.named(SOFT, HARD, PATHS, LIFE, LEAST):
            if is_applied(statement, document):
                self.statements[statement.key] = statement

    def of(self, name: str, otherwise: int = 0) -> int | None:
        """Return the number of an option, None where only the host knows it."""
        statement = self.statements.get(name)
        if statement is None:
            return otherwise
        word = value(statement)
        return read_integer(word.text, 64) if is_known(word) else None


def _faults(document: Document, numbers: _Numbers) -> Iterator[tuple[str, str, str]]:
    """Yield the options that lack another, each with what is wrong and what to do."""
    soft, hard = numbers.of(SOFT), numbers.of(HARD)
    if soft and not _measures(document):
        yield SOFT, 'nobody measures the memory', 'add "memory-report = true"'
    if hard and soft == 0:
        yield HARD, f'there is no {SOFT}', f'add "{SOFT} = ...", a lower number'
    elif hard and soft and hard <= soft:
        yield HARD, f'it must be higher than {SOFT}', 'raise it'
    if numbers.of(PATHS) and document.keys.isdisjoint(CACHES):
        remedy = 'add "cache2 = name=paths,items=1000"'
        yield PATHS, 'there is no cache to keep the paths in', remedy
    most, least = numbers.of(LIFE), numbers.of(LEAST, SHORTEST)
    if most and least and 0 < most <= least:
        remedy = f'raise it, or lower "{LEAST}"'
        yield LIFE, f'it must be higher than {LEAST}, which is {least}', remedy


def _measures(document: Document) -> bool:
    """Whether the memory of the workers is measured."""
    reports = [value(s).text.lower() not in FALSE for s, _scope in document.named('memory-report')]
    return reports[-1:] == [True] or not document.keys.isdisjoint(MEASURING)
