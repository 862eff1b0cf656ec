"""UWS221: an option that a list of the same file forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.uwsgi.values import is_known, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

LISTS = ('blacklist', 'whitelist')
ENDS = {f'end-{name}': name for name in LISTS}


class ForbiddenOption(Rule):
    """``blacklist`` forbids the options it names on the lines behind it, ``whitelist`` all others.

    They are no lists of addresses. A blank separates the names, their case does not matter, and a
    ``whitelist`` that does not name ``end-whitelist`` can not be ended.
    """

    engines = ('uwsgi',)
    names = LISTS
    code = 'UWS221'
    name = 'forbidden-option'
    severity = Severity.ERROR
    message = '{option!r} is forbidden by {list!r} above'
    help = '{remedy}'
    bad = (
        Example('uwsgi', '[uwsgi]\nwhitelist = 127.0.0.1\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = threads Processes\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nwhitelist = processes\nprocesses = 4\nend-whitelist =\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = processes\nini = :more\n[more]\nprocesses = 4\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nprocesses = 4\nblacklist = processes\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = processes,threads\nprocesses = 4\n'),
        Example('uwsgi', '[uwsgi]\nblacklist = processes\nend-blacklist =\nprocesses = 4\n'),
        Example(
            'uwsgi',
            '[uwsgi]\nwhitelist = processes end-whitelist\nprocesses = 4\nend-whitelist =\n'
            'threads = 2\n',
        ),
    )
    exceptions = 'None: uWSGI does not start with it.'
    source = (
        'core/config.c, add_exported_option_do(). Measured with uWSGI 2.0.21: "forbidden option '
        '"processes" (by whitelist)", exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        lists: dict[str, list[str]] = {}
        for statement, _scope in document.placed:
            forbidding = _forbidding(statement.key, lists)
            if forbidding and statement.key in engine.catalogue:
                yield self.report(
                    document,
                    statement.name.span,
                    option=statement.key,
                    list=forbidding,
                    remedy=_remedy(statement.key, forbidding),
                )
                return  # uWSGI ends here
            if statement.key in (*LISTS, *ENDS) and not _is_certain(document, statement):
                return
            if statement.key in LISTS:
                lists[statement.key] = value(statement).text.lower().split(' ')
            lists.pop(ENDS.get(statement.key, ''), None)


def _forbidding(option: str, lists: dict[str, list[str]]) -> str:
    """Return which of the ``lists`` that are open forbids an option, or ''."""
    if option.lower() in lists.get('blacklist', ()):
        return 'blacklist'
    return 'whitelist' if option.lower() not in lists.get('whitelist', (option.lower(),)) else ''


def _is_certain(document: Document, statement: Statement) -> bool:
    return statement not in document.unjudged and is_known(value(statement))


def _remedy(option: str, forbidding: str) -> str:
    if forbidding == 'blacklist':
        return f'take {option} out of the list, or write "end-blacklist =" above it'
    return f'name {option} in the list, or move it above the list'
