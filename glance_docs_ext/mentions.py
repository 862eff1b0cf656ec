"""Mention: a name of a server that a page explains by a role such as ``:uwsgi:option:``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.rules.common.unknown_name import UnknownName
from glance_docs_ext.rules.page.option_without_block import OptionWithoutBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

TITLED = re.compile(r'(?P<title>.+?)\s*(?<!\\)<(?P<target>.*?)>\Z', re.DOTALL)
"""``text <name>``, as ``ReferenceRole`` of Sphinx has it."""


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One role; ``key`` is the name as the catalogue has it, ``place`` finds where it stands.

    ``is_history``: it stands in a version note, and explains nothing.
    """

    engine: Engine
    key: str
    place: Callable[[], Place]
    is_history: bool


def role_target(text: str) -> str | None:
    """Return what the text of a role names; None for ``!name``, which neither links nor checks."""
    if text.startswith('!'):
        return None
    titled = TITLED.match(text)
    return titled['target'] if titled else text


def known_key(engine: Engine, written: str) -> str | None:
    """Return the key of what an author wrote, None where the engine does not know it."""
    keys = (engine.key(name) for name in _spellings(written))
    return next((key for key in keys if key in engine.catalogue), None)


def unknown_mention(engine: Engine, written: str, place: Place) -> Diagnostic:
    """Return what is said of a role that names nothing which the engine knows."""
    name = _spellings(written)[-1]
    return UnknownName().finding(place, name, engine.key(name), engine)


def unset_names(
    mentions: Iterable[Mention], documents: Collection[Document]
) -> Iterator[Diagnostic]:
    """Yield a finding for each name that a page explains and no block of it sets.

    A name that is explained more than once is told where it comes first.

    :param mentions: those of the page, in its order
    :param documents: its blocks, also those that are not checked
    """
    told = set()
    for mention in mentions:
        known = (mention.engine.name, mention.key)
        if mention.is_history or known in told:
            continue
        told.add(known)
        finding = OptionWithoutBlock().judge(
            mention.place(), mention.key, mention.engine, documents
        )
        if finding is not None:
            yield finding


def engine_of_role(domain: str, noun: str) -> Engine | None:
    """Return the engine whose role ``:domain:noun:`` is, None for a role of somebody else."""
    engine = ENGINES.get(domain)
    return engine if engine is not None and engine.noun == noun else None


def _spellings(written: str) -> tuple[str, ...]:
    """Return what may be the name: all of it, what stands before ``=``, the first word."""
    text = written.strip()
    before = text.partition('=')[0].strip()
    return text, before, (before.split() or [''])[0]
