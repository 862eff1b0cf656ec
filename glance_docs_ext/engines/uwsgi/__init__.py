"""uWSGI: ENGINE."""

from __future__ import annotations

import re
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from glance_docs_ext.catalogue import Catalogue
from glance_docs_ext.engine import Engine
from glance_docs_ext.engines.uwsgi.elsewhere import elsewhere
from glance_docs_ext.engines.uwsgi.endpoints import endpoints
from glance_docs_ext.engines.uwsgi.parser import parse
from glance_docs_ext.engines.uwsgi.sections import HEADER_MEANT
from glance_docs_ext.engines.uwsgi.together import reread

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Entry

VERSION = '2.0.31'
CATALOGUE = Catalogue.read(files(__name__) / 'catalogues' / f'uwsgi-{VERSION}.json')
OPTIONS_PAGE = 'https://uwsgi-docs.readthedocs.io/en/latest/Options.html'
BUILDOUT = re.compile(r'^[ \t]*(?:\[buildout\]|recipe[ \t]*=)', re.MULTILINE)
"""What a configuration of buildout has, where a part that installs uWSGI is called so as well."""


def _claims(text: str) -> bool:
    """Whether an ini text has a section that was meant as ``[uwsgi]``, and for uWSGI."""
    is_meant = any(HEADER_MEANT.match(line) for line in text.split('\n') if '[' in line)
    return is_meant and not BUILDOUT.search(text)


def _reference_url(entry: Entry) -> str:
    """Return the option's place on uWSGI's own page, which has a section for each option."""
    return f'{OPTIONS_PAGE}#{entry.name.replace("_", "-")}'


def _describe_context(context: str) -> str:
    return {'file': 'outside the sections of a file', 'section': 'in the section [uwsgi]'}[context]


ENGINE = Engine(
    name='uwsgi',
    label='uWSGI',
    noun='option',
    catalogue=CATALOGUE,
    contexts=('file', 'section'),
    languages=frozenset({'ini', 'uwsgi', 'dosini', 'cfg'}),
    file_names=('*.ini',),
    parse=partial(parse, catalogue=CATALOGUE),
    claims=_claims,
    key=str,
    reference_url=_reference_url,
    describe_context=_describe_context,
    elsewhere=partial(elsewhere, catalogue=CATALOGUE),
    endpoints=endpoints,
    builds=frozenset({'ssl'}),
    reread=partial(reread, catalogue=CATALOGUE),
)
