"""The sections of Apache, and what may stand inside them."""

from __future__ import annotations

from glance_docs_ext.syntax import ANYWHERE

CONTEXTS = (
    'server',
    'vhost',
    'directory',
    'location',
    'files',
    'proxy',
    'if',
    'limit',
    'requireall',
    'htaccess',
)
# A fragment may come from any of the files and sections of a server; .htaccess allows nothing more.
FRAGMENT = frozenset(CONTEXTS) - {'htaccess'}

_INSIDE = {
    'vhost': ('<virtualhost',),
    'directory': ('<directory', '<directorymatch'),
    'location': ('<location', '<locationmatch'),
    'files': ('<files', '<filesmatch'),
    'proxy': ('<proxy', '<proxymatch'),
    'if': ('<if', '<elseif', '<else'),
    'limit': ('<limit', '<limitexcept'),
    'requireall': ('<requireall', '<requireany', '<requirenone'),
}
INSIDE = {key: frozenset({context}) for context, keys in _INSIDE.items() for key in keys}
# Their bodies are no configuration: a template, a program.
OPAQUE = ('<macro', '<perl', '<luahook', '<luaquickhandler')


def inside(key: str, contexts: frozenset[str]) -> frozenset[str]:
    """Return the contexts of what stands in a section that stands in ``contexts`` itself."""
    own = INSIDE.get(key, ANYWHERE)
    # The sections of .htaccess allow no more than it does.
    return own | {'htaccess'} if own and 'htaccess' in contexts else own
