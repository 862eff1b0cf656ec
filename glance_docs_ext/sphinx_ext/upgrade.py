"""After an upgrade of this package, what the pages were told is out of date."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import glance_docs_ext

if TYPE_CHECKING:
    from collections.abc import Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

KEY = 'checked_by'


def outdated_pages(
    _app: Sphinx, env: BuildEnvironment, _added: Set[str], _changed: Set[str], _removed: Set[str]
) -> Set[str]:
    """Return all pages if other rules or catalogues checked them; on ``env-get-outdated``."""
    data = env.domaindata['configcheck']
    current = _fingerprint()
    before = data.get(KEY, current)
    data[KEY] = current
    return frozenset() if before == current else env.found_docs


def _fingerprint() -> str:
    """Return what tells the code and data of this package from all others."""
    package = Path(glance_docs_ext.__file__).parent
    digest = sha256()
    for file in sorted((*package.rglob('*.py'), *package.rglob('*.json'))):
        digest.update(file.read_bytes())
    return digest.hexdigest()
