"""A client of Glance, such as python-glanceclient or curl would be."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIMEOUT = 100.0  # seconds; longer than every time-out of the published blocks
IDENTITY = {
    'X-Identity-Status': 'Confirmed',
    'X-User-Id': 'user',
    'X-Project-Id': 'project',
    'X-Roles': 'admin,member,reader',
}
IMAGE = {'name': 'probe', 'disk_format': 'raw', 'container_format': 'bare'}
MEBIBYTE = 1 << 20


class RefusedError(Exception):
    """Glance, or a server in front of it, did not create an image."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(str(reply))
        self.status = reply.status


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # whatever Glance says
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Sends requests to one port of the loopback interface, each on a connection of its own."""

    port: int
    host: str = 'glance-api.example.com'
    prefix: str = ''
    timeout: float = TIMEOUT
    """Seconds that it waits for a connection, and for each piece of an answer."""

    def send(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request; a body in pieces goes chunked unless its length is among the headers.

        :raises OSError, http.client.HTTPException: the connection was cut, or nothing came in time
        """
        sent = {'Host': f'{self.host}:{self.port}', **IDENTITY, **(headers or {})}
        chunked = body is not None and not isinstance(body, bytes) and 'Content-Length' not in sent
        if chunked:
            sent['Transfer-Encoding'] = 'chunked'
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=self.timeout)
        try:
            try:
                connection.request(method, self.prefix + path, body, sent, encode_chunked=chunked)
            except ConnectionError:  # an answer may come before all is sent: 413, say
                if connection.sock is None:
                    raise
            reply = connection.getresponse()
            return Reply(reply.status, dict(reply.headers.items()), reply.read())
        finally:
            connection.close()

    def create(self) -> str:
        """Create an image without data; return its id.

        :raises RefusedError: the answer was another than 201
        """
        reply = self.send(
            'POST', '/v2/images', json.dumps(IMAGE).encode(), {'Content-Type': 'application/json'}
        )
        if reply.status != 201:
            raise RefusedError(reply)
        identifier: str = reply.json()['id']
        return identifier

    def upload(
        self, image: str, data: bytes, *, chunked: bool, pieces: Pieces | None = None
    ) -> int:
        """PUT the data of an image; return the status."""
        headers = {} if chunked else {'Content-Length': str(len(data))}
        return self.put(image, (pieces or Pieces()).of(data), headers).status

    def put(self, image: str, body: Iterator[bytes], headers: Mapping[str, str]) -> Reply:
        """PUT the data of an image, chunked unless its length is among the headers."""
        sent = {'Content-Type': 'application/octet-stream', **headers}
        return self.send('PUT', f'/v2/images/{image}/file', body, sent)

    def status(self, image: str) -> str:
        """Return what state the image is in: queued, saving, active …"""
        state: str = self.send('GET', f'/v2/images/{image}').json()['status']
        return state

    def tasks(self, image: str) -> set[str]:
        """Return the states of an image's tasks.

        One goes on writing after its image is active, and SQLite then refuses another's writing
        ("database is locked", a 500) at once where that has read before in the same transaction.
        """
        reply = self.send('GET', f'/v2/images/{image}/tasks')
        return {task['status'] for task in reply.json()['tasks']}

    def digest(self, image: str) -> str:
        """Download an image; return the sha256 of its data."""
        reply = self.send('GET', f'/v2/images/{image}/file')
        assert reply.status == 200, reply.status
        return hashlib.sha256(reply.body).hexdigest()

    def round_trip(self, data: bytes, *, chunked: bool, pieces: Pieces | None = None) -> None:
        """Create, upload, download, compare and delete an image; fail where anything differs."""
        image = self.create()
        assert self.upload(image, data, chunked=chunked, pieces=pieces) == 204
        assert self.status(image) == 'active'
        assert self.digest(image) == hashlib.sha256(data).hexdigest()
        assert self.send('DELETE', f'/v2/images/{image}').status == 204


@dataclass(frozen=True)
class Pieces:
    """How a client sends its data: bytes at a time, and a pause after one of the pieces."""

    size: int = 65536
    pause_after: int = -1
    """Number of the piece, from 0, in front of which it pauses; -1 for never."""
    pause: float = 0.0
    every: float = 0.0
    """Seconds to wait before each piece."""

    def of(self, data: bytes) -> Iterator[bytes]:
        """Yield the data in pieces."""
        for number, start in enumerate(range(0, len(data), self.size)):
            time.sleep(self.every + (self.pause if number == self.pause_after else 0))
            yield data[start : start + self.size]
