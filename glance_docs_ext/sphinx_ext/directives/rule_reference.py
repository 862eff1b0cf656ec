"""``.. configcheck-rules::``: the reference of the rules, drawn from the rules themselves."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.explain import cases, example_findings, why
from glance_docs_ext.reporters import text
from glance_docs_ext.rule import DeploymentRule, Rule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.rules.page.option_without_block import OptionWithoutBlock
from glance_docs_ext.sphinx_ext.blocks import SHOWN
from glance_docs_ext.sphinx_ext.claim_table import claim_table
from glance_docs_ext.sphinx_ext.claims import project_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Node

    from glance_docs_ext.rule import AnyRule, Example

LANGUAGES = {'apache': 'apache', 'nginx': 'nginx', 'uwsgi': 'ini', 'rst': 'rst'}
"""The names that Pygments has for what examples are written in."""

_SENTENCE = re.compile(r'.+?[.?!](?=\s|\Z)', re.DOTALL)


class RuleReference(SphinxDirective):
    """Show every rule: a table of all, then a section for each.

    The argument chooses: the name of an engine, for the rules about that server alone, or the
    beginning of a code, such as ``DEP`` or ``CFG2``.
    """

    optional_arguments = 1

    def run(self) -> list[Node]:
        chosen = self.arguments[0] if self.arguments else ''
        rules = [rule for rule in all_rules() if _is_chosen(rule, chosen)]
        if not rules:
            raise self.error(
                f'configcheck-rules: no rule for {chosen!r}; expected one of '
                f'{", ".join(ENGINES)}, or the beginning of a code such as CFG2'
            )
        for rule in rules:
            file = sys.modules[type(rule).__module__].__file__
            if file:
                self.env.note_dependency(file)
        return [*self._summary(rules), *(self._section(rule) for rule in rules)]

    def _summary(self, rules: Iterable[AnyRule]) -> list[Node]:
        rows = ''.join(
            f'   * - :ref:`{rule.code} <{rule.code.lower()}>`\n     - {rule.name}\n'
            f'     - {rule.severity}\n     - {_first_sentence(rule)}\n'
            for rule in rules
        )
        return self._parsed(
            '.. list-table::\n   :header-rows: 1\n   :widths: 8 20 8 64\n'
            '   :class: configcheck-rules\n\n'
            f'   * - Code\n     - Name\n     - Severity\n     - Why\n{rows}'
        )

    def _section(self, rule: AnyRule) -> nodes.section:
        anchor = rule.code.lower()
        section = nodes.section(
            '', nodes.title('', f'{rule.code} {rule.name}'), ids=[anchor], names=[anchor]
        )
        self.set_source_info(section)
        self.state.document.note_explicit_target(section)
        section += addnodes.index(
            entries=[
                ('single', f'{rule.code}, {rule.name}', anchor, '', None),
                ('single', f'{rule.name}, {rule.code}', anchor, '', None),
            ]
        )
        section += self._parsed(f'Severity: **{rule.severity}**. About: {_about(rule)}.')
        section += self._parsed(why(rule))
        for case in cases(rule):
            section += self._parsed('**Bad**')
            section += _shown(case)
            if found := example_findings(rule, case):
                report = text.render(found).rstrip('\n')
                section += nodes.literal_block(
                    report, report, language='text', classes=['configcheck-finding']
                )
        for good in (rule.good,) if isinstance(rule, DeploymentRule) else zip(rule.good):
            section += self._parsed('**Good**')
            section += _shown(good)
        section += self._parsed(f'**When to ignore it.** {rule.exceptions}')
        section += self._parsed(f'**How we know.** {rule.source}')
        if isinstance(rule, OptionWithoutBlock):
            # It holds the prose against the blocks; the claims are what prose says beyond names.
            project_claims(self.env).tables.add(self.env.docname)
            section += claim_table()
        return section

    def _parsed(self, markup: str) -> list[Node]:
        return self.parse_text_to_nodes(markup)


def _is_chosen(rule: AnyRule, chosen: str) -> bool:
    if chosen in ENGINES:
        return isinstance(rule, Rule) and chosen in rule.engines
    return rule.code.startswith(chosen.upper())


def _about(rule: AnyRule) -> str:
    if isinstance(rule, DeploymentRule):
        return 'blocks that are read together'
    if isinstance(rule, Rule):
        return ', '.join(ENGINES[name].label for name in rule.engines or ENGINES)
    return 'pages'


def _first_sentence(rule: AnyRule) -> str:
    words = ' '.join(why(rule).split('\n\n')[0].split())
    match = _SENTENCE.match(words)
    return match[0] if match else words


def _shown(examples: Iterable[Example]) -> Iterator[Node]:
    """Yield the blocks of a case, numbered as the findings name them where there are several."""
    blocks = tuple(examples)
    for number, example in enumerate(blocks, 1):
        if len(blocks) > 1:
            yield nodes.paragraph('', f'block {number} ({ENGINES[example.engine].label})')
        if example.version:
            label = ENGINES[example.engine].label
            yield nodes.paragraph('', f'Where {label} {example.version} is deployed:')
        shown = example.text.rstrip('\n')
        yield nodes.literal_block(
            shown, shown, language=LANGUAGES[example.engine], force=True, classes=[SHOWN]
        )
