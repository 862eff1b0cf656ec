"""Ports for servers: nobody else is given one between the question and the start."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from glance_docs_ext.testing import ports
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.process import ServerError

MANY = 150  # more than there are in a hundred
PRINTS = (
    'import sys; from glance_docs_ext.testing.ports import free_port;'
    f'print(*(free_port() for _ in range({MANY})), flush=True); sys.stdin.read()'
)


def test_processes_that_run_side_by_side_are_given_different_ports() -> None:
    command = [sys.executable, '-c', PRINTS]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        given = [{free_port() for _ in range(MANY)}]
        for process in running:
            assert process.stdout
            given.append(set(map(int, process.stdout.readline().split())))
    finally:
        for process in running:
            process.communicate()
    assert all(len(some) > 50 for some in given)
    assert sum(map(len, given)) == len(set().union(*given))


def test_a_port_that_somebody_listens_on_is_not_given() -> None:
    with socket.create_server((ports.HOST, free_port())) as server:
        taken = server.getsockname()[1]
        assert taken not in {free_port() for _ in range(MANY)}


def test_the_port_of_a_connection_that_has_ended_is_given_again() -> None:
    with socket.create_server((ports.HOST, free_port())) as server:
        port = server.getsockname()[1]
        with socket.create_connection((ports.HOST, port)) as client:
            server.accept()[0].close()  # the side that closes first keeps the port
            assert client.recv(1) == b''
    assert port in {free_port() for _ in range(MANY)}


def test_none_is_among_those_that_linux_chooses_for_others() -> None:
    assert max(free_port() for _ in range(MANY)) < 32768  # ip(7), ip_local_port_range


def test_where_none_is_free_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, '_is_free', lambda _port: False)
    with pytest.raises(ServerError, match='is free among the hundred'):
        free_port()
