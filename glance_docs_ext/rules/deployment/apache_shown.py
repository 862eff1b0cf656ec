"""shows_all(deployment): whether what its blocks of Apache lack is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.elision import leaves_out

if TYPE_CHECKING:
    from glance_docs_ext.endpoints import Deployment


def shows_all(deployment: Deployment) -> bool:
    """Whether no block of Apache includes a file, or says that it leaves something out."""
    return not any(deployment.named('apache', 'include', 'includeoptional')) and not any(
        map(leaves_out, deployment.of('apache'))
    )
