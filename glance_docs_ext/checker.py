"""check(source) and check_deployment(documents): the whole pipeline on one page.

text -> tree -> what the engine knows -> rules -> diagnostics
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glance_docs_ext.collector import uncollected
from glance_docs_ext.endpoints import Deployment, Listener, Upstream
from glance_docs_ext.engines import get_engine
from glance_docs_ext.rules import deployment_rules, rules_about, settled
from glance_docs_ext.rules.page.internal_fault import InternalFault
from glance_docs_ext.services import services_of
from glance_docs_ext.source import Source, Span
from glance_docs_ext.syntax import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.notes import Note
    from glance_docs_ext.rules import Single
    from glance_docs_ext.told import Told


FINDING = 'what looks for blocks in a page'
"""What is said to have failed where a page could not be read."""

Returned = TypeVar('Returned')


class Checked(NamedTuple):
    """A block that was read, and what is wrong with it on its own, sorted by place."""

    document: Document
    diagnostics: tuple[Diagnostic, ...]


@uncollected
def check(source: Source, engine: str, context: str | None = None, version: str = '') -> Checked:
    """Read one block and run every rule about single blocks of this engine.

    :param engine: a name from ``ENGINES``
    :param context: where the block stands, one of the engine's ``contexts``; None reads it in the
        kindest context
    :param version: that of the engine which is deployed; '' for the newest we know
    :raises UnknownEngineError: there is no such engine
    :raises UnknownVersionError: nothing is known of this version
    """
    server = get_engine(engine, version)
    document, found = _read(source, server, context)
    found += _ruled(document, server)
    return Checked(document, in_order(found) if len(found) > 1 else tuple(found))


def _ruled(document: Document, server: Engine) -> Sequence[Diagnostic]:
    """Return what the rules about single blocks find in one that was read.

    They are shown it as the engine has it, with what it puts in while it reads.
    """
    try:
        whole = server.expand(document, server.parse)
        if whole is not None:
            return [*whole.told(_found(whole.document, server))]
    except Exception as error:
        part = f'what puts macros into blocks of {server.label}'
        return [fault(part, error, document.source), *_found(document, server)]
    return _found(document, server)


def _found(document: Document, server: Engine) -> Sequence[Diagnostic]:
    """Return what the rules about single blocks find in one as it stands."""
    asked = rules_about(document, server)
    found: list[Diagnostic] = []
    for rule in asked.whole:
        try:
            found += rule.check(document, server)
        except Exception as error:
            found.append(fault(f'{rule.code} {rule.name}', error, document.source))
    found += _judged(asked.single, document, server)
    return settled(found, document) if found else found


def _judged(asked: Single, document: Document, server: Engine) -> list[Diagnostic]:
    """Return what the rules about single statements find."""
    found: list[Diagnostic] = []
    for placed, rules in asked:
        for statement, _scope in placed:
            for rule in rules:
                try:
                    found += rule.judge(statement, document, server)
                except Exception as error:
                    found.append(fault(f'{rule.code} {rule.name}', error, document.source))
    return found


def read(source: Source, engine: str, context: str | None = None, version: str = '') -> Checked:
    """Read one block as `check` does, and run no rule; a finding says where the reader failed."""
    document, found = _read(source, get_engine(engine, version), context)
    return Checked(document, tuple(found))


def _read(source: Source, server: Engine, context: str | None) -> tuple[Document, list[Diagnostic]]:
    try:
        return server.parse(source, context), []
    except Exception as error:
        failed = fault(f'the reader of {server.label}', error, source)
        return Document(source, server.name, (), context=context), [failed]


class Reread(NamedTuple):
    """The blocks of a deployment as they are beside each other, and what that changes.

    ``found`` is what they show only together, ``withdrawn`` what was said of them one by one and is
    not so.
    """

    documents: tuple[Document, ...]
    found: frozenset[Diagnostic] = frozenset()
    withdrawn: frozenset[Diagnostic] = frozenset()


def reread(documents: Iterable[Document], versions: Mapping[Document, str]) -> Reread:
    """Read those blocks again that others of their deployment load, or tell more about.

    :param versions: those of the engines that the blocks are for, where they are known
    """
    blocks = tuple(documents)
    again: dict[Document, Document | None] = {}
    for engine in dict.fromkeys(block.engine for block in blocks):
        own = [block for block in blocks if block.engine == engine]
        try:
            again.update(get_engine(engine).reread(own) if len(own) > 1 else {})
        except Exception as error:
            failed = fault(f'what reads blocks of {engine} together', error, own[0].source)
            return Reread(blocks, frozenset({failed}))
    if not again:
        return Reread(blocks)
    before: set[Diagnostic] = set()
    after: set[Diagnostic] = set()
    for block, new in again.items():
        server = get_engine(block.engine, versions.get(block, ''))
        before.update(_ruled(block, server))
        after.update(_ruled(new, server) if new else ())
    read_so = (again.get(block, block) for block in blocks)
    return Reread(
        tuple(block for block in read_so if block),
        frozenset(after - before),
        frozenset(before - after),
    )


def check_deployment(
    documents: Iterable[Document],
    services: Iterable[str] = (),
    notes: Iterable[Note] = (),
    told: Told | None = None,
) -> tuple[Diagnostic, ...]:
    """Run every rule about blocks that are read together, over the blocks of one deployment.

    :param services: what the author says of the service, from ``SERVICES``; what the names of known
        applications tell is added
    :param notes: the version notes of the page that the blocks stand on
    :param told: what this page says in prose and commands
    """
    blocks = tuple(documents)
    found: list[Diagnostic] = []
    if not blocks:
        return ()
    try:
        deployment = read_together(blocks, services, notes, told)
    except Exception as error:
        return (fault('what reads blocks together', error, blocks[0].source),)
    for rule in deployment_rules():
        try:
            found += rule.check(deployment)
        except Exception as error:
            found.append(fault(f'{rule.code} {rule.name}', error, blocks[0].source))
    return in_order(found)


def fault(part: str, error: Exception, block: Source) -> Diagnostic:
    """Return what is said where ``part`` of this package fails on a block: the rest goes on.

    Whatever it was, a page of somebody else must not end a build with a traceback of ours.
    """
    return InternalFault().of(part, error, block.place(Span(0, 0)))


def guarded(part: str, findings: Iterable[Diagnostic], path: str) -> list[Diagnostic]:
    """Return ``findings`` of pages; where that fails, those before, and that ``part`` failed.

    :param path: the file that is told to be the place then
    """
    found: list[Diagnostic] = []
    try:
        found.extend(findings)
    except Exception as error:
        found.append(fault(part, error, Source('', path)))
    return found


def or_fault(
    part: str, path: str, of: Callable[..., Returned], *given: object
) -> Returned | Diagnostic:
    """Return ``of(*given)``; where that fails, the finding that ``part`` of this package did.

    :param path: the file that is told to be the place then
    """
    try:
        return of(*given)
    except Exception as error:
        return fault(part, error, Source('', path))


def read_together(
    documents: Iterable[Document],
    services: Iterable[str] = (),
    notes: Iterable[Note] = (),
    told: Told | None = None,
) -> Deployment:
    """Return the deployment that ``documents`` make: their listeners and upstreams."""
    blocks = tuple(documents)
    ends = [end for block in blocks for end in get_engine(block.engine).endpoints(block)]
    return Deployment(
        blocks,
        tuple(end for end in ends if isinstance(end, Listener)),
        tuple(end for end in ends if isinstance(end, Upstream)),
        services_of(blocks).union(services),
        tuple(notes),
        told,
    )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return ``diagnostics`` without repetitions, in the order of every report."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.sort_key))
