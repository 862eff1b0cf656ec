"""ENGINES: the one list of the servers we know."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import UnknownEngineError
from glance_docs_ext.engines.apache import ENGINE as APACHE
from glance_docs_ext.engines.nginx import ENGINE as NGINX
from glance_docs_ext.engines.uwsgi import ENGINE as UWSGI

if TYPE_CHECKING:
    from glance_docs_ext.engine import Engine

ENGINES: dict[str, Engine] = {engine.name: engine for engine in (APACHE, NGINX, UWSGI)}


@cache
def get_engine(name: str, version: str = '') -> Engine:
    """Return the engine called ``name``, as it is in ``version`` ('': in the newest we know).

    :raises UnknownEngineError: there is none; the message lists those there are
    :raises UnknownVersionError: it has no such version
    """
    try:
        return ENGINES[name].at(version) if version else ENGINES[name]
    except KeyError:
        raise UnknownEngineError(
            f'unknown engine {name!r}; expected one of: {", ".join(ENGINES)}'
        ) from None
