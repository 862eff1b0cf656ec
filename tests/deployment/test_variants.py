"""Every variant that the site publishes does what the site says of it, with a real Glance."""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.deployment.client import IDENTITY, MEBIBYTE, Pieces
from tests.deployment.variants import CASES, VARIANTS, Deployed, Variant, deployed
from tests.deployment.versions import versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from glance_docs_ext.testing.plugin import RecordProof

    RecordProperty = Callable[[str, object], None]

pytestmark = pytest.mark.deployment
PARAMETERS = [
    pytest.param(
        case, id=f'{variant.name}, {binary}', marks=pytest.mark.proves(variant.name, binary)
    )
    for case in CASES
    for variant, binary in [case]
]
LARGE = os.urandom(20 * MEBIBYTE)
SMALL = os.urandom(100_000)
IMPORT_DEADLINE = 240  # seconds


@pytest.fixture(scope='module', params=PARAMETERS)
def running(
    request: pytest.FixtureRequest,
    blocks: dict[str, str],
    venv: Path,
    record_proof: RecordProof,
) -> Iterator[Deployed]:
    """Run one variant for the tests below, one after the other."""
    variant, binary = request.param
    with deployed(variant, blocks, venv, binary=binary) as server:
        used = {name: blocks[name] for name in variant.used(binary)}
        record_proof(variant.name, used, versions(server, binary), setup=binary)
        yield server


def ways(variant: Variant) -> tuple[bool, ...]:
    """Return with which kinds of upload, chunked or not, a variant is to work."""
    return (False, True) if variant.takes_chunks else (False,)


def test_it_tells_its_versions(running: Deployed) -> None:
    reply = running.client.send('GET', '/')
    assert reply.status == 300
    public = f'http://{running.client.host}:{running.client.port}{running.client.prefix}'
    assert reply.json()['versions'][0]['links'][0]['href'].startswith(f'{public}/v2/')


def test_an_image_goes_in_and_comes_out_whole(running: Deployed) -> None:
    for chunked in ways(running.variant):
        running.client.round_trip(LARGE, chunked=chunked)


def test_chunked_uploads_are_refused_with_411_where_the_page_says_so(
    running: Deployed, record_property: RecordProperty
) -> None:
    image = running.client.create()
    status = running.client.upload(image, SMALL, chunked=True)
    assert status == (204 if running.variant.takes_chunks else 411)
    words = 'arrive' if running.variant.takes_chunks else 'are refused with 411'
    record_property('proved', f'chunked uploads {words}')


def test_location_holds_the_address_that_clients_use(running: Deployed) -> None:
    reply = running.client.send(
        'POST',
        '/v2/images',
        b'{"disk_format": "raw", "container_format": "bare"}',
        {'Content-Type': 'application/json'},
    )
    public = f'http://{running.client.host}:{running.client.port}{running.client.prefix}'
    assert reply.headers['Location'].startswith(f'{public}/v2/images/')


def test_a_client_may_pause_for_six_seconds(running: Deployed) -> None:
    for chunked in ways(running.variant):
        pieces = Pieces(pause_after=2, pause=6)
        running.client.round_trip(SMALL * 4, chunked=chunked, pieces=pieces)


def test_a_chunk_may_have_two_mebibytes(running: Deployed, record_property: RecordProperty) -> None:
    if not running.variant.takes_chunks:
        record_property('proved', '')  # nothing: there are no chunks
        return
    pieces = Pieces(size=2 * MEBIBYTE)
    running.client.round_trip(LARGE[: 6 * MEBIBYTE], chunked=True, pieces=pieces)


def test_a_hundred_requests_in_a_row_are_all_answered(running: Deployed) -> None:
    for number in range(25):
        chunked = running.variant.takes_chunks and number % 2 == 1
        running.client.round_trip(SMALL, chunked=chunked)


def test_an_image_can_be_imported(running: Deployed) -> None:
    client = running.client
    for chunked in ways(running.variant):
        image = client.create()
        headers = {'Content-Type': 'application/octet-stream'}
        if not chunked:
            headers['Content-Length'] = str(len(SMALL))
        body = Pieces().of(SMALL)
        assert client.send('PUT', f'/v2/images/{image}/stage', body, headers).status == 204
        method = b'{"method": {"name": "glance-direct"}}'
        asked = client.send(
            'POST', f'/v2/images/{image}/import', method, {'Content-Type': 'application/json'}
        )
        assert asked.status == 202
        end = time.monotonic() + IMPORT_DEADLINE
        while client.status(image) != 'active' or client.tasks(image) != {'success'}:
            assert time.monotonic() < end, (client.status(image), client.tasks(image))
            time.sleep(0.2)
        assert client.digest(image) == hashlib.sha256(SMALL).hexdigest()


def test_a_client_may_ask_before_it_sends(running: Deployed) -> None:
    """As curl does before a body of more than 1 MiB."""
    image = running.client.create()
    headers = {
        **IDENTITY,
        'Expect': '100-continue',
        'Content-Type': 'application/octet-stream',
        'Content-Length': str(len(SMALL)),
    }
    started = time.monotonic()
    reply = running.client.send('PUT', f'/v2/images/{image}/file', Pieces().of(SMALL), headers)
    assert reply.status == 204
    assert time.monotonic() - started < 30


def test_the_variants_are_those_of_the_page(blocks: dict[str, str]) -> None:
    """A tab that is added without a proof fails here."""
    proved = {name for variant in VARIANTS for name in variant.blocks}
    supporting = {'glance-api-conf', 'glance-uwsgi-debian', 'glance-public-endpoint'}
    lifecycle = {'glance-uwsgi-lifecycle', 'glance-systemd-unit'}
    published = {name for name in blocks if name.startswith('glance-')}
    assert published == proved | supporting | lifecycle
