"""The addresses that a uWSGI block listens on, as ``core/socket.c`` takes them apart."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.rule import StatementRule
from glance_docs_ext.rules.uwsgi.values import has, is_known, of_kinds, value
from glance_docs_ext.syntax import Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Statement

SHARED = frozenset({'uwsgi_opt_add_shared_socket'})
SOCKETS = SHARED | frozenset(
    {
        'uwsgi_opt_add_socket',
        'uwsgi_opt_add_socket_no_defer',
        'uwsgi_opt_add_ssl_socket',
    }
)
ROUTERS = frozenset(
    {
        'uwsgi_opt_corerouter',
        'uwsgi_opt_undeferred_corerouter',
        'uwsgi_opt_https',
        'uwsgi_opt_http_to_https',
    }
)
LISTENERS = SOCKETS | ROUTERS
STATISTICS = frozenset({'stats', 'stats-server', 'http-stats', 'http-stats-server', 'http-ss'})
NO_ADDRESS = '="\''  # what a value begins with that is none
PLAIN = re.compile(
    r'/[A-Za-z0-9_./-]*|(?!unix:)[A-Za-z0-9_.-]*:(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3})'
)
"""A path, or a host and a port, as nearly all are written: with such a one nothing is wrong."""


class AddressRule(StatementRule):
    """A rule about the form of single addresses: it is shown those that are not `PLAIN`."""

    names = STATISTICS
    kinds = LISTENERS

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        if PLAIN.fullmatch(value(statement).text):
            return ()
        word = address(statement)
        return () if word is None else self.judge_address(word, document)

    def judge_address(self, word: Word, document: Document) -> Iterable[Diagnostic]:
        """Return a finding for each fault of one address."""
        raise NotImplementedError


def address(statement: Statement) -> Word | None:
    """Return the address in the value of an option that listens, None where it has none to show.

    None for values in quotes and those that only the host knows, and for what is no address but a
    reference: ``fd://0``, ``=0``.
    """
    word = value(statement)
    text, start, end = word
    if ',' in text:
        text = text[: text.index(',')]  # https-socket = address,certificate,key
    if not text or text[0] in NO_ADDRESS or text.startswith('fd://') or not is_known(word):
        return None
    whole = len(text) == end - start
    return word if whole else Word(text, start, min(start + len(text), end))


def listeners(document: Document, engine: Engine) -> list[Statement]:
    """Return the options that make uWSGI listen somewhere."""
    return [statement for statement, _scope in document.among(_listening(engine.catalogue))]


@cache
def _listening(catalogue: Catalogue) -> frozenset[str]:
    return STATISTICS | of_kinds(catalogue, LISTENERS)


def has_socket(document: Document, engine: Engine) -> bool:
    """Whether the block opens a socket for requests."""
    return has(document, engine, LISTENERS)
