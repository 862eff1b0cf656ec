"""Catalogue: what one version of an engine knows, and what happens to a file that is broken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.catalogue import Arity, Catalogue
from glance_docs_ext.diagnostics import CatalogueError, GlanceDocsError
from glance_docs_ext.engines import ENGINES

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = {
    'engine': 'apache',
    'version': '2.4.71',
    'entries': [
        {
            'name': 'DocumentRoot',
            'key': 'documentroot',
            'owner': 'core.c',
            'kind': 'TAKE1',
            'arity': [1, 1],
            'contexts': ['server', 'vhost'],
        },
        {'name': 'ScriptLog', 'key': 'scriptlog', 'owner': 'mod_cgi.c', 'arity': [1, None]},
        {'name': 'ScriptLog', 'key': 'scriptlog', 'owner': 'mod_cgid.c'},
        {'name': 'master'},
    ],
}


def read(folder: Path, content: object) -> Catalogue:
    file = folder / 'catalogue.json'
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding='utf-8')
    return Catalogue.read(file)


def test_an_entry_is_found_by_its_key_with_all_its_facts(tmp_path: Path) -> None:
    catalogue = read(tmp_path, WHOLE)
    (entry,) = catalogue['documentroot']
    assert (entry.name, entry.owner, entry.kind) == ('DocumentRoot', 'core.c', 'TAKE1')
    assert entry.arity == Arity(1, 1)
    assert entry.contexts == {'server', 'vhost'}
    assert entry.flags == frozenset()


def test_the_key_is_the_name_where_nothing_else_is_said(tmp_path: Path) -> None:
    assert [entry.name for entry in read(tmp_path, WHOLE)['master']] == ['master']


def test_a_name_may_have_several_entries(tmp_path: Path) -> None:
    owners = [entry.owner for entry in read(tmp_path, WHOLE)['scriptlog']]
    assert owners == ['mod_cgi.c', 'mod_cgid.c']


def test_what_is_not_known_has_no_entry(tmp_path: Path) -> None:
    catalogue = read(tmp_path, WHOLE)
    assert 'DocumentRoot' not in catalogue
    assert catalogue['DocumentRoot'] == ()
    assert sorted(catalogue) == ['documentroot', 'master', 'scriptlog']
    assert len(catalogue) == 3


def test_a_misspelt_key_gets_the_closest_ones_first(tmp_path: Path) -> None:
    catalogue = read(tmp_path, WHOLE)
    assert catalogue.suggestions('documentrot') == ('documentroot',)
    assert catalogue.suggestions('quite-another') == ()


def test_a_key_that_no_one_can_have_misspelt_is_not_compared(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE).suggestions('documentroot' * 1000) == ()


@pytest.mark.parametrize(
    ('arity', 'right', 'wrong'),
    [(Arity(1, 1), [1], [0, 2]), (Arity(0, 2), [0, 1, 2], [3]), (Arity(1, None), [1, 99], [0])],
)
def test_an_arity_tells_how_many_arguments_are_right(
    arity: Arity, right: list[int], wrong: list[int]
) -> None:
    assert all(arity.accepts(count) for count in right)
    assert not any(arity.accepts(count) for count in wrong)


@pytest.mark.parametrize(
    'content',
    [
        '',
        '{"engine": "apache"',
        '[]',
        'null',
        {'engine': 'apache', 'version': '1'},
        {'version': '1', 'entries': []},
        {'engine': 'apache', 'version': '1', 'entries': [{'key': 'a'}]},
        {'engine': 'apache', 'version': '1', 'entries': [{'name': 'a', 'colour': 'red'}]},
        {'engine': 'apache', 'version': '1', 'entries': [{'name': 'a', 'arity': 1}]},
        {'engine': 'apache', 'version': '1', 'entries': [{'name': 'a', 'arity': [1]}]},
        {'engine': 'apache', 'version': '1', 'entries': [{'name': 'a', 'contexts': 'server'}]},
        {'engine': 'apache', 'version': '1', 'entries': ['a']},
    ],
)
def test_a_broken_catalogue_is_one_clear_error_that_names_the_file(
    content: object, tmp_path: Path
) -> None:
    with pytest.raises(CatalogueError, match=r'cannot read the catalogue .*catalogue\.json: '):
        read(tmp_path, content)


def test_a_missing_catalogue_is_the_same_error(tmp_path: Path) -> None:
    with pytest.raises(GlanceDocsError, match=r'missing\.json'):
        Catalogue.read(tmp_path / 'missing.json')


def test_a_catalogue_that_is_not_utf8_is_the_same_error(tmp_path: Path) -> None:
    (tmp_path / 'c.json').write_bytes(b'{"engine": "\xff"}')
    with pytest.raises(CatalogueError, match='utf-8'):
        Catalogue.read(tmp_path / 'c.json')


@pytest.mark.parametrize('name', sorted(ENGINES))
def test_what_an_engine_brings_is_consistent(name: str) -> None:
    engine = ENGINES[name]
    catalogue = engine.catalogue
    assert catalogue.engine == name
    assert len(catalogue) > 500
    contexts = set(engine.contexts)
    for key in catalogue:
        for entry in catalogue[key]:
            assert engine.key(entry.name) == key
            assert entry.contexts <= contexts, entry
            assert entry.arity is None or entry.arity.minimum >= 0
            assert engine.describe_context(engine.contexts[0])
            url = engine.reference_url(entry)
            assert url == '' or url.startswith('https://')
