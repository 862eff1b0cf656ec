"""Document: the statements of a block, however deep they stand."""

from __future__ import annotations

from glance_docs_ext.source import Source
from glance_docs_ext.syntax import Document, Statement, Word


def statement(key: str, body: tuple[Statement, ...] | None = None) -> Statement:
    return Statement(key, Word(key, 0, 0), (), Word('', 0, 0), body=body)


def document(*statements: Statement) -> Document:
    return Document(Source('', 'f'), 'apache', statements)


def test_a_section_comes_before_its_body_and_the_body_before_what_follows() -> None:
    block = document(
        statement('a', (statement('b', (statement('c'),)), statement('d'))), statement('e')
    )
    assert [placed.statement.key for placed in block.placed] == ['a', 'b', 'c', 'd', 'e']


def test_a_scope_tells_the_sections_around_a_statement_from_the_inside_out() -> None:
    block = document(statement('a', (statement('b', (statement('c'),)),)), statement('d'))
    (inner,) = block.named('c')
    assert inner.scope
    assert [section.key for section in inner.scope.sections()] == ['b', 'a']
    (top,) = block.named('d')
    assert top.scope is None


def test_named_gives_key_by_key_and_each_in_the_order_of_the_text() -> None:
    first, second, other = statement('a'), statement('a'), statement('b')
    block = document(first, other, second)
    found = [placed.statement for placed in block.named('b', 'a', 'missing')]
    assert found == [other, first, second]


def test_the_keys_of_a_block_include_those_of_its_sections() -> None:
    block = document(statement('a', (statement('b'),)), statement('c', ()))
    assert block.keys == {'a', 'b', 'c'}


def test_an_empty_block_has_nothing() -> None:
    assert list(document().placed) == []
    assert document().keys == frozenset()


def test_a_hundred_thousand_nested_sections_are_walked() -> None:
    depth = 100_000
    innermost = statement('leaf')
    outermost = innermost
    for _ in range(depth):
        outermost = statement('section', (outermost,))
    block = document(outermost)
    assert len(block.placed) == depth + 1
    (leaf,) = block.named('leaf')
    assert leaf.statement is innermost
    assert leaf.scope
    assert sum(1 for _ in leaf.scope.sections()) == depth
