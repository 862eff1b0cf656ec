"""UWS601: an option that is set twice."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import BOOLEANS, FALSE, INTEGERS, is_alone, kind, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from glance_docs_ext.catalogue import Catalogue, Entry
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SCALARS = BOOLEANS | INTEGERS | {'uwsgi_opt_set_str'}
LOGIC = frozenset(
    {
        *('for', 'for-glob', 'for-readline', 'for-times', 'if-env', 'if-not-env', 'ifenv'),
        *('if-opt', 'if-not-opt', 'if-reload', 'if-not-reload', 'if-exists', 'if-not-exists'),
        *('ifexists', 'if-plugin', 'if-not-plugin', 'ifplugin', 'if-file', 'if-not-file'),
        *('if-dir', 'if-not-dir', 'ifdir', 'if-directory', 'if-hostname', 'if-not-hostname'),
        *('if-hostname-match', 'if-not-hostname-match'),
    }
)


class RepeatedOption(Rule):
    """An option that holds one value keeps the last.

    Several names may stand for one option: ``processes`` and ``workers`` are the same.
    """

    engines = ('uwsgi',)
    code = 'UWS601'
    name = 'repeated-option'
    severity = Severity.WARNING
    message = '{name!r} sets again what {first!r} set on line {line}: the last one counts'
    help = 'keep one of the two'
    bad = (Example('uwsgi', '[uwsgi]\nprocesses = 4\nworkers = 8\n'),)
    good = (Example('uwsgi', '[uwsgi]\nprocesses = 4\nenv = A=1\nenv = B=2\n'),)
    exceptions = 'A shared part is loaded first and overruled on purpose.'
    source = (
        'core/uwsgi.c: equal setter and equal address in the table of options. Measured '
        'with uWSGI 2.0.21: "processes = 2", "processes = 4" starts four.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        targets = _targets(engine.catalogue)
        several = document.keys & _of_several_names(engine.catalogue)
        is_in_two_names = len(several) > 1 and len({targets[key] for key in several}) < len(several)
        if not is_in_two_names and not _is_any_twice(document, targets):
            return
        if not is_alone(document) or not document.keys.isdisjoint(LOGIC):
            return
        seen: dict[str, Statement] = {}
        for statement, _scope in document.placed:
            target = targets.get(statement.key, '')
            first = seen.setdefault(target, statement) if target else statement
            if first is statement or _set_to(first, engine) == _set_to(statement, engine):
                continue
            place = document.source.place(first.span)
            found = self.report(
                document, statement.name.span, name=statement.key, first=first.key, line=place.line
            )
            yield found.with_related(Related(place, f'first: {first.key}'))
            seen[target] = statement


def _is_any_twice(document: Document, targets: Mapping[str, str]) -> bool:
    """Whether one name of those that have a target is there twice."""
    if len(document.by_key) == len(document.placed):
        return False
    twice = [key for key, placed in document.by_key.items() if len(placed) > 1 and key in targets]
    return bool(twice)


def _set_to(statement: Statement, engine: Engine) -> tuple[str, str | bool]:
    """Return what an option is set to, and by which setter: of a flag, whether it is on."""
    setter, text = kind(statement, engine), value(statement).text
    return setter, text.lower() not in FALSE if setter in BOOLEANS else text


@cache
def _targets(catalogue: Catalogue) -> dict[str, str]:
    """Return where the values of scalars go in uWSGI's memory, by their names."""
    return {key: target for key in catalogue if (target := _target(catalogue[key]))}


@cache
def _of_several_names(catalogue: Catalogue) -> frozenset[str]:
    """Return the names that have a target with other names."""
    targets = _targets(catalogue)
    names = Counter(targets.values())
    return frozenset(key for key, target in targets.items() if names[target] > 1)


def _target(entries: Sequence[Entry]) -> str:
    """Return where the value of an option goes, '' for one that holds more than one value."""
    for entry in entries:
        if entry.kind in SCALARS:
            return next((flag for flag in entry.flags if flag.startswith('data=&')), '')
    return ''
