"""Blocks: the configuration on a page, found in its doctree as the author's markup left it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes

from glance_docs_ext.pages.blocks import REASON, Block, claimant, misused
from glance_docs_ext.rules.page.block_too_long import LONGEST_BLOCK, BlockTooLong
from glance_docs_ext.rules.page.copy_differs import CopyDiffers
from glance_docs_ext.rules.page.nul_character import NulCharacter
from glance_docs_ext.source import Place, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.sphinx_ext.positions import Positions

OPTIONS = 'configcheck'
"""The attribute with the `Options` of a ``config-block``; taken off the node when it is read."""

ORIGINAL = 'configcheck-original'
"""The attribute with the `Original` of a hand copy; taken off the node when it is read."""

SHOWN = 'configcheck-example'
"""The class of a block that shows what a rule is about; it is no configuration of the page."""

OPT_OUT = re.compile(r'configcheck:')
INVISIBLE = (nodes.comment, nodes.target, nodes.system_message, addnodes.highlightlang)


@dataclass(frozen=True)
class Options:
    """What an author says of a block, in the words of ``config-block``; see `Block`."""

    engine: str
    context: str | None = None
    deployment: str = ''
    services: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    expected_at: Place | None = None
    unchecked: str = ''
    version: str = ''
    file: str = ''
    """The file that is shown as it is."""


class Original(NamedTuple):
    """The file that a block says it is a copy of: its name on the page, and what it holds."""

    name: str
    text: str


class Found(NamedTuple):
    """A block, the node that shows it, and what is wrong with the markup around it."""

    block: Block
    node: nodes.literal_block
    diagnostics: tuple[Diagnostic, ...]


def find_blocks(
    document: nodes.document, positions: Positions, language: str, *, plain: bool
) -> Iterator[Found]:
    """Yield the blocks of a page, in its order.

    :param language: what a literal block is in that names no language: ``highlight_language``
    :param plain: look at literal blocks of every kind, not only at ``config-block``
    """
    comments = {id(node): comment for comment, node in _opt_outs(document)}
    for node in document.findall():
        if isinstance(node, addnodes.highlightlang):
            language = node['lang']
        if not isinstance(node, nodes.literal_block):
            continue
        options = node.attributes.pop(OPTIONS, None)
        if options is None and plain:
            options = _plain(node, language)
        if options is not None:
            yield _found(node, options, comments.get(id(node)), positions)


def stray_comments(document: nodes.document, positions: Positions) -> Iterator[Diagnostic]:
    """Yield a finding for each ``configcheck`` comment that is not in front of a block."""
    for comment, node in _opt_outs(document):
        if not isinstance(node, nodes.literal_block):
            problem = 'a configcheck comment that stands before no block'
            yield _misused(comment, positions, problem, 'move it straight in front of the block')


def _plain(node: nodes.literal_block, language: str) -> Options | None:
    """Return what is known of a block that does not say whose configuration it is."""
    text = node.astext()
    if node.rawsource.replace('\0', '') != text:  # a parsed-literal, marked up by its author
        return None
    classes = node['classes']
    if SHOWN in classes:
        return None
    if 'language' not in node and classes[:1] == ['code']:  # what docutils' ``include`` makes
        language = ' '.join(classes[1:2])
    engine = claimant(node.get('language', language), text)
    return Options(engine.name) if engine else None


def _found(
    node: nodes.literal_block, options: Options, comment: nodes.comment | None, positions: Positions
) -> Found:
    text = node.astext()
    path, line = location(node)
    original: Original | None = node.attributes.pop(ORIGINAL, None)
    unchecked, diagnostics = options.unchecked, []
    if comment is not None:
        unchecked = _reason(comment)
        if not unchecked:
            problem = 'a configcheck comment without a reason; the block is checked'
            remedy = 'write ".. configcheck: unchecked because", and why'
            diagnostics.append(_misused(comment, positions, problem, remedy))
    if len(text) > LONGEST_BLOCK:
        source, place = Source('', path), positions.inline('', path, line)
        if not unchecked:
            unchecked = f'it has more than {LONGEST_BLOCK} characters'
            diagnostics.append(BlockTooLong().report_at(place, length=len(text)))
    else:
        source = replace(_source(node, options, text, positions), name=_caption(node))
        place = source.place(Span(0, len(text.partition('\n')[0])))
    if original and (found := CopyDiffers().judge(source, original.text, original.name)):
        diagnostics.append(found)
    nul = node.rawsource.find('\0')
    if nul >= 0:  # docutils leaves it out of what is shown
        diagnostics.append(NulCharacter().report_at(source.place(Span(nul, nul))))
    block = Block(
        source,
        options.engine,
        place,
        context=options.context,
        deployment=options.deployment,
        services=options.services,
        expected=options.expected,
        expected_at=options.expected_at,
        unchecked=unchecked,
        version=options.version,
    )
    return Found(block, node, tuple(diagnostics))


def _source(node: nodes.literal_block, options: Options, text: str, positions: Positions) -> Source:
    path, line = location(node)
    if options.file:
        return Source(text, options.file)
    if 'source' in node:  # literalinclude
        return positions.lines(text, node['source'], path, line)
    return positions.block(text, path, line)


def _caption(node: nodes.literal_block) -> str:
    """Return the caption of a block, '' where it has none."""
    around = node.parent
    if isinstance(around, nodes.container) and isinstance(around[0], nodes.caption):
        return ' '.join(around[0].astext().split())
    return ''


def location(node: nodes.Node) -> tuple[str, int]:
    """Return the file and the 1-based line that docutils has for ``node``, as good as they are."""
    path, line = get_source_line(node)
    return path or '<unknown>', line or 1


def _opt_outs(document: nodes.document) -> Iterator[tuple[nodes.comment, nodes.Node | None]]:
    """Yield each ``configcheck`` comment with what it stands before."""
    for comment in document.findall(nodes.comment):
        if OPT_OUT.match(comment.astext()):
            siblings = comment.parent
            behind = siblings[siblings.index(comment) + 1 :]
            shown = next((node for node in behind if not isinstance(node, INVISIBLE)), None)
            if isinstance(shown, nodes.container) and shown.get('literal_block'):
                shown = shown[-1]
            yield comment, shown


def _misused(comment: nodes.comment, positions: Positions, problem: str, remedy: str) -> Diagnostic:
    place = positions.inline('configcheck:', *location(comment))
    return misused(place, problem, remedy)


def _reason(comment: nodes.comment) -> str:
    match = REASON.match(comment.astext())
    return ' '.join(match[1].split()) if match else ''
