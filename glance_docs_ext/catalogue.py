"""Catalogue, Entry, Arity: what one version of an engine knows, read from JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import CatalogueError
from glance_docs_ext.spelling import LONGEST_NAME, Names, closest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from glance_docs_ext.versions import Version


class Arity(NamedTuple):
    """How many arguments a statement takes; ``maximum`` is None for "any number more"."""

    minimum: int
    maximum: int | None

    def accepts(self, count: int) -> bool:
        """Whether ``count`` arguments are right."""
        return self.minimum <= count and (self.maximum is None or count <= self.maximum)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name that an engine knows.

    ``owner`` is the module or plugin that brings it ('' for the core), ``kind`` the engine's own
    word for how its value is read (Apache ``TAKE1``, uWSGI's setter ``uwsgi_opt_set_int``),
    ``arity`` its number of arguments (None: it takes them apart itself), ``contexts`` where it may
    stand, ``flags`` what else the engine's table says, ``since`` and ``until`` the first version
    that has it and the first that has not, ``inert_since`` the first for which it does nothing.
    ``package`` is the package that brings its owner, where that does not come with the engine.
    """

    name: str
    owner: str = ''
    kind: str = ''
    arity: Arity | None = None
    contexts: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    help: str = ''
    since: str = ''
    until: str = ''
    inert_since: str = ''
    package: str = ''

    @property
    def origin(self) -> str:
        """Where a name of a third party comes from, in words; '' where it is the engine's own."""
        return f'{self.owner} of the package {self.package}' if self.package else ''

    def is_known_to(self, version: Version | None) -> bool:
        """Whether a server of ``version`` has the name; None stands for the newest we know."""
        if version is None:
            return True
        young = bool(self.since) and version.is_before(self.since)
        gone = bool(self.until) and not version.is_before(self.until)
        return not (young or gone)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All entries of one version of an engine, by key; a name may have several entries.

    ``oldest`` is the version that ``since`` goes back to: of older ones nothing is known.
    """

    engine: str
    version: str
    entries: Mapping[str, tuple[Entry, ...]]
    oldest: str = ''

    @classmethod
    def read(cls, file: Traversable) -> Catalogue:
        """Read what ``tools/catalogues`` wrote.

        The file holds ``engine``, ``version``, perhaps ``oldest``, and ``entries``, a list of
        objects with the fields of `Entry` and, where it differs from the name, the ``key`` that
        statements are looked up with.

        :raises CatalogueError: the file is missing or has another form
        """
        try:
            data = json.loads(file.read_text(encoding='utf-8'))
            entries: dict[str, tuple[Entry, ...]] = {}
            for item in map(dict, data['entries']):
                key = item.pop('key', item['name'])
                entries[key] = (*entries.get(key, ()), _entry(item))
            return cls(data['engine'], data['version'], entries, data.get('oldest', ''))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f'cannot read the catalogue {file}: {error!r}') from error

    def dated(self, file: Traversable) -> Catalogue:
        """Return this catalogue with the versions that names came with, read from ``file``.

        The file holds ``oldest``, and the versions in ``since``, by key, and ``owners``, by module.

        :raises CatalogueError: the file is missing or has another form
        """
        try:
            data = json.loads(file.read_text(encoding='utf-8'))
            since, owners = data['since'], data['owners']
            entries = {
                key: tuple(
                    replace(entry, since=since.get(key) or owners.get(entry.owner, ''))
                    for entry in found
                )
                for key, found in self.entries.items()
            }
            return replace(self, entries=entries, oldest=data['oldest'])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f'cannot read the catalogue {file}: {error!r}') from error

    def with_third_parties(self, file: Traversable) -> Catalogue:
        """Return this catalogue with the entries of a second file, in the form of `read`.

        The file is read when a name is asked for that is not in this catalogue: most texts have
        none. Then it raises `CatalogueError` as `read` does.
        """
        return replace(self, entries=_Extended(self.entries, file))

    def __contains__(self, key: str) -> bool:
        return key in self.own or key in self.whole

    def knows_all(self, keys: frozenset[str]) -> bool:
        """Whether every one of ``keys`` is in the catalogue."""
        return keys <= self._own_keys or all(key in self.entries for key in keys)

    @cached_property
    def _own_keys(self) -> frozenset[str]:
        return frozenset(self.own)  # a set is compared with one in a third of the time

    @cached_property
    def own(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries without the file of third parties, for most questions end here."""
        return self.entries.own if isinstance(self.entries, _Extended) else self.entries

    @cached_property
    def whole(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries with those of third parties, whose file is read for them."""
        return self.entries.whole if isinstance(self.entries, _Extended) else self.entries

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        """Return the entries of ``key``; empty where the engine does not know it."""
        own = self.own
        return own[key] if key in own else self.whole.get(key, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def suggestions(self, key: str) -> tuple[str, ...]:
        """Return up to three keys that ``key`` may be a misspelling of, the closest first."""
        return () if len(key) > LONGEST_NAME else _suggestions(self, key.lower())

    @cached_property
    def names(self) -> Names:
        """The names, to compare with one that is misspelt."""
        return Names(self.entries)


@lru_cache(maxsize=256)  # people repeat what they misspell
def _suggestions(catalogue: Catalogue, wanted: str) -> tuple[str, ...]:
    return closest(wanted, catalogue.names, number=3)


class _Extended(Mapping[str, tuple[Entry, ...]]):
    """Entries of an engine, and behind them those of a file that is read when it is needed."""

    def __init__(self, own: Mapping[str, tuple[Entry, ...]], file: Traversable) -> None:
        self.own = own
        self._file = file

    @cached_property
    def whole(self) -> dict[str, tuple[Entry, ...]]:
        return {**Catalogue.read(self._file).entries, **self.own}

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        return self.own[key] if key in self.own else self.whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self.own or key in self.whole

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


def _entry(item: dict[str, object]) -> Entry:
    arity = item.pop('arity', None)
    sets = {name: frozenset(_strings(item.pop(name, ()))) for name in ('contexts', 'flags')}
    return Entry(arity=_arity(arity), **sets, **item)  # type: ignore[arg-type]  # checked by Entry


def _strings(value: object) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(f'expected a list, found {value!r}')
    return [str(item) for item in value]


def _arity(value: object) -> Arity | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError(f'expected [minimum, maximum], found {value!r}')
    return Arity(*value)
