"""A change to a published variant, and what a client sees of it.

A test that passes with any configuration proves none, and what a page says of a limit is only known
where the limit was met: so lines are taken away, changed or added, one variant after the other.
"""

from __future__ import annotations

import http.client
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glance_docs_ext.testing.process import ServerError
from glance_docs_ext.testing.published import adapt
from tests.deployment.client import MEBIBYTE, Client, Pieces, RefusedError
from tests.deployment.variants import DEBIAN_LINES, PUBLIC_ENDPOINT, Variant, deployed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DATA = b'x' * (2 * MEBIBYTE)
SMALL = b'x' * 200_000
# Seconds that a client waits; where all is well it gets its answer within one, but a process of
# mod_wsgi loads Glance when it is asked first, which takes half a minute on a very busy machine.
PATIENCE = 90.0
PATIENCE_FOR_SILENCE = 20.0
NO_START = 'the server does not start'
CUT = 'the connection ends without an answer'
SILENCE = 'no answer'
Seen = int | str
"""A status, or words where there is none."""


@dataclass(frozen=True)
class Change:
    """Lines of a variant's blocks and what they become, what a client does, and what it sees.

    ``changes`` are made in every block of the variant that holds the old text; ``use`` returns what
    it saw, one of ``seen``: where a server answers and cuts the connection while the client still
    sends, it is chance which of both the client notices. ``without_endpoint`` takes away what the
    page adds to Glance's own configuration.
    """

    variant: Variant
    changes: Mapping[str, str]
    use: Callable[[Client], Seen]
    seen: Seen | tuple[Seen, ...]
    binary: str = 'pyuwsgi'
    without_endpoint: bool = False

    def allows(self, seen: Seen) -> bool:
        """Whether the client may see this."""
        return seen in self.seen if isinstance(self.seen, tuple) else seen == self.seen

    def __str__(self) -> str:
        changes = '; '.join(
            f'{old.strip()} -> {new.strip().removeprefix(old.strip()).strip() or "nothing"}'
            for old, new in self.changes.items()
        )
        setup = f'{self.variant.name} ({self.binary})'
        return f'{setup}: {changes or "as published"}: {self.use.__name__}'


def observe(change: Change, blocks: Mapping[str, str], venv: Path) -> tuple[Seen, str]:
    """Run a changed variant with one worker; return what its client saw, and the servers' logs.

    :raises AssertionError: no block of the variant holds a text that is to be changed
    """
    changed = _changed(change, blocks)
    with (
        suppress(ServerError),
        deployed(change.variant, changed, venv, binary=change.binary, processes=1) as server,
    ):
        patience = PATIENCE_FOR_SILENCE if change.seen == SILENCE else PATIENCE
        client = replace(server.client, timeout=patience)
        return outcome(change.use, client), server.logs()
    return NO_START, ''


def outcome(use: Callable[[Client], Seen], client: Client) -> Seen:
    """Return what ``use`` saw, in words where it got no answer."""
    try:
        return use(client)
    except RefusedError as refused:
        return refused.status
    except TimeoutError:
        return SILENCE
    except (OSError, http.client.HTTPException):
        return CUT


def _changed(change: Change, blocks: Mapping[str, str]) -> dict[str, str]:
    """Return all blocks, those of the variant changed."""
    names = [*change.variant.blocks, *([DEBIAN_LINES] if change.binary == 'debian' else [])]
    texts = {name: blocks[name] for name in names}
    for old, new in change.changes.items():
        holding = [name for name in names if old in texts[name]]
        assert holding, f'no block of {change.variant.name} holds {old!r} any more'
        texts |= {name: adapt(texts[name], {old: new}) for name in holding}
    if change.without_endpoint:
        texts[PUBLIC_ENDPOINT] = blocks[PUBLIC_ENDPOINT].replace('\npublic_', '\n# public_')
    return {**blocks, **texts}


# What a client does, and what it then says that it saw.


def root(client: Client) -> Seen:
    """Ask for the versions."""
    return client.send('GET', '/').status


def images(client: Client) -> Seen:
    """Ask for the list of images."""
    return client.send('GET', '/v2/images').status


def sized(client: Client) -> Seen:
    """Upload 2 MiB with their length."""
    return client.upload(client.create(), DATA, chunked=False)


def chunked(client: Client) -> Seen:
    """Upload in small chunks."""
    return client.upload(client.create(), SMALL, chunked=True)


def large_chunks(client: Client) -> Seen:
    """Upload chunks of 4 MiB."""
    pieces = Pieces(size=4 * MEBIBYTE)
    return client.upload(client.create(), DATA * 4, chunked=True, pieces=pieces)


def paused(client: Client) -> Seen:
    """Pause for six seconds in the midst of an upload."""
    pieces = Pieces(pause_after=1, pause=6)
    return client.upload(client.create(), SMALL, chunked=True, pieces=pieces)


def long_header(client: Client) -> Seen:
    """Send a token of 6000 bytes."""
    return client.send('GET', '/', headers={'X-Auth-Token': 'x' * 6000}).status


def asking(client: Client) -> Seen:
    """Ask before sending, as curl does."""
    headers = {'Expect': '100-continue', 'Content-Length': str(len(SMALL))}
    return client.put(client.create(), Pieces().of(SMALL), headers).status


def many(client: Client) -> Seen:
    """Upload 600 times; return the first status that is not 204, where there is one."""
    seen = (outcome(_small, client) for _ in range(600))
    return next((status for status in seen if status != 204), 204)


def _small(client: Client) -> Seen:
    return client.upload(client.create(), SMALL, chunked=False)


def addresses(client: Client) -> Seen:
    """Return where the links and ``Location`` of a new image point to, in the page's words."""
    body = json.dumps({'disk_format': 'raw', 'container_format': 'bare'}).encode()
    reply = client.send('POST', '/v2/images', body, {'Content-Type': 'application/json'})
    href: str = client.send('GET', '/').json()['versions'][0]['links'][0]['href']
    return f'{_place(href, client)}, {_place(reply.headers["Location"], client)}'


def _place(url: str, client: Client) -> str:
    public = f'http://{client.host}:{client.port}'
    if url.startswith(f'{public}{client.prefix}/v2/'):
        return 'right'
    if url.startswith(f'{public}/v2/'):
        return f'without {client.prefix}'
    if url.startswith(f'http://{client.host}/v2/'):
        return 'without the port'
    return "backend's address" if url.startswith('http://127.0.0.1:') else url
