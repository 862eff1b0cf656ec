"""Block: the configuration of a server on a page, and what its author says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import UnknownVersionError
from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.pages import excerpt
from glance_docs_ext.pages.files import CannotShowError
from glance_docs_ext.rules import all_rules
from glance_docs_ext.rules.page.block_too_long import LONGEST_BLOCK, BlockTooLong
from glance_docs_ext.rules.page.copy_differs import CopyDiffers
from glance_docs_ext.rules.page.misused_markup import MisusedMarkup
from glance_docs_ext.rules.page.unreadable_file import UnreadableFile
from glance_docs_ext.services import SERVICES
from glance_docs_ext.source import Place, Source, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.pages.files import Tree
    from glance_docs_ext.pages.literals import Comment, Literal

FROM_FILES = {'literalinclude': 'language', 'include': 'code'}
"""The directives that show a part of a file, and their options that name its language."""

REASON = re.compile(r'configcheck:\s+unchecked because\s+(\S.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of configuration.

    ``place`` is its first line; ``context`` where it belongs in the server's configuration (None:
    not said), ``deployment`` the blocks it is read together with ('' for those of its page),
    ``services`` what its author says of the service, ``expected`` the codes that it is there to
    show, ``unchecked`` the reason why it is not checked, ``version`` that of the server that it is
    written for ('': what the project says).
    """

    source: Source
    engine: str
    place: Place
    context: str | None = None
    deployment: str = ''
    services: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    expected_at: Place | None = None
    unchecked: str = ''
    version: str = ''

    def version_among(self, versions: Mapping[str, str]) -> str:
        """Return the version of its server: its own, or else the project's ('' for none)."""
        return self.version or versions.get(self.engine, '')

    def lines(self) -> Iterator[tuple[str, int]]:
        """Yield path and line of each of its lines."""
        if self.source.origins:
            yield from ((origin.path, origin.line) for origin in self.source.origins)
        else:
            count = self.source.text.count('\n') + 1
            yield from ((self.source.path, line) for line in range(1, count + 1))


def blocks_of(literal: Literal, page: str, tree: Tree) -> Iterator[Block | Diagnostic]:
    """Yield the block that ``literal`` is, if it is one, and what is wrong with its markup."""
    found = _config_block if literal.directive == 'config-block' else _plain_block
    for item in found(literal, page, tree):
        if isinstance(item, Block) and literal.comment and not item.unchecked:
            problem = 'a configcheck comment without a reason; the block is checked'
            remedy = 'write ".. configcheck: unchecked because", and why'
            yield misused(literal.comment.place, problem, remedy)
        yield item


def _config_block(literal: Literal, page: str, tree: Tree) -> Iterator[Block | Diagnostic]:
    """Yield a block that says itself whose configuration it is."""
    engine = ENGINES.get(literal.argument)
    if engine is None:
        problem = f'there is no engine {literal.argument!r}'
        yield _misused(literal, literal.argument or 'config-block', problem, one_of(ENGINES))
    source: Source | None = literal.source(page)
    if 'file' in literal.options:
        if literal.pieces:
            problem = 'a config-block with :file: and text'
            yield _misused(literal, 'file:', problem, 'take one of them away')
        else:
            source = None
            try:
                source = excerpt.whole(literal, page, tree)
            except CannotShowError as error:
                yield UnreadableFile().report_at(
                    literal.place_of('file:'),
                    file=literal.options['file'],
                    problem=str(error),
                    remedy=error.remedy,
                )
    elif not literal.pieces:
        problem = 'a config-block without text'
        yield _misused(literal, 'config-block', problem, 'write its text')
        return
    if engine is None or source is None:
        return
    yield from _misused_options(literal, engine)
    source = replace(source, name=_caption(literal))
    if 'matches' in literal.options:
        yield from _compared(literal, source, page, tree)
    yield from _limited(
        Block(
            source,
            engine.name,
            _first_line(source),
            context=next(iter(_known(literal, 'context', engine.contexts)), None),
            deployment=' '.join(literal.options.get('deployment', '').split()),
            services=_known(literal, 'service', SERVICES),
            expected=_known(literal, 'expect', known_codes()),
            expected_at=literal.place_of('expect:') if 'expect' in literal.options else None,
            unchecked=_unchecked(literal),
            version=_version(literal, engine),
        )
    )


