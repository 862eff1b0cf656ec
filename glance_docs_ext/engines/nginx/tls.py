"""What the servers of a block say of TLS, with what they inherit from the block around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx.addresses import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glance_docs_ext.syntax import Statement

INHERITED = frozenset(
    (
        *('ssl', 'ssl_certificate', 'ssl_certificate_key', 'ssl_reject_handshake', 'starttls'),
        *('ssl_verify_client', 'ssl_client_certificate'),
    )
)
"""The directives that a server has from the block around it where it says nothing of its own."""


class Server(NamedTuple):
    """A server, each ``listen`` in it, those that ask for TLS; what holds there, by directive."""

    statement: Statement
    listens: list[Statement]
    with_tls: list[Statement]
    held: Mapping[str, list[Statement]]

    def all(self, key: str) -> list[Statement]:
        """Return the statements of a directive that hold in this server."""
        return self.held.get(key, [])

    def says(self, key: str, *words: str) -> Statement | None:
        """Return the statement of a directive that holds here, if it is one of ``words``."""
        for statement in self.all(key):
            if statement.arguments and statement.arguments[0].text.lower() in words:
                return statement
        return None

    @property
    def may_do_without(self) -> bool:
        """Whether there is a certificate, or every handshake is refused."""
        return bool(self.all('ssl_certificate') or self.says('ssl_reject_handshake', 'on'))


def servers(statements: Sequence[Statement]) -> list[Server]:
    """Return the servers among what stands in an http, stream or mail block."""
    around = _by_key(statements)
    found: list[Server] = []
    for one in statements:
        if one.key == 'server' and one.body is not None:
            listens = _listens(one.body)
            with_tls = [listen for listen in listens if _wants_tls(listen)]
            found.append(Server(one, listens, with_tls, {**around, **_by_key(one.body)}))
    return found


def _listens(body: Sequence[Statement]) -> list[Statement]:
    return [statement for statement in body if statement.key == 'listen']


def _by_key(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.key in INHERITED:
            found.setdefault(statement.key, []).append(statement)
    return found


def needing_certificate(given: list[Server], block: str) -> Iterator[tuple[Server, Statement]]:
    """Yield the servers that need a certificate for a ``listen`` of theirs, and that.

    Of several on one address it is the default one; where that refuses every handshake, all others.
    """
    if block == 'mail':
        for server in given:
            for listen in server.with_tls[:1]:
                yield server, listen
        return
    with_tls = {_address(listen) for server in given for listen in server.with_tls}
    if not with_tls:
        return
    on: dict[str, list[tuple[Server, Statement]]] = {}
    for server in given:
        for listen in server.listens:
            address = _address(listen)
            if address in with_tls:
                on.setdefault(address, []).append((server, listen))
    for sharing in on.values():
        first = next((one for one in sharing if _is_default(one[1])), sharing[0])
        rejects = first[0].says('ssl_reject_handshake', 'on')
        is_settled = first[0].all('ssl_certificate')
        yield from [] if is_settled else sharing if rejects else [first]


def _address(listen: Statement) -> str:
    text = listen.arguments[0].text if listen.arguments else ''
    url = parse(text, listen=True)
    transport = 'udp' if 'quic' in [word.text for word in listen.arguments] else ''
    return f'{url.host or "*"} {80 if url.port is None else url.port} {transport}'


def _wants_tls(listen: Statement) -> bool:
    words = [word.text for word in listen.arguments[1:]]
    return 'ssl' in words or 'quic' in words


def _is_default(listen: Statement) -> bool:
    return not {'default_server', 'default'}.isdisjoint(word.text for word in listen.arguments)


def sharing(statements: Sequence[Statement]) -> list[Statement]:
    """Return the servers among what stands in an http block that listen where another one does."""
    on: dict[str, list[Statement]] = {}
    for server in statements:
        if server.key == 'server' and server.body is not None:
            for address in {_address(listen) for listen in _listens(server.body)} or {'* 80 '}:
                on.setdefault(address, []).append(server)
    shared = (server for those in on.values() if len(those) > 1 for server in those)
    return sorted(set(shared), key=lambda server: server.name.start)
