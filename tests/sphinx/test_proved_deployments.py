"""``.. proved-deployments::``: blocks and a file of proofs in, what is proved of them out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.proofs import Proof, digest, merged, read, render

if TYPE_CHECKING:
    from tests.sphinx.small_project import SmallProject

INI = '[uwsgi]\nhttp-socket = 127.0.0.1:60999\nmaster = true'
SITE = 'worker_processes 2;'
SCRIPT = 'print("hello")'
WEB = Proof(
    variant='nginx, HTTP',
    setup='pyuwsgi',
    date='2026-11-22',
    blocks={'app-ini': digest(INI), 'app-site': digest(SITE), 'app-script': digest(SCRIPT)},
    versions={'pyuwsgi': '2.0.30', 'nginx': '1.22.1'},
    passed=('an image goes in', 'chunked uploads arrive'),
)
DEBIAN = replace(WEB, setup='debian', versions={'uWSGI': '2.0.21-debian', 'nginx': '1.22.1'})
ALONE = replace(
    WEB,
    variant='uWSGI alone',
    blocks={'app-ini': digest(INI)},
    versions={'pyuwsgi': '2.0.30'},
    passed=('an image goes in',),
)
PROOFS = (WEB, DEBIAN, ALONE)


def blocks(ini: str = INI, site: str = SITE, script: str = SCRIPT) -> str:
    """Return a page with a block of each kind: ours, a plain one, one with a caption."""
    return '\n'.join(
        [
            'Deploy\n======\n',
            _block('config-block:: uwsgi', 'app-ini', ini),
            _block('code-block:: nginx', 'app-site', site),
            _block('code-block:: python\n   :caption: app.py', 'app-script', script),
        ]
    )


def _block(directive: str, name: str, text: str) -> str:
    body = ''.join(f'   {line}\n' for line in text.split('\n'))
    return f'.. {directive}\n   :name: {name}\n\n{body}'


def index(variant: str = '') -> str:
    option = f'   :variant: {variant}\n' if variant else ''
    return f'Start\n=====\n\n.. toctree::\n\n   deploy\n\n.. proved-deployments:: p.json\n{option}'


@pytest.fixture
def site(project: SmallProject) -> SmallProject:
    project.write(index=index(), deploy=blocks())
    project.add('p.json', render(PROOFS))
    return project


def shown(project: SmallProject) -> str:
    return ' '.join(project.build('text').text('index.txt').split())


@pytest.mark.parametrize('builder', ['html', 'singlehtml', 'text', 'man', 'latex', 'epub'])
def test_every_builder_shows_the_proofs_without_a_warning(site: SmallProject, builder: str) -> None:
    assert site.build(builder, parallel=2, version='1', copyright='us').warnings == []


def test_the_table_says_what_was_proved_with_what_and_when(site: SmallProject) -> None:
    text = shown(site)
    assert 'nginx, HTTP' in text
    assert text.count('Not proved') == 0
    assert text.count('Proved with') == 2
    plain = text.replace('|', '').replace('  ', ' ')
    assert '2.0.21-debian' in plain
    assert '* an image goes in' in text
    assert '* chunked uploads arrive (nginx, HTTP)' in text


def test_a_variant_is_one_row_in_whatever_order_it_was_proved(site: SmallProject) -> None:
    site.add('p.json', render([WEB, ALONE, DEBIAN]))
    assert site.build('html').text('index.html').count('>nginx, HTTP</a>') == 1


def test_a_variant_links_to_its_first_block(site: SmallProject) -> None:
    page = site.build('html').text('index.html')
    assert '<a class="reference internal" href="deploy.html#app-ini">uWSGI alone</a>' in page


@pytest.mark.parametrize(
    ('changed', 'name'),
    [
        ({'ini': INI + '\nprocesses = 2'}, 'app-ini'),
        ({'site': 'worker_processes 4;'}, 'app-site'),
        ({'script': 'print("bye")'}, 'app-script'),
    ],
)
def test_a_block_that_changes_on_another_page_is_shown_as_not_proved_and_warned_of_once(
    site: SmallProject, changed: dict[str, str], name: str
) -> None:
    assert site.build('html').findings == []
    site.write(deploy=blocks(**changed))
    built = site.build('html')
    page = built.text('index.html')
    assert f'<code class="docutils literal notranslate"><span class="pre">{name}</span>' in page
    proved = 0 if name == 'app-ini' else 1
    assert page.count('<strong>Not proved</strong>') == 3 - proved
    assert page.count('Proved with') == proved
    (finding,) = built.findings
    path, code = finding.split()
    assert path.startswith('deploy.rst:')
    assert code == 'CFG609'
    site.write(deploy=blocks())
    again = site.build('html')
    assert again.findings == []
    assert 'Not proved' not in again.text('index.html')


def test_the_finding_points_at_the_block_and_says_what_to_do(site: SmallProject) -> None:
    site.write(deploy=blocks(site='worker_processes 4;'))
    (warning,) = site.build('html').warnings
    line = blocks(site='worker_processes 4;').split('\n').index('   worker_processes 4;') + 1
    assert f'deploy.rst:{line}:4: WARNING: CFG609' in warning
    assert "block 'app-site' has changed since it was proved on 2026-11-22: nginx, HTTP" in warning
    assert 'renew p.json' in warning


def test_the_finding_comes_again_in_a_build_that_reads_nothing(site: SmallProject) -> None:
    site.write(deploy=blocks(site='worker_processes 4;'))
    assert len(site.build('html').findings) == 1
    assert len(site.build('html').findings) == 1


def test_a_block_that_is_gone_is_reported_where_its_proof_is_shown(site: SmallProject) -> None:
    site.write(deploy='Deploy\n======\n')
    built = site.build('html')
    assert {finding.split()[0].partition(':')[0] for finding in built.findings} == {'index.rst'}
    assert len(built.findings) == 3
    assert built.text('index.html').count('<strong>Not proved</strong>') == 3


def test_a_proof_that_is_renewed_is_shown(site: SmallProject) -> None:
    new = blocks(site='worker_processes 4;')
    site.write(deploy=new)
    assert 'Not proved' in site.build('html').text('index.html')
    renewed = replace(WEB, blocks={**WEB.blocks, 'app-site': digest('worker_processes 4;')})
    site.add('p.json', render([renewed]))
    built = site.build('html')
    assert built.warnings == []
    assert 'Not proved' not in built.text('index.html')


def test_one_variant_is_a_paragraph(site: SmallProject) -> None:
    site.write(index=index('nginx, HTTP'))
    turns = 'and in turn pyuwsgi 2.0.30 and uWSGI 2.0.21-debian'
    assert f'Proved with nginx 1.22.1, {turns} on 2026-11-22.' in shown(site)


def test_proofs_of_several_days_are_told_apart(site: SmallProject) -> None:
    site.write(index=index('nginx, HTTP'))
    site.add('p.json', render([WEB, replace(DEBIAN, date='2026-12-01')]))
    assert (
        'Proved with pyuwsgi 2.0.30, nginx 1.22.1 on 2026-11-22. '
        'Proved with uWSGI 2.0.21-debian, nginx 1.22.1 on 2026-12-01.'
    ) in shown(site)


def test_a_variant_that_the_file_does_not_have_is_not_proved_and_a_warning(
    site: SmallProject,
) -> None:
    site.write(index=index('nginx, uwsgi'))
    built = site.build('text')
    assert '**Not proved**.' in built.text('index.txt')
    assert built.findings == ['index.rst:8:4 CFG604']
    assert 'nginx, HTTP; uWSGI alone' in built.warnings[0]


@pytest.mark.parametrize(
    'content',
    [
        b'',
        b'[]',
        b'null',
        b'{"form": 2, "proofs": []}',
        b'{"form": 1, "proofs": [{}]}',
        b'{"form": 1, "proofs": [7]}',
        b'{"form": 1}',
        b'\xff\xfe',
        b'[' * 100_000,
        render([WEB]).replace('"2026-11-22"', '22').encode(),
        render([WEB]).replace('"2.0.30"', '[]').encode(),
        b' ' * (2 << 20),
    ],
    ids=range(12),
)
def test_a_broken_file_is_one_clear_warning_however_often_it_is_named(
    site: SmallProject, content: bytes
) -> None:
    site.write(index=f'{index()}\n\n.. proved-deployments:: p.json\n   :variant: uWSGI alone\n')
    site.add('p.json', content)
    built = site.build('text')
    assert built.findings == ['index.rst:8:4 CFG602']
    assert len(built.warnings) == 1
    assert len(built.warnings[0]) < 600
    assert built.text('index.txt').count('**Not proved**.') == 2


def test_a_file_that_is_missing_is_read_when_it_comes(site: SmallProject) -> None:
    (site.folder / 'p.json').unlink()
    built = site.build('text')
    assert built.findings == ['index.rst:8:4 CFG602']
    assert 'No such file' in built.warnings[0]
    site.add('p.json', render(PROOFS))
    assert site.build('text').warnings == []


def test_a_file_outside_the_source_tree_is_not_read(site: SmallProject) -> None:
    site.folder.with_name('outside.json').write_text(render(PROOFS))
    site.write(index='Start\n=====\n\n.. proved-deployments:: ../outside.json\n', deploy=':orphan:')
    built = site.build('text')
    assert [finding.split()[1] for finding in built.findings] == ['CFG602']
    assert 'outside the source tree' in built.warnings[0]


def test_what_is_written_is_read_again() -> None:
    assert read(render(PROOFS)) == PROOFS


def test_a_newer_proof_replaces_its_own_and_no_other() -> None:
    newer = replace(DEBIAN, date='2026-12-01')
    other = replace(DEBIAN, variant='other')
    assert merged(PROOFS, [newer, other]) == (WEB, newer, ALONE, other)
