"""Every way of proxying against every socket of uWSGI: the verdict is what the servers do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tools import protocol_matrix as matrix

ROOT = Path(__file__).parent.parent
TABLE = ROOT / 'source' / 'manual' / 'protocol-matrix.csv'

# What each end speaks, told by its name; measured for HTTP and uwsgi with Apache 2.4.71, nginx
# 1.22.1 and uWSGI 2.0.21.
SPOKEN = {
    'http': 'http',
    'proxy_pass': 'http',
    'fcgi': 'fastcgi',
    'fastcgi': 'fastcgi',
    'scgi': 'scgi',
}
UNDERSTOOD = {
    'socket': 'uwsgi',
    'uwsgi-socket': 'uwsgi',
    'http-socket': 'http',
    'http11-socket': 'http',
    'http': 'http',
    'fastcgi-socket': 'fastcgi',
    'scgi-socket': 'scgi',
    'socket, protocol = http': 'http',
}
PAIRS = [
    (proxy, socket)
    for proxy in matrix.PROXIES
    for socket in matrix.SOCKETS
    if proxy.address == socket.address
]


def spoken(label: str) -> str:
    """Return the protocol of a way of proxying; what is named nothing else is uwsgi."""
    return next((protocol for word, protocol in SPOKEN.items() if word in label), 'uwsgi')


def test_the_table_has_more_than_sixty_pairs() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize(
    ('proxy', 'socket'), PAIRS, ids=[f'{p.label} -> {s.label}' for p, s in PAIRS]
)
def test_a_pair_is_reported_exactly_where_its_ends_speak_different_protocols(
    proxy: matrix.Form, socket: matrix.Form
) -> None:
    assert matrix.reaches(proxy, socket) == (spoken(proxy.label) == UNDERSTOOD[socket.label])


def test_the_table_in_the_manual_is_the_one_that_is_computed() -> None:
    with TABLE.open(encoding='utf-8', newline='') as file:
        assert list(csv.reader(file)) == list(matrix.rows())
