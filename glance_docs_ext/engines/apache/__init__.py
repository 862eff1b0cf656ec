"""ENGINE: Apache HTTPD 2.4, its own modules, mod_wsgi, and those that Debian has packages of."""

from __future__ import annotations

import json
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from glance_docs_ext.catalogue import Catalogue
from glance_docs_ext.engine import Engine
from glance_docs_ext.engines.apache import elsewhere, loaded, parser
from glance_docs_ext.engines.apache.conditions import Conditions
from glance_docs_ext.engines.apache.endpoints import endpoints
from glance_docs_ext.engines.apache.expand import expand
from glance_docs_ext.engines.apache.sections import CONTEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Document

VERSION = '2.4.71'

MANUAL = 'https://httpd.apache.org/docs/2.4/mod'
MOD_WSGI = 'https://modwsgi.readthedocs.io/en/master/configuration-directives'
PACKAGES = 'https://packages.debian.org/bookworm'

# The pages of the manual are named after the source files of the modules, but for this one.
PAGES = {'http_core.c': 'core'}

WORDS = {
    'server': 'outside of all sections',
    'vhost': 'inside <VirtualHost>',
    'directory': 'inside <Directory>',
    'location': 'inside <Location>',
    'files': 'inside <Files>',
    'proxy': 'inside <Proxy>',
    'if': 'inside <If>',
    'limit': 'inside <Limit>',
    'requireall': 'inside <RequireAll>',
    'htaccess': 'in .htaccess',
}

_CATALOGUES = files(__name__) / 'catalogues'


def key(name: str) -> str:
    """Return the catalogue's key for a name in prose: ``ProxyPass``, ``<VirtualHost>``."""
    lower = name.strip().removesuffix('>').lower()
    return lower if lower in CATALOGUE or f'<{lower}' not in CATALOGUE else f'<{lower}'


def reference_url(entry: Entry) -> str:
    """Return the address of a directive in Apache's manual, or in that of mod_wsgi.

    Of another third party's it is the page of its package, which leads on to its project.
    """
    name = entry.name.strip('<>')
    if entry.owner == 'mod_wsgi.c':
        return f'{MOD_WSGI}/{name}.html'
    if entry.package:
        return f'{PACKAGES}/{entry.package}'
    page = PAGES.get(entry.owner, entry.owner.removesuffix('.c'))
    return f'{MANUAL}/{page}.html#{name.lower()}'


def parser_of(conditions: Conditions) -> Callable[[Source, str | None], Document]:
    """Return what reads a source as a file, or as what stands in a context; see `parser.parse`."""
    return partial(parser.parse, conditions=conditions)


def _brings_names(document: Document) -> bool:
    return loaded.brings_names(document, _stems())


@cache
def _stems() -> frozenset[str]:
    """Return what the modules of the catalogue are called."""
    owners = {entry.owner for entries in CATALOGUE.entries.values() for entry in entries}
    return frozenset(map(loaded.stem, {*owners, *CONDITIONS.modules}))


def _modules() -> dict[str, str]:
    """Return the modules of the catalogue: the names of their files, and their symbols."""
    text = (_CATALOGUES / f'{VERSION}-modules.json').read_text(encoding='utf-8')
    modules: dict[str, str] = json.loads(text)
    return modules


_OWN = Catalogue.read(_CATALOGUES / f'{VERSION}.json').dated(_CATALOGUES / f'{VERSION}-since.json')
CATALOGUE = _OWN.with_third_parties(_CATALOGUES / 'third-party.json')
CONDITIONS = Conditions(_OWN, _modules())  # what a host need not have, no condition asks for

ENGINE = Engine(
    name='apache',
    label='Apache',
    noun='directive',
    catalogue=CATALOGUE,
    contexts=CONTEXTS,
    languages=frozenset({'apache', 'apacheconf', 'aconf'}),
    file_names=('*.conf', '.htaccess', '*.htaccess'),
    parse=parser_of(CONDITIONS),
    claims=lambda text: '<Policy ' not in text,  # that is cupsd.conf, which has much of Apache's
    key=key,
    reference_url=reference_url,
    describe_context=WORDS.__getitem__,
    endpoints=endpoints,
    elsewhere=elsewhere.remedy,
    module_of=elsewhere.module_of,
    brings_names=_brings_names,
    expand=expand,
    parse_for=lambda version: parser_of(CONDITIONS.at(version)),
)
