"""Listener, Upstream, Deployment: who listens where, who calls whom, in which protocol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from glance_docs_ext.diagnostics import Related

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.notes import Note
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Document, Placed, Statement
    from glance_docs_ext.told import Told

WILDCARDS = frozenset({'', '*', '0.0.0.0', '::'})  # noqa: S104  # compared with, never bound
LOOPBACK = frozenset({'localhost', '127.0.0.1', '::1'})


class Protocol(StrEnum):
    """What is spoken on a connection."""

    HTTP = 'HTTP'
    HTTPS = 'HTTPS'
    UWSGI = 'uwsgi'
    FASTCGI = 'FastCGI'
    SCGI = 'SCGI'
    AJP = 'AJP'
    OTHER = 'something else'
    """Known to be none of the above: statistics, raw bytes, ZeroMQ."""


@dataclass(frozen=True, slots=True)
class Address:
    """A TCP address, or a UNIX socket where ``path`` is set (``port`` is 0 then).

    ``host`` is as written, without the brackets of IPv6; '' stands for all of the machine's.
    """

    host: str = ''
    port: int = 0
    path: str = ''

    def __str__(self) -> str:
        if self.path:
            return self.path
        return f'[{self.host}]:{self.port}' if ':' in self.host else f'{self.host}:{self.port}'

    @property
    def place(self) -> tuple[str, int]:
        """What addresses have in common where one `answers` the other: path or port."""
        return self.path, 0 if self.path else self.port

    def answers(self, called: Address) -> bool:
        """Whether whoever listens here may be the one who is ``called``.

        A wildcard answers for every host, and the names of the loopback interface are one host.
        """
        if self.path or called.path:
            return self.path == called.path
        if self.port != called.port:
            return False
        return (
            self.host in WILDCARDS
            or self.host == called.host
            or (self.host in LOOPBACK and called.host in LOOPBACK)
        )

    @classmethod
    def tcp(cls, text: str, default_port: int | None = None) -> Address | None:
        """Read ``host:port``, ``[host]:port``, ``:port`` or, with a default port, ``host``.

        Returns None for anything else, also for a port that is none (a variable, 99999).
        """
        match = TCP_ADDRESS.fullmatch(text)
        if match is None:
            return None
        port = int(match['port']) if match['port'] else default_port
        if port is None or not 0 < port < 65536:
            return None
        return cls(host=(match['ipv6'] or match['host'] or '').lower(), port=port)


TCP_ADDRESS = re.compile(
    r'(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9._*-]*))(?::(?P<port>[0-9]{1,5}))?'
)


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """One end of a connection, and the word of a block that says so (``span``)."""

    protocol: Protocol
    address: Address
    document: Document
    placed: Placed
    span: Span

    @property
    def statement(self) -> Statement:
        """The statement that the word belongs to."""
        return self.placed.statement

    def related(self, role: str) -> Related:
        """Return this end as the second place of a finding, in its ``role`` there."""
        return Related(self.document.source.place(self.statement.span), role)


class Listener(Endpoint):
    """Somebody waits for connections here."""


class Upstream(Endpoint):
    """Somebody passes requests on to here."""


End = TypeVar('End', Listener, Upstream)


@dataclass(frozen=True, eq=False)
class Deployment:
    """Blocks that are read together, with all their ends.

    ``services`` says what is known of the service that is deployed, such as ``uploads``; rules that
    depend on it are silent without. ``notes`` are the version notes of the page, ``told`` is
    what it says in prose and commands, None where there is no page.
    """

    documents: tuple[Document, ...]
    listeners: tuple[Listener, ...]
    upstreams: tuple[Upstream, ...]
    services: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    told: Told | None = None

    def of(self, engine: str) -> Iterator[Document]:
        """Yield the blocks of one engine."""
        return (document for document in self.documents if document.engine == engine)

    def named(self, engine: str, *keys: str) -> Iterator[tuple[Document, Placed]]:
        """Yield the statements of one engine with one of these keys, with their blocks."""
        for document in self.of(engine):
            for placed in document.named(*keys):
                yield document, placed

    def callers(self, listener: Listener) -> tuple[Upstream, ...]:
        """Return who calls ``listener``."""
        near = self._upstreams.get(listener.address.place, ())
        return tuple(u for u in near if listener.address.answers(u.address))

    def called(self, upstream: Upstream) -> tuple[Listener, ...]:
        """Return who may be called by ``upstream``: several where a page shows alternatives."""
        near = self._listeners.get(upstream.address.place, ())
        return tuple(one for one in near if one.address.answers(upstream.address))

    @cached_property
    def _upstreams(self) -> dict[tuple[str, int], list[Upstream]]:
        return _by_place(self.upstreams)

    @cached_property
    def _listeners(self) -> dict[tuple[str, int], list[Listener]]:
        return _by_place(self.listeners)


def _by_place(ends: Iterable[End]) -> dict[tuple[str, int], list[End]]:
    """Return the ends by their places: a page of a thousand blocks has a thousand of them."""
    places: dict[tuple[str, int], list[End]] = {}
    for end in ends:
        places.setdefault(end.address.place, []).append(end)
    return places
