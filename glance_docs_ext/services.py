"""What is known of the service that a deployment runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document

SERVICES = {
    'uploads': 'takes large request bodies, also with Transfer-Encoding: chunked',
    'long-requests': 'has requests that take minutes, and must not be cut',
    'authentication': 'reads the Authorization header itself',
    'chunked-reader': 'reads chunked bodies with uwsgi.chunked_read() where it runs under uWSGI',
    'script-name': 'fails on a request whose environment has no SCRIPT_NAME',
    'encoded-slashes': 'has paths with %2F in them',
    'own-links': 'writes its own address into its answers',
}
"""What an author may say of a service; rules that depend on it are silent without."""

# Glance 33.0.0: images are uploaded chunked by python-glanceclient, glance/common/wsgi.py reads
# them with uwsgi.chunked_read(), Paste Deploy's urlmap adds to environ['SCRIPT_NAME'], and the
# Location header of POST /v2/images holds the host that the request came to.
# Swift: object uploads, the same chunked clients (swift/common/wsgi.py reads wsgi.input itself).
APPLICATIONS = {
    'glance': frozenset({'uploads', 'long-requests', 'chunked-reader', 'script-name', 'own-links'}),
    'swift': frozenset({'uploads', 'long-requests'}),
}
NAME = re.compile(r'[a-z]+')
PLACES = {
    'uwsgi': ('module', 'wsgi', 'wsgi-file', 'file', 'mount'),
    'apache': ('wsgiscriptalias', 'wsgiscriptaliasmatch', 'wsgiimportscript'),
}


def services_of(documents: Iterable[Document]) -> frozenset[str]:
    """Return what is known of the applications that the blocks load, by the names they give."""
    names = (name for document in documents for name in _names(document))
    return frozenset[str]().union(*(APPLICATIONS.get(name, frozenset()) for name in names))


def _names(document: Document) -> Iterator[str]:
    """Yield the words of the module or script that the block runs: glance.wsgi.api -> glance."""
    for placed in document.named(*PLACES.get(document.engine, ())):
        if placed.statement.arguments:
            yield from NAME.findall(placed.statement.arguments[-1].text.lower())
