"""Names that nginx keeps in the buckets of a hash: keys of maps, and names of servers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx.tls import sharing
from glance_docs_ext.engines.nginx.values import size
from glance_docs_ext.engines.nginx.wholes import inside, whole_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement, Word

LINE = 64  # bytes of a line of cache of most processors: nginx rounds a bucket up to full ones
LONGEST_LINES = 256  # of any processor that we know of
POINTER, SHORTEST_POINTER = 8, 4  # bytes
SHORT = 46  # characters of ASCII: with two of length and two pointers they fill the smallest bucket


class Kept(NamedTuple):
    """A name as it is kept, where it stands, and the bucket that ``directive`` sets for it.

    ``given`` is None where the text sets none: then a bucket is one line of cache.
    """

    name: str
    word: Word
    directive: str
    given: int | None

    def bucket(self, line: int) -> int:
        """Return the size of the bucket where a line of cache has so many bytes."""
        return -(-(self.given or line) // line) * line

    def fits(self, bucket: int, pointer: int = POINTER) -> bool:
        """Whether it fits with its length and two pointers: ``NGX_HASH_ELT_SIZE``."""
        name = self.name
        length = (len(name) if name.isascii() else len(name.encode(errors='surrogatepass'))) + 2
        return 2 * pointer + -(-length // pointer) * pointer <= bucket

    @property
    def fits_somewhere(self) -> bool:
        """Whether there is a processor on which nginx starts with it."""
        return self.fits(self.bucket(LONGEST_LINES), SHORTEST_POINTER)

    @property
    def wanted(self) -> int:
        """A size of the bucket into which it fits everywhere."""
        wanted = self.bucket(LINE)
        while not self.fits(wanted):
            wanted *= 2
        return wanted


def too_long(document: Document, engine: Engine) -> list[Kept]:
    """Return the names that do not fit where a line of cache has `LINE` bytes.

    Where it has more, a name fits that fits here. Of a text that reads others nothing is known.
    """
    return document.once(_too_long, engine)


def _too_long(document: Document, engine: Engine) -> list[Kept]:
    blocks = whole_blocks(document, engine.catalogue)
    kept = [one for block in blocks for one in _of_maps(document, block)]
    kept += [one for block in blocks if block.key == 'http' for one in _of_hosts(document, block)]
    return [one for one in kept if not one.fits(one.bucket(LINE))]


def _of_maps(document: Document, block: Statement) -> Iterator[Kept]:
    directive, given = 'map_hash_bucket_size', None
    for statement in inside(document, block, ['map', directive]):
        if statement.key == directive:  # a map is put together where it stands
            given = _given(statement)
            continue
        for line in statement.body or ():
            if _is_long(line.name) and (name := _key(line)):
                yield Kept(name, line.name, directive, given)


def _of_hosts(document: Document, block: Statement) -> Iterator[Kept]:
    directive, given = 'server_names_hash_bucket_size', None
    named = inside(document, block, ['server_name'])
    if not any(_is_long(word) for statement in named for word in statement.arguments):
        return
    for statement in inside(document, block, [directive]):
        given = _given(statement)
    for word in _names(block):
        if _is_long(word) and (name := _exact(word.text)):
            yield Kept(name, word, directive, given)


def _is_long(word: Word) -> bool:
    """Whether there may be a bucket that is too small for a word."""
    text = word.text
    return len(text) > SHORT or not text.isascii()


def longest(names: Iterable[Kept]) -> Iterable[Kept]:
    """Return of each directive the name that wants most: what is enough for it helps them all."""
    found: dict[str, Kept] = {}
    for one in names:
        if one.directive not in found or found[one.directive].wanted < one.wanted:
            found[one.directive] = one
    return found.values()


def _given(statement: Statement) -> int | None:
    return size(statement.arguments[0].text) if statement.arguments else None


SPECIAL = frozenset({'default', 'hostnames', 'include', 'volatile'})
"""The lines of a map that are no keys."""


def is_kept(line: Statement) -> bool:
    """Whether a line of a map has a key that goes into a hash: with a wildcard, too."""
    text = line.name.text
    return text not in SPECIAL and not text.startswith('~')


def _key(line: Statement) -> str:
    """Return the key of a line of a map, '' where that is no plain text."""
    text = line.name.text
    if text.startswith(('~', '*', '.')) or text.endswith('.*') or text == 'include':
        return ''
    return text.removeprefix('\\')


def _exact(name: str) -> str:
    """Return a name of a server, '' where that is a pattern."""
    is_pattern = name.startswith(('~', '*')) or name.endswith('*')
    return '' if is_pattern else name.removeprefix('.')


def _names(block: Statement) -> Iterator[Word]:
    """Yield the names of the servers that share an address with another: others are not kept."""
    for server in sharing(block.body or ()):
        for statement in server.body or ():
            if statement.key == 'server_name':
                yield from statement.arguments
