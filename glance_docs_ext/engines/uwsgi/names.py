"""names_told_apart(): the options that are not judged as such, and what is said of their names.

A name that uWSGI does not know may be a variable of the text, an option of a plugin, or no fault
for want of strict mode; and what stands in an ``if`` only the host decides about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.engines.uwsgi.magic import HOST
from glance_docs_ext.engines.uwsgi.order import LOADING, SET
from glance_docs_ext.engines.uwsgi.placeholders import names
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign
from glance_docs_ext.engines.uwsgi.strictness import strictness
from glance_docs_ext.spelling import SUGGESTED
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.uwsgi.order import Order
    from glance_docs_ext.syntax import Statement

DECLARES = frozenset({'declare-option', 'declare-option2'})
CONDITIONS = frozenset({'if-opt', 'if-not-opt'})
COLON = re.compile(r'[A-Za-z0-9_-]+[ \t]*:')
OPTION = re.compile(r'[A-Za-z][A-Za-z0-9_-]*')  # a name that may be a variable, or a plugin's
NEEDS_TLS = 'if=UWSGI_SSL'
INERT = 'inert-option-of-another-build'  # where strict mode is off, or may be
# A name with the path of the file or of its folder in it is no option's, for it has a slash.
MAGIC_NAME = re.compile(f'%[{"".join(sorted(HOST - set("pd")))}]')


def names_told_apart(
    order: Order,
    statements: tuple[Statement, ...],
    catalogue: Catalogue,
    used: frozenset[str],
) -> tuple[frozenset[Statement], list[Problem]]:
    """Tell the options that the host decides about, and unknown names that are no fault as such."""
    unjudged: set[Statement] = set()
    judged_as_strict = strictness(order, start=True)
    problems = _inert(statements, judged_as_strict, catalogue)
    says_strict = strictness(order, start=False)
    plugins = _foreign_plugins(order, statements)
    others = [] if any(says_strict) or any(plugins) else _for_others(order, catalogue)
    own = {**dict.fromkeys((*used, *others), ''), **_own_names(order)}
    continues = False  # whether it was said of the line before that it looks like a continued one
    for number, (statement, branch) in enumerate(zip(statements, order.branches, strict=True)):
        continued, continues = continues, False
        name = statement[0]  # its key, by number, as of each option
        is_strict = judged_as_strict[number]
        if name in catalogue:
            if branch is not None or (not is_strict and _is_refused_by_some(statement, catalogue)):
                unjudged.add(statement)
            continue
        if name in own:
            kind = own[name] if says_strict[number] else ''
        elif plugins[number] and OPTION.fullmatch(name):
            kind = 'option-of-foreign-plugin'
        elif not is_strict:
            is_told = is_strict is False and branch is None and not MAGIC_NAME.search(name)
            kind = 'ignored-name' if is_told else ''
        elif branch is not None:
            kind = 'fault-in-branch'
        elif COLON.match(name):
            kind = 'colon-for-equals'
        elif MAGIC_NAME.search(name) and ' ' not in name:
            kind = ''
        elif order.continues(statement):
            kind = '' if continued else 'continued-line'
            continues = True
        else:
            continue
        unjudged.add(statement)
        if kind:
            opener = branch.key if branch else ''
            fault = f'the unknown option {name}'
            values = {'name': name, 'opener': opener, 'fault': fault, 'plugin': plugins[number]}
            problems.append(Problem(kind, statement.name.span, values))
    return frozenset(unjudged), problems


def _for_others(order: Order, catalogue: Catalogue) -> list[str]:
    """Return the names that may be variables, ``%(name)``, of a file that is loaded and not here.

    Those that are like an option are taken for misspellings of it.
    """
    if order.names.isdisjoint(LOADING) or all(
        order.is_here(line.rest.text)
        for line in order.applied
        if line.key in LOADING and line.arguments
    ):
        return []
    unknown = [name for name in order.names if OPTION.fullmatch(name) and name not in catalogue]
    return [name for name in sorted(unknown)[:SUGGESTED] if not catalogue.suggestions(name)]


def needs_tls(name: str, catalogue: Catalogue) -> bool:
    """Whether a uWSGI that was built without OpenSSL has no option of a name, and another has."""
    entries = catalogue[name]
    return bool(entries) and all(NEEDS_TLS in entry.flags for entry in entries)


def _inert(
    statements: tuple[Statement, ...], modes: Sequence[bool | None], catalogue: Catalogue
) -> list[Problem]:
    """Note what only a build with OpenSSL knows where strict mode is off ('': where it may be)."""
    if all(modes):
        return []
    return [
        Problem(INERT, statement.name.span, {'name': statement.key if is_strict is False else ''})
        for statement, is_strict in zip(statements, modes, strict=True)
        if not is_strict and needs_tls(statement.key, catalogue)
    ]


def _foreign_plugins(order: Order, statements: tuple[Statement, ...]) -> list[str]:
    """Return of each option the plugin of somebody else that is loaded before it, or ''."""
    if order.names.isdisjoint(LOADS):
        return [''] * len(statements)
    plugins: list[str] = []
    plugin = ''
    for statement in statements:
        if not plugin and statement.key in LOADS and statement.arguments:
            plugin = foreign(statement.arguments[0].text)
        plugins.append(plugin)
    return plugins


def _is_refused_by_some(statement: Statement, catalogue: Catalogue) -> bool:
    """Whether it is in strict mode that uWSGI, or an older one, refuses an option that we know."""
    if statement.key == SET:
        return statement.rest.text.partition('=')[0] not in catalogue
    return any(entry.since for entry in catalogue[statement.key])


def _own_names(order: Order) -> dict[str, str]:
    """Return the names that the text itself makes, and what is wrong with one in strict mode."""
    own: dict[str, str] = {}
    for line in order.applied:
        value = line[3][0]  # by number, as of each line
        if '%(' in value:
            own.update(dict.fromkeys(names(value), 'placeholder-in-strict-mode'))
    for kind, fault in ((CONDITIONS, 'placeholder-in-strict-mode'), (DECLARES, '')):
        if not order.names.isdisjoint(kind):
            lines = [line for line in order.applied if line.key in kind and line.arguments]
            own.update((line.rest.text.partition('=')[0], fault) for line in lines)
    return own
