"""elsewhere(): what to do about a name that uWSGI does not know, where its form tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue

WITH_MORE = re.compile(r'([A-Za-z0-9_-]+)[ \t]+(#|;|//)?')


def elsewhere(name: str, catalogue: Catalogue) -> str:
    """Return what to do about a name of several words whose first is an option, or ''.

    The whole line is the name where there is no ``=``, and all before the ``=`` where there is one.
    """
    found = WITH_MORE.match(name)
    if found is None or found[1] not in catalogue:
        return ''
    if found[2]:
        return 'put the comment on a line of its own, above'
    return f'write "=" behind {found[1]}'
