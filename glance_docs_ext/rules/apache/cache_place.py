"""APA239: a part of the site for the cache, said where the place says it already, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.places import is_in_no_location
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

URL = re.compile(r'/|[^/?#]+:')


class CachePlace(ValueRule):
    """What is cached, and what is not, is said by a path, or by the ``<Location>`` around it.

    Outside of sections both directives want a path or a URL; inside, ``CacheDisable`` wants "on",
    and ``CacheEnable`` at most a path below that of the section.
    """

    code = 'APA239'
    name = 'cache-place'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('cacheenable', 'cachedisable')
    bad = (
        Example('apache', '<VirtualHost *:80>\n    CacheEnable disk\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    CacheDisable on\n</VirtualHost>\n'),
        Example('apache', '<Location /v2>\n    CacheDisable /v2\n</Location>\n'),
        Example('apache', 'CacheRoot /var/cache/glance\nCacheEnable disk\n'),
    )
    good = (
        Example('apache', '<VirtualHost *:80>\n    CacheEnable disk /v2\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    CacheDisable /v2\n</VirtualHost>\n'),
        Example('apache', '<Location /v2>\n    CacheEnable disk\n</Location>\n'),
        Example('apache', '<Location /v2>\n    CacheDisable on\n</Location>\n'),
        Example('apache', 'CacheEnable disk\nRequire all granted\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'mod_cache.c: "CacheDisable must specify a path or an URL", "CacheEnable provider (disk) '
        'is missing an URL"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement, is_in_no_location(statement, document))


def _faults(statement: Statement, beside_hosts: bool) -> Iterator[Fault]:
    words = [word for word in statement.arguments if word.text]
    if not words or not statement.contexts:
        return
    outside = beside_hosts or statement.contexts <= {'server', 'vhost'}
    inside = not statement.contexts & {'server', 'vhost'}
    last = words[-1]
    if statement.key == 'cachedisable':
        if outside and not URL.match(last.text):
            what = f'{shortened(last.text)!r} is no path and no URL'
            yield Fault(last.span, what, 'write what is not to be cached')
        elif inside and last.text.lower() != 'on':
            yield Fault(last.span, 'inside a section it takes "on"', 'write CacheDisable on')
    elif words[0].text.startswith('/'):
        yield Fault(words[0].span, 'the cache comes before the path', 'write CacheEnable disk /')
    elif outside and len(words) == 1:
        yield Fault(last.span, 'the path is missing', 'write what is to be cached')
    elif inside and len(words) == 2 and not URL.match(last.text):
        yield Fault(last.span, 'the section says what is to be cached', 'take it away')
