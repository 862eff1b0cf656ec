"""A rule told to a reader: why, examples with their real findings, the cure, where it is from."""

from __future__ import annotations

from inspect import getdoc
from textwrap import fill, indent
from typing import TYPE_CHECKING

from glance_docs_ext.checker import check, check_deployment, in_order
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.inputs import Input
from glance_docs_ext.pages import read_page
from glance_docs_ext.reporters import text
from glance_docs_ext.rule import DeploymentRule, PageRule
from glance_docs_ext.source import Source
from glance_docs_ext.verdicts import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.rule import AnyRule, Example

PAGE = 'page.rst'
WIDTH = 88  # columns of a paragraph


def why(rule: AnyRule) -> str:
    """Return the reason for a rule, in paragraphs."""
    return getdoc(rule) or ''


def cases(rule: AnyRule) -> tuple[tuple[Example, ...], ...]:
    """Return the bad examples of a rule, those together that make one case."""
    return (rule.bad,) if isinstance(rule, DeploymentRule) else tuple((bad,) for bad in rule.bad)


def example_findings(rule: AnyRule, examples: tuple[Example, ...]) -> tuple[Diagnostic, ...]:
    """Return what ``rule`` finds in one of its `cases`, found by checking it now."""
    if isinstance(rule, PageRule):
        pages = [read_page(PAGE, example.text) for example in examples]
        inputs = [Input(PAGE, page.blocks, page.notes, page.diagnostics) for page in pages]
        return _of(rule, findings(inputs))
    checked = [
        check(
            Source(example.text, _name(number, examples)),
            example.engine,
            example.context,
            example.version,
        )
        for number, example in enumerate(examples, 1)
    ]
    documents = [block.document for block in checked]
    if isinstance(rule, DeploymentRule):
        return _of(rule, check_deployment(documents, rule.services, rule.notes, rule.told))
    return _of(rule, in_order(found for block in checked for found in block.diagnostics))


def explained(rule: AnyRule, *, colour: bool = False) -> str:
    """Return all there is to say of a rule, for a terminal."""
    return '\n'.join(_parts(rule, colour))


def _parts(rule: AnyRule, colour: bool) -> Iterator[str]:
    yield f'{rule.code} {rule.name} ({rule.severity})\n'
    yield indent(_plain(why(rule)), '    ') + '\n'
    for case in cases(rule):
        yield 'Bad:\n'
        yield _shown(case)
        if found := example_findings(rule, case):
            yield indent(text.render(found, colour=colour), '    ')
    for good in (rule.good,) if isinstance(rule, DeploymentRule) else ((g,) for g in rule.good):
        yield 'Good:\n'
        yield _shown(good)
    yield _filled(f'When to ignore it: {_plain(rule.exceptions)}')
    yield _filled(f'How we know: {_plain(rule.source)}')
    yield f'{rule.url}\n'


def _shown(examples: tuple[Example, ...]) -> str:
    blocks = []
    for number, example in enumerate(examples, 1):
        title = f'# {_name(number, examples)} ({example.engine})\n' if len(examples) > 1 else ''
        if example.version:
            title += f'# {ENGINES[example.engine].label} {example.version}\n'
        blocks.append(indent(title + example.text.rstrip('\n') + '\n', '        '))
    return '\n'.join(blocks)


def _name(number: int, examples: tuple[Example, ...]) -> str:
    return 'example' if len(examples) == 1 else f'block {number}'


def _of(rule: AnyRule, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for diagnostic in found if diagnostic.code == rule.code)


def _filled(paragraph: str) -> str:
    return fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False) + '\n'


def _plain(marked: str) -> str:
    """Return reST prose as a terminal shows it."""
    return marked.replace('``', '`')
