"""APA243: folders of a cache whose names together are too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule
from glance_docs_ext.rules.apache.numbers import atoi
from glance_docs_ext.rules.apache.values import all_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

DEFAULT = 2  # of both directives (DEFAULT_DIRLEVELS and DEFAULT_DIRLENGTH of cache_disk_common.h)
MOST = 20  # CACHEFILE_LEN of cache_disk_common.h
OTHER = {'cachedirlevels': 'cachedirlength', 'cachedirlength': 'cachedirlevels'}


class CacheDepth(Rule):
    """The levels of a cache's folders, times the length of their names, are at most 20.

    Apache multiplies at each of the two directives, with the other one as it is by then: 2 where
    nothing was said, in each virtual host anew.
    """

    code = 'APA243'
    name = 'cache-depth'
    severity = Severity.ERROR
    message = '{name} {value} makes names of folders of {product} characters: at most 20 are taken'
    help = 'write at most {most}, or a smaller value for {other}, before this line'
    engines = ('apache',)
    names = tuple(OTHER)
    bad = (
        Example('apache', 'CacheDirLevels 5\nCacheDirLength 5\n'),
        Example('apache', '<VirtualHost *:80>\n    CacheDirLength 11\n</VirtualHost>\n'),
    )
    good = (
        Example('apache', 'CacheDirLevels 5\nCacheDirLength 4\n'),
        Example('apache', 'CacheDirLevels 1\nCacheDirLength 20\n'),
        Example(
            'apache',
            'CacheDirLevels 5\n<VirtualHost *:80>\n    CacheDirLength 5\n</VirtualHost>\n',
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``set_cache_dirlevels()`` and ``set_cache_dirlength()`` in mod_cache_disk.c: '
        '"CacheDirLevels*CacheDirLength value must not be higher than 20"; measured with Apache '
        '2.4.71.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        hosts = document.handed_down(None, _host)
        values: dict[tuple[Statement | None, str], int | None] = {}
        found = sorted(document.named(*OTHER), key=lambda placed: placed.statement.name.start)
        for statement, scope in found:
            host = hosts[scope]
            number = _number(statement)
            values[host, statement.key] = number
            beside = values.get((host, OTHER[statement.key]), DEFAULT)
            if number is None or beside is None or number * beside <= MOST:
                continue
            values[host, statement.key] = None  # one fault gives one finding
            yield self.report(
                document,
                statement.arguments[0].span,
                name=statement.name.text,
                value=number,
                product=number * beside,
                most=MOST // beside,
                other='CacheDirLevels' if statement.key == 'cachedirlength' else 'CacheDirLength',
            )


def _host(section: Statement, around: Statement | None) -> Statement | None:
    """Return the virtual host that a section is or stands in."""
    return section if section.key == '<virtualhost' else around


def _number(statement: Statement) -> int | None:
    """Return the value of a directive; None where it has none that Apache takes."""
    if not statement.arguments or not all_known(statement):
        return None
    number = atoi(statement.arguments[0].text)
    return number if number > 0 else None