def _compared(literal: Literal, source: Source, page: str, tree: Tree) -> Iterator[Diagnostic]:
    """Yield what makes a block differ from the file that it says it is a copy of."""
    name = literal.options['matches']
    try:
        found = CopyDiffers().judge(source, tree.text(tree.path(name, page)), name)
    except CannotShowError as error:
        problem = f':matches: cannot compare the block with {name!r}: {error}'
        yield _misused(literal, 'matches:', problem, 'name a text file of the project')
        return
    if found:
        yield found


def _plain_block(literal: Literal, page: str, tree: Tree) -> Iterator[Block | Diagnostic]:
    """Yield a block that says no more than its language, if that is one of a server's."""
    language = literal.argument
    source = literal.source(page)
    if literal.directive in FROM_FILES:
        language = literal.options.get(FROM_FILES[literal.directive], '')
        try:
            source = excerpt.part(literal, page, tree)
        except CannotShowError:
            return  # Sphinx says so, and shows nothing
    engine = claimant(language, source.text)
    if engine is None or not source.text.strip():
        return
    place = _first_line(source)
    source = replace(source, name=_caption(literal))
    yield from _limited(Block(source, engine.name, place, unchecked=_unchecked(literal)))


def _caption(literal: Literal) -> str:
    return ' '.join(literal.options.get('caption', '').split())


def claimant(language: str, text: str) -> Engine | None:
    """Return the server whose configuration a block in ``language`` is, None for none's."""
    written = language.lower()
    for engine in ENGINES.values():
        if written in engine.languages and engine.claims(text):
            return engine
    return None


def _limited(block: Block) -> Iterator[Block | Diagnostic]:
    length = len(block.source.text)
    if length > LONGEST_BLOCK and not block.unchecked:
        yield BlockTooLong().report_at(block.place, length=length)
    else:
        yield block


def _unchecked(literal: Literal) -> str:
    if literal.comment and (found := REASON.match(literal.comment.text)):
        return ' '.join(found[1].split())
    return ' '.join(literal.options.get('unchecked', '').split())


def _misused_options(literal: Literal, engine: Engine) -> Iterator[Diagnostic]:
    """Yield what has no meaning in the options of a ``config-block``."""
    if 'unchecked' in literal.options and not _unchecked(literal):
        yield _misused(literal, 'unchecked:', ':unchecked: without a reason', 'say why')
    if found := unknown_version(engine, literal.options.get('version', '')):
        yield _misused(literal, 'version:', f':version: {found.problem}', found.remedy)
    for option, known in (
        ('context', engine.contexts),
        ('service', SERVICES),
        ('expect', known_codes()),
    ):
        for word in _words(literal, option):
            if word not in known:
                problem = f':{option}: does not know {word!r}'
                yield _misused(literal, f'{option}:', problem, one_of(known))


def unknown_version(engine: Engine, version: str) -> UnknownVersionError | None:
    """Return why ``version`` is none of ``engine``; None where it is one, or nothing."""
    try:
        get_engine(engine.name, version)
    except UnknownVersionError as error:
        return error
    return None


def _version(literal: Literal, engine: Engine) -> str:
    version = literal.options.get('version', '')
    return '' if unknown_version(engine, version) else version


def _known(literal: Literal, option: str, known: Collection[str]) -> tuple[str, ...]:
    return tuple(word for word in _words(literal, option) if word in known)


def _words(literal: Literal, option: str) -> list[str]:
    return literal.options.get(option, '').replace(',', ' ').split()


def known_codes() -> frozenset[str]:
    """Return the codes that ``:expect:`` may name."""
    return frozenset(rule.code for rule in all_rules())


def stray(comment: Comment) -> Diagnostic:
    """Return what is wrong with a comment for us that has no block behind it."""
    problem = 'a configcheck comment that stands before no block'
    return misused(comment.place, problem, 'move it straight in front of the block')


def misused(place: Place, problem: str, remedy: str) -> Diagnostic:
    """Return the finding that markup of ours has no meaning."""
    return MisusedMarkup().report_at(place, problem=problem, remedy=remedy)


def _misused(literal: Literal, near: str, problem: str, remedy: str) -> Diagnostic:
    return misused(literal.place_of(near), problem, remedy)


def one_of(names: Collection[str]) -> str:
    """Return the remedy for a word that is none of ``names``."""
    return f'write one of: {", ".join(sorted(names))}'


def _first_line(source: Source) -> Place:
    end = source.text.find('\n')
    return source.place(Span(0, end if end >= 0 else len(source.text)))
