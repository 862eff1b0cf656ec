"""Zones of shared memory: who lays them out, who uses them, and by which module.

Source: the calls of ``ngx_shared_memory_add()`` in nginx; nginx 1.22, asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx.values import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Document, Scope, Statement, Word

BY = ('proxy', 'fastcgi', 'uwsgi', 'scgi')
PREFIXES = {
    'limit_req_zone': 'zone=',
    'limit_conn_zone': 'zone=',
    'limit_req': 'zone=',
    'limit_conn': '',
    'zone': '',
    'ssl_session_cache': 'shared:',
    'ssl_ocsp_cache': 'shared:',
    **{f'{by}_cache_path': 'keys_zone=' for by in BY},
    **{f'{by}_cache': '' for by in BY},
}
"""The directives that name a zone, and what stands before the name."""
LAYING_OUT = frozenset(
    (
        *('limit_req_zone', 'limit_conn_zone', 'ssl_session_cache', 'ssl_ocsp_cache'),
        *(f'{by}_cache_path' for by in BY),
    )
)
"""Those that write the size behind the name, ``NAME:SIZE``; ``zone`` has it for a second word."""
BLOCKS = frozenset({'http', 'stream', 'mail'})


class Claim(NamedTuple):
    """A directive's word that names a zone; its module is ``use`` in ``block``.

    ``size`` is None where it is not said, or cannot be read; ``block`` is '' where the text does
    not show whether it is in http, stream or mail.
    """

    statement: Statement
    word: Word
    name: str
    use: str
    block: str
    size: int | None

    def is_of_another(self, other: Claim) -> bool:
        """Whether the module is surely another than that of ``other``."""
        if self.block and other.block and self.block != other.block:
            return True
        return bool(self.block) == bool(other.block) and self.use != other.use


def claims(document: Document) -> list[Claim]:
    """Return all that names a zone, in the order of the text."""
    found = [
        Claim(statement, word, name, _use(statement.key), _block(scope), given)
        for statement, scope in document.named(*PREFIXES)
        if 'line of' not in statement.key
        for word, name, given in _named(statement)
    ]
    return sorted(found, key=lambda claim: claim.word.start)


def _block(scope: Scope | None) -> str:
    return scope.outermost.key if scope and scope.outermost.key in BLOCKS else ''


def _use(key: str) -> str:
    return key.removesuffix('_path').removesuffix('_zone')


def _named(statement: Statement) -> Iterator[tuple[Word, str, int | None]]:
    """Yield the words of a statement that name a zone, with the name and the size."""
    key, words = statement.key, statement.arguments
    prefix = PREFIXES[key]
    if key in LAYING_OUT:
        for word in words:
            name, colon, given = word.text.removeprefix(prefix).rpartition(':')
            if word.text.startswith(prefix) and colon:
                yield word, name, size(given)
    elif key == 'limit_req':
        for word in words:
            if word.text.startswith(prefix):
                yield word, word.text.removeprefix(prefix), None
    elif words and '$' not in words[0].text and not (words[0].text == 'off' and key in _CACHES):
        given = words[1].text if key == 'zone' and len(words) > 1 else ''
        yield words[0], words[0].text, size(given)


_CACHES = frozenset(f'{by}_cache' for by in BY)
