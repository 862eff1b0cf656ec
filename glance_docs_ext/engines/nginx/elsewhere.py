"""The directives that nginx itself does not know: of its subscription, of modules of their own."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from glance_docs_ext.engines.nginx.lookalikes import BLANKS

_FILE = files('glance_docs_ext.engines.nginx') / 'catalogues' / 'elsewhere.json'
COMMERCIAL = 'a part of the commercial subscription (NGINX Plus)'
_WORDS = {
    'plus': f'it is {COMMERCIAL}, {{owner}}: nginx itself refuses it',
    'apart': 'it belongs to {owner}, a module with a package of its own: load it with load_module',
    'others': 'it belongs to {owner}: an nginx with that takes it',
}


_NO_NAMES = (
    (('$',), 'nginx puts no value in here: show what a template or a shell makes of it'),
    (('//', '/*', '<!--', '--'), 'a comment begins with "#"'),
    (('</', '<If', '<Location', '<Directory', '<Virtual'), 'it is a section of Apache'),
    (('else', 'elif'), 'nginx has no else: use a map, or an if for each case'),
)
"""How words begin that no version of nginx has for a name, and what to do about them."""
_NEVER = tuple(start for starts, _said in _NO_NAMES for start in starts)

_UNSEEN = re.compile(f'[{BLANKS}]')


class Elsewhere(NamedTuple):
    """What to say of each name, or of all that begin alike; blocks with lines of their own.

    ``owners`` are the modules that take them, by name and by beginning; ``sold`` the names that
    only the subscription has.
    """

    remedies: dict[str, str]
    families: dict[str, str]
    blocks: frozenset[str]
    owners: dict[str, str]
    sold: frozenset[str]
    starts: tuple[str, ...]
    """How the names of `families` begin, to be asked for all at once."""


@cache
def elsewhere() -> Elsewhere:
    """Return the names that ``tools/catalogues`` wrote down."""
    data = json.loads(_FILE.read_text(encoding='utf-8'))
    remedies = {
        name: _WORDS[of['origin']].format(owner=of['owner']) for name, of in data['names'].items()
    }
    families = {
        start: _WORDS['others'].format(owner=owner) for start, owner in data['families'].items()
    }
    owners = {name: of['owner'] for name, of in data['names'].items()} | data['families']
    sold = frozenset(name for name, of in data['names'].items() if of['origin'] == 'plus')
    blocks, starts = frozenset(data['blocks']), tuple(families)
    return Elsewhere(remedies, families, blocks, owners, sold, starts)


def remedy(name: str) -> str:
    """Return what to do about a directive that nginx does not know, '' where nobody knows it."""
    known = elsewhere()
    if name in known.remedies:
        return known.remedies[name]
    said = ''
    if name.startswith(known.starts):
        said = next(said for start, said in known.families.items() if name.startswith(start))
    if not said and not name.isascii() and _UNSEEN.search(name):
        said = 'a blank that is none belongs to the name: type it anew'
    if said or not name.startswith(_NEVER):
        return said
    return next(said for starts, said in _NO_NAMES if name.startswith(starts))


def module_of(name: str) -> str:
    """Return the module of others that brings a directive, '' where there is none."""
    known = elsewhere()
    if name in known.remedies:
        return '' if name in known.sold else known.owners[name]
    if not name.startswith(known.starts):
        return ''
    return next(known.owners[start] for start in known.families if name.startswith(start))
