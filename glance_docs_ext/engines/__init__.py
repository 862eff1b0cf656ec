"""ENGINES: the one list of the servers we know."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import UnknownEngineError, UnknownVersionError
from glance_docs_ext.engines.apache import ENGINE as APACHE
from glance_docs_ext.engines.nginx import ENGINE as NGINX
from glance_docs_ext.engines.uwsgi import ENGINE as UWSGI
from glance_docs_ext.versions import Version

if TYPE_CHECKING:
    from glance_docs_ext.engine import Engine

LONGEST = 40  # characters of a wrong version that a message shows

ENGINES: dict[str, Engine] = {engine.name: engine for engine in (APACHE, NGINX, UWSGI)}


@cache
def get_engine(name: str, version: str = '') -> Engine:
    """Return the engine called ``name``, as it is in ``version`` ('': in the newest we know).

    :raises UnknownEngineError: there is none; the message lists those there are
    :raises UnknownVersionError: it has no such version
    """
    try:
        engine = ENGINES[name]
    except KeyError:
        raise UnknownEngineError(
            f'unknown engine {name!r}; expected one of: {", ".join(ENGINES)}'
        ) from None
    return _deployed(engine, version) if version else engine


def _deployed(engine: Engine, version: str) -> Engine:
    """Return an engine as somebody deploys it; a version newer than ours is read as ours.

    :raises UnknownVersionError: it is no version, or older than the catalogue goes back
    """
    catalogue = engine.catalogue
    shown = ascii(version if len(version) <= LONGEST else version[:LONGEST] + '...')
    try:
        chosen = Version.read(version)
    except ValueError:
        problem = f'{shown} is no version of {engine.label}'
        raise UnknownVersionError(problem, f'write one such as {catalogue.version}') from None
    problem = f'nothing is known of {engine.label} {shown}'
    if chosen.without and chosen.without not in engine.builds:
        raise UnknownVersionError(problem, f'write one such as {catalogue.version}')
    if chosen.is_before(catalogue.oldest):
        raise UnknownVersionError(problem, f'write {catalogue.oldest} or a newer one')
    parse = engine.parse if engine.parse_for is None else engine.parse_for(chosen)
    return replace(engine, version=chosen, parse=parse)
