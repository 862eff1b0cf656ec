"""nginx: its directives, its reader, its manual."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from glance_docs_ext.catalogue import Catalogue
from glance_docs_ext.engine import Engine
from glance_docs_ext.engines.nginx import contexts, elsewhere, loaded, parser
from glance_docs_ext.engines.nginx.claims import claims
from glance_docs_ext.engines.nginx.endpoints import endpoints
from glance_docs_ext.engines.nginx.reference import reference_url

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Document

VERSION = '1.31'

CATALOGUE = Catalogue.read(files(__name__) / 'catalogues' / f'{VERSION}.json')
"""Read out of nginx 1.22 and its dynamic modules, with what came until 1.31.6."""


def _brings_names(document: Document) -> bool:
    return loaded.brings_names(document, CATALOGUE)


ENGINE = Engine(
    name='nginx',
    label='nginx',
    noun='directive',
    catalogue=CATALOGUE,
    contexts=tuple(contexts.WORDS),
    languages=frozenset({'nginx'}),
    file_names=('nginx.conf', '*.nginx', '*.conf', '*_params', 'mime.types'),
    parse=lambda source, context: parser.parse(source, context, CATALOGUE),
    claims=lambda text: claims(text, CATALOGUE),
    key=lambda name: name,
    reference_url=reference_url,
    describe_context=contexts.describe,
    endpoints=endpoints,
    elsewhere=elsewhere.remedy,
    module_of=elsewhere.module_of,
    brings_names=_brings_names,
)
