"""asked(): what the real engines say of a text, in the sandbox that our users have them in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from glance_docs_ext import native
from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import Source
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glance_docs_ext.native.verdicts import Verdict
    from glance_docs_ext.syntax import Document

Asked = TypeVar('Asked')
Said = TypeVar('Said')

PROGRAMS = {'apache': 'apache2', 'nginx': 'nginx', 'uwsgi': 'uwsgi'}
AT_ONCE = 2  # sandboxes; an engine is busy for a twentieth of a second


def require_engine(engine: str) -> None:
    """Skip the test, or fail it, where an engine or its sandbox is missing."""
    require(PROGRAMS[engine])
    require('bwrap')


def parsed(engine: str, text: str, context: str | None = None) -> Document:
    return get_engine(engine).parse(Source(text, 'block'), context)


def asked(engine: str, text: str, context: str | None = None) -> Verdict:
    """Return what the engine says of a text in a context (None: in the kindest)."""
    require_engine(engine)
    return native.verdict(parsed(engine, text, context))


def asked_of_each(engine: str, cases: Iterable[tuple[str, str | None]]) -> list[Verdict]:
    """Return what the engine says of each text in its context, in their order."""
    require_engine(engine)
    documents = [parsed(engine, text, context) for text, context in cases]
    return side_by_side(native.verdict, documents)


def side_by_side(ask: Callable[[Asked], Said], things: Iterable[Asked]) -> list[Said]:
    """Return what ``ask`` says of each thing, in their order, a few at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, things))
