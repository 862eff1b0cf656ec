"""Every limit that the site tells of is met, with the outcome that it tells."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.testing.published import adapt
from tests.deployment.changes import (
    CUT,
    DATA,
    PATIENCE,
    SMALL,
    Change,
    Seen,
    addresses,
    chunked,
    large_chunks,
    long_header,
    observe,
    outcome,
    paused,
    root,
    sized,
)
from tests.deployment.client import MEBIBYTE, Client, Pieces
from tests.deployment.variants import (
    ALONE,
    HTTP,
    NGINX,
    NGINX_UWSGI,
    PREFIX,
    TCP,
    UNIX,
    WSGI,
    Variant,
    deployed,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.deployment

WITH_READ_TIME = replace(HTTP, modules=(*HTTP.modules, 'reqtimeout'))
WITHOUT_SCHEME = replace(HTTP, modules=('proxy',))


def left_in_chunks(client: Client) -> Seen:
    """Upload more than 1 MiB in chunks; return the state that the image is left in."""
    image = client.create()
    outcome(lambda at: at.upload(image, DATA, chunked=True), client)
    return _settled(image, client)


def left_slowly(client: Client) -> Seen:
    """Upload for sixteen seconds; return the state that the image is left in."""
    image = client.create()
    pieces = Pieces(size=20_000, every=1.6)
    outcome(lambda at: at.upload(image, SMALL, chunked=True, pieces=pieces), client)
    return _settled(image, client)


def _settled(image: str, client: Client) -> Seen:
    """Return the state of an image; that it is ``saving`` only if it is for fifteen seconds."""
    end = time.monotonic() + 15
    while (status := client.status(image)) == 'saving' and time.monotonic() < end:
        time.sleep(0.2)
    return status


def late(client: Client) -> Seen:
    """Send nothing of the body for eight seconds."""
    pieces = Pieces(pause_after=0, pause=8)
    return client.upload(client.create(), SMALL, chunked=False, pieces=pieces)


def late_after_a_mebibyte(client: Client) -> Seen:
    """Pause for eight seconds after 1 MiB."""
    pieces = Pieces(size=MEBIBYTE, pause_after=1, pause=8)
    return client.upload(client.create(), DATA, chunked=False, pieces=pieces)


SHORT_OF_BODY = {'LimitRequestBody 0\n': 'LimitRequestBody 1048576\n'}
SLOW_START = {'    ProxyPreserveHost On\n': '    RequestReadTimeout body=3,MinRate=500\n'}
LIMITS = (
    Change(TCP, SHORT_OF_BODY, sized, 413),
    Change(WSGI, SHORT_OF_BODY, sized, 413),
    Change(WSGI, SHORT_OF_BODY, left_in_chunks, 'queued'),
    Change(HTTP, {'    ProxyPreserveHost On\n': '    LimitRequestBody 1048576\n'}, sized, 204),
    Change(HTTP, {'chunked-input-limit = 67108864\n': ''}, large_chunks, 204),
    Change(NGINX, {'chunked-input-limit = 67108864\n': ''}, large_chunks, 204),
    Change(ALONE, {'buffer-size = 65535\n': ''}, long_header, CUT),
    Change(ALONE, {'socket-timeout = 60\n': ''}, paused, (CUT, 500)),
    Change(WITH_READ_TIME, SLOW_START, late, 408),
    Change(WITH_READ_TIME, SLOW_START, late_after_a_mebibyte, 204),
    Change(HTTP, {'worker-reload': 'harakiri = 8\nworker-reload'}, left_slowly, 'saving'),
    Change(WITHOUT_SCHEME, {}, root, 500),
    Change(UNIX, {'LimitRequestBody 0\n': 'SetEnv proxy-sendcl 1\n'}, chunked, 411),
    Change(UNIX, {'LimitRequestBody 0\n': 'SetEnv proxy-sendchunked 1\n'}, chunked, 411),
    Change(
        HTTP,
        {
            '"http://127.0.0.1:60999/"': '"http://127.0.0.1:60999/" disablereuse=On',
            'add-header = Connection: close\n': '',
        },
        chunked,
        204,
    ),
)
REVERSE = 'ProxyPassReverse "/image" "http://127.0.0.1:60999"\n'
BACKEND = "backend's address"
ADDRESSES = (
    Change(
        HTTP,
        {'ProxyPreserveHost On\n': 'ProxyPassReverse "/" "http://127.0.0.1:60999/"\n'},
        addresses,
        f'{BACKEND}, right',
    ),
    Change(PREFIX, {REVERSE: ''}, addresses, f'{BACKEND}, {BACKEND}', without_endpoint=True),
    Change(
        PREFIX,
        {REVERSE: 'ProxyPreserveHost On\n'},
        addresses,
        'without /image, without /image',
        without_endpoint=True,
    ),
    Change(PREFIX, {}, addresses, f'{BACKEND}, right', without_endpoint=True),
    Change(
        replace(TCP, prefix='/image'),
        {'"/" "uwsgi://127.0.0.1:60998/"': '"/image" "uwsgi://127.0.0.1:60998"'},
        addresses,
        'right, without /image',
        without_endpoint=True,
    ),
    Change(
        replace(WSGI, prefix='/image'),
        {'WSGIScriptAlias / ': 'WSGIScriptAlias /image '},
        addresses,
        'right, without /image',
        without_endpoint=True,
    ),
)


@pytest.mark.parametrize('change', LIMITS, ids=str)
def test_a_limit_is_met_as_the_pages_say(
    change: Change, blocks: dict[str, str], venv: Path
) -> None:
    seen, logs = observe(change, blocks, venv)
    assert change.allows(seen), f'{seen}\n{logs}'


@pytest.mark.parametrize('change', ADDRESSES, ids=str)
def test_links_and_location_point_where_the_table_says(
    change: Change, blocks: dict[str, str], venv: Path
) -> None:
    seen, logs = observe(change, blocks, venv)
    assert change.allows(seen), f'{seen}\n{logs}'


@pytest.mark.parametrize(
    ('variant', 'change', 'status'),
    [
        (HTTP, {'    ProxyPreserveHost On\n': '    ProxyTimeout 2\n'}, 502),
        (NGINX, {'        client_max_body_size 0;\n': '        proxy_read_timeout 2s;\n'}, 504),
        (
            NGINX_UWSGI,
            {'        client_max_body_size 0;\n': '        uwsgi_read_timeout 2s;\n'},
            504,
        ),
    ],
    ids=['Apache, http', 'nginx, http', 'nginx, uwsgi'],
)
def test_a_server_gives_up_on_a_glance_that_does_not_answer(
    variant: Variant, change: dict[str, str], status: int, blocks: dict[str, str], venv: Path
) -> None:
    limited = blocks | {variant.front: adapt(blocks[variant.front], change)}
    with deployed(variant, limited, venv, processes=1) as server:
        assert server.uwsgi is not None
        os.killpg(server.uwsgi.process.pid, signal.SIGSTOP)
        try:
            seen = outcome(root, replace(server.client, timeout=PATIENCE))
        finally:
            os.killpg(server.uwsgi.process.pid, signal.SIGCONT)
        assert seen == status, server.logs()
        # It has as little time now: a busy machine may need more than one request.
        assert any(root(server.client) == 300 for _ in range(10))
