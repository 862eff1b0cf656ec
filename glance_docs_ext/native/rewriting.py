"""A uWSGI text with what strict mode cannot judge put so that it can, each option on its line.

Strict mode refuses the names that a text makes for itself (``base = /srv``, then ``%(base)``);
without it they are variables. And what stands in an ``if`` is applied on one machine only.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glance_docs_ext.engines.uwsgi import CATALOGUE
from glance_docs_ext.engines.uwsgi.placeholders import used_in
from glance_docs_ext.engines.uwsgi.plugins import LOADS
from glance_docs_ext.rules.uwsgi.values import is_true

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document, Statement


NEED = 'need-'


def rewritten(
    document: Document, loaded: frozenset[str] = frozenset(), *, with_branches: bool = True
) -> str:
    """Return the text with ``set-placeholder`` before each variable of its own, also for ``set``.

    :param loaded: plugins that are loaded already: ``need-plugin`` would not start with them
    :param with_branches: False leaves out what only a condition applies
    """
    text = document.source.text
    pieces: list[str] = []
    done = 0
    changes = [*_needs(document, loaded), *_changes(document, with_branches=with_branches)]
    for start, end, new in sorted(changes):
        if start >= done:
            pieces += (text[done:start], new)
            done = end
    return ''.join((*pieces, text[done:]))


def branches(document: Document) -> list[Statement]:
    """Return the options that only a condition of the text applies."""
    faulty = {problem.span for problem in document.problems if problem.kind == 'fault-in-branch'}
    return [s for s in document.unjudged if s.key in CATALOGUE or s.name.span in faulty]


def _changes(document: Document, *, with_branches: bool) -> Iterator[tuple[int, int, str]]:
    """Yield spans of the text, and what to put there."""
    text = document.source.text
    for statement in _variables(document):
        name, value = statement.name.span, statement.rest.span
        yield name.start, value.start, f'set-placeholder = {text[name.start : name.end]}='
    variables = frozenset[str]() if is_true(document, 'strict') else used_in(document)
    for statement, _scope in document.named('set'):
        variable = statement.rest.text.partition('=')[0]
        if variable in variables and variable not in CATALOGUE:
            yield statement.name.start, statement.name.end, 'set-placeholder'
    if not with_branches:
        for statement in branches(document):
            span = statement.span
            yield span.start, span.end, '\n' * text.count('\n', span.start, span.end)


def _needs(document: Document, loaded: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a ``need-plugin`` shall be a ``plugin``, unless the text loads one twice."""
    loading = [statement for statement, _scope in document.named(*LOADS)]
    named = [[part.strip() for part in s.rest.text.split(',')] for s in loading]
    times = Counter(name for names in named for name in names)
    for statement, names in zip(loading, named, strict=True):
        start, end = statement.name.start, statement.name.start + len(NEED)
        is_need = document.source.text[start:end] == NEED and loaded.issuperset(names)
        if is_need and all(times[name] == 1 for name in names):
            yield start, end, ''


def _variables(document: Document) -> Iterator[Statement]:
    """Yield the options that are the text's own and that no finding is about."""
    faulty = {problem.span for problem in document.problems}
    text = document.source.text
    for statement in document.unjudged:
        span = statement.name.span
        if (
            statement.key not in CATALOGUE
            and statement.arguments
            and span not in faulty
            and text[span.start : span.end] == statement.key
            and '\n' not in text[span.start : statement.rest.start]
        ):
            yield statement
