"""``.. reference-glossary::`` and the links to it: pages in, links, tooltips and findings out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest

from glance_docs_ext.rules import all_rules
from glance_docs_ext.sphinx_ext.domain import ConfigCheckDomain
from glance_docs_ext.sphinx_ext.glossary import first_sentence
from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.testing.util import SphinxTestApp

    from glance_docs_ext.rule import PageRule
    from tests.sphinx.small_project import Built

INDEX = """\
Start
=====

.. toctree::

   page
   glossary

Nothing.
"""

PAGE = """\
The page
========

Use the :term:`WSGI` and :term:`the protocol <UWSGI protocol>`, not mod_wsgi.
"""

GLOSSARY = """\
Glossary
========

.. reference-glossary::

   uwsgi protocol
      The native protocol, e.g. of uWSGI <x>. (All in lower case.)

      https://one.example/

   WSGI
   gateway interface
      A :term:`standard`.

      https://two.example/ https://three.example/

      https://four.example/

   standard
      What is agreed.

   mod_wsgi
      A module. See https://five.example/ for more.

   master FIFO
      A pipe.
"""


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    project = SmallProject(tmp_path / 'project', make_app)
    project.write(index=INDEX, page=PAGE, glossary=GLOSSARY)
    return project


def findings(built: Built) -> list[str]:
    domain = cast('ConfigCheckDomain', built.app.env.get_domain(ConfigCheckDomain.name))
    return [
        f'{found.place.line}:{found.place.column} {found.code} {found.message}'
        for found in domain.findings()
    ]


def test_addresses_become_a_list_and_terms_show_where_they_are_used(
    project: SmallProject,
) -> None:
    built = project.build('text')
    assert built.warnings == []
    assert built.text('glossary.txt') == (
        'Glossary\n'
        '********\n'
        '\n'
        'uwsgi protocol\n'
        '   The native protocol, e.g. of uWSGI <x>. (All in lower case.)\n'
        '\n'
        '   See also:\n'
        '      https://one.example/\n'
        '\n'
        '   Used in:\n'
        '      The page\n'
        '\n'
        'WSGI\n'
        'gateway interface\n'
        '   A *standard*.\n'
        '\n'
        '   See also:\n'
        '      * https://two.example/\n'
        '\n'
        '      * https://three.example/\n'
        '\n'
        '      * https://four.example/\n'
        '\n'
        '   Used in:\n'
        '      The page\n'
        '\n'
        'standard\n'
        '   What is agreed.\n'
        '\n'
        'mod_wsgi\n'
        '   A module. See https://five.example/ for more.\n'
        '\n'
        'master FIFO\n'
        '   A pipe.\n'
    )


@pytest.mark.parametrize(
    'builder', ['html', 'text', 'man', 'latex', 'gettext', 'xml', 'singlehtml']
)
def test_every_builder_takes_it_without_a_warning(project: SmallProject, builder: str) -> None:
    assert project.build(builder, parallel=2, nitpicky=True).warnings == []


def test_links_carry_the_first_sentence(project: SmallProject) -> None:
    page = project.build('html').text('page.html')
    title = 'The native protocol, e.g. of uWSGI &lt;x&gt;.'
    assert f'href="glossary.html#term-uwsgi-protocol" title="{title}"' in page
    assert 'href="glossary.html#term-WSGI" title="A standard."' in page
    glossary = project.build('html').text('glossary.html')
    assert 'href="#term-standard" title="What is agreed."' in glossary
    assert 'href="page.html">The page</a>' in glossary


def test_links_to_a_plain_glossary_carry_it_too(project: SmallProject) -> None:
    project.write(glossary=GLOSSARY.replace('reference-glossary', 'glossary'))
    built = project.build('html')
    assert 'href="glossary.html#term-WSGI" title="A standard."' in built.text('page.html')
    assert 'Used in' not in built.text('glossary.html')
    assert findings(built) == []


def test_inventories_have_the_terms(project: SmallProject) -> None:
    built = project.build('html')
    objects = built.app.env.get_domain('std').get_objects()
    assert ('uwsgi protocol', 'glossary', 'term-uwsgi-protocol') in {
        (name, docname, anchor) for name, _, kind, docname, anchor, _ in objects if kind == 'term'
    }


def test_sorting_works_as_ever(project: SmallProject) -> None:
    project.write(glossary=GLOSSARY.replace('glossary::\n', 'glossary::\n   :sorted:\n'))
    text = project.build('text').text('glossary.txt')
    terms = re.findall(r'^(master FIFO|mod_wsgi|standard|uwsgi protocol|WSGI)$', text, re.MULTILINE)
    assert terms == sorted(terms, key=str.lower)


def test_terms_without_a_link_are_listed_and_fail_nothing(project: SmallProject) -> None:
    built = project.build('text')
    assert findings(built) == [
        "22:4 CFG612 the term 'mod_wsgi' is used, and never linked",
        "25:4 CFG611 no page uses the term 'master FIFO'",
    ]
    assert built.warnings == []
    assert findings(project.build('text')) == findings(built)
    project.write(index=f'{INDEX}\nThe :term:`mod_wsgi`, and a **master**\n*FIFO*.\n')
    assert findings(project.build('text')) == [
        "25:4 CFG612 the term 'master FIFO' is used, and never linked",
    ]
    project.write(index=f'{INDEX}\nThe ``master FIFO``, and the master FIFOs.\n', page=PAGE[:-15])
    assert [finding.split()[1] for finding in findings(project.build('text'))] == [
        'CFG611',
        'CFG611',
    ]


def test_a_new_link_is_seen_in_the_glossary(project: SmallProject) -> None:
    project.build('text')
    project.build('html')
    project.write(index=f'{INDEX}\nThe :term:`standard`.\n')
    assert 'Used in:\n      Start\n' in project.build('text').text('glossary.txt')
    assert '>Start</a></p>' in project.build('html').text('glossary.html')
    project.write(index=INDEX)
    assert 'Start' not in project.build('text').text('glossary.txt')


def test_a_new_definition_is_seen_in_the_tooltips(project: SmallProject) -> None:
    project.build('html')
    project.write(glossary=GLOSSARY.replace('The native protocol', 'The own protocol'))
    assert 'title="The own protocol, e.g.' in project.build('html').text('page.html')


def test_nothing_is_written_when_nothing_changed(project: SmallProject) -> None:
    project.build('html')
    assert 'writing output... [' not in project.build('html').status


def test_reading_in_parallel_gives_the_same(project: SmallProject) -> None:
    pages = {f'p{number:02}': PAGE.replace('The page', f'Page {number}') for number in range(12)}
    project.write(**pages)
    serial = project.build('text')
    project.write(index=INDEX, page=PAGE, glossary=GLOSSARY, **pages)
    parallel = project.build('text', parallel=4)
    assert parallel.text('glossary.txt') == serial.text('glossary.txt')
    assert findings(parallel) == findings(serial)
    assert 'Page 7' in serial.text('glossary.txt')


def test_translators_get_addresses_one_by_one_and_none_of_our_words(project: SmallProject) -> None:
    catalogue = project.build('gettext').text('glossary.pot')
    for number in ('one', 'two', 'three', 'four'):
        assert f'msgid "https://{number}.example/"' in catalogue
    assert 'See also' not in catalogue
    assert 'Used in' not in catalogue


@pytest.mark.parametrize(
    'body',
    [
        '',
        '   term',
        '      indented\n',
        '   a\n\n   b\n      B.\n',
        '   .. a comment\n',
        '   a : b\n      https://x.example/\n',
    ],
)
def test_a_malformed_glossary_is_no_traceback(project: SmallProject, body: str) -> None:
    project.write(
        glossary=f'Glossary\n========\n\n.. reference-glossary::\n\n{body}\n', page='P\n=\n'
    )
    assert len([line for line in project.build('html').warnings if 'glossary.rst' in line]) <= 1


def test_an_unknown_term_is_one_warning_of_sphinx(project: SmallProject) -> None:
    project.write(page=f'{PAGE}\n:term:`nobody knows`\n')
    (warning,) = project.build('html').warnings
    assert 'term not in glossary' in warning


@pytest.mark.parametrize(
    ('text', 'sentence'),
    [
        ('One. Two.', 'One.'),
        ('One, e.g. Two, and i.e. Three. Four.', 'One, e.g. Two, and i.e. Three.'),
        ('Version 2.0 of\nit. Two.', 'Version 2.0 of it.'),
        ('No end', 'No end'),
        ('He said "yes." Then.', 'He said "yes."'),
        ('', ''),
    ],
)
def test_a_sentence_ends_where_a_reader_says(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize('rule', [r for r in all_rules() if r.code in ('CFG611', 'CFG612')])
def test_a_rule_about_terms_keeps_to_its_examples(project: SmallProject, rule: PageRule) -> None:
    for examples, expected in ((rule.bad, [rule.code]), (rule.good, [])):
        for example in examples:
            project.write(index=INDEX, page='P\n=\n', glossary=f'G\n=\n\n{example.text}')
            found = findings(project.build('text'))
            assert [finding.split()[1] for finding in found] == expected
