"""Rules are asked by the names that a block holds: nothing is lost by that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, in_order
from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.rule import Rule
from glance_docs_ext.rules import all_rules, rules_for, settled
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parent / 'configs'


def texts(engine: str) -> Iterator[tuple[str, str | None, str]]:
    for rule in all_rules():
        if isinstance(rule, Rule):
            for example in (*rule.bad, *rule.good):
                if example.engine == engine:
                    yield example.text, example.context, example.version
    for path in sorted((SAMPLES / engine).glob('*/*')):
        yield path.read_bytes().decode('utf-8', 'replace'), None, ''


@pytest.mark.parametrize('engine', ENGINES)
def test_asking_by_names_finds_what_asking_every_rule_finds(engine: str) -> None:
    for text, context, version in texts(engine):
        checked = check(Source(text, 'x'), engine, context, version)
        server = get_engine(engine, version)
        whole = server.expand(checked.document, server.parse)
        document = whole.document if whole else checked.document
        all_found = [d for rule in rules_for(engine) for d in rule.check(document, server)]
        found = settled(all_found, document)
        asked = whole.told(found) if whole else found
        assert checked.diagnostics == in_order(asked), text


@pytest.mark.parametrize(
    'rule', [r for r in all_rules() if isinstance(r, Rule)], ids=lambda r: r.name
)
def test_a_rule_that_looks_for_names_is_about_one_server(rule: Rule) -> None:
    if rule.names is not None or rule.kinds:
        assert len(rule.engines) == 1
