"""The bench's configurations of Debian's packages, with packages made here: nothing is fetched."""

from __future__ import annotations

import gzip
import subprocess
from typing import TYPE_CHECKING

import pytest

from benchmarks import texts
from tests.engines import require
from tools import debian
from tools.agreement import packages
from tools.agreement.__main__ import SEED
from tools.agreement.cases import cases, packaged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SITE = '<VirtualHost *:80>\n    ServerName a.example\n    Include /etc/wiki/more\n</VirtualHost>\n'
FILES = {
    'etc/apache2/sites-available/wiki.conf': SITE,
    'etc/nginx/sites-available/wiki': 'server {\n    listen 80;\n}\n',
    'etc/wiki/wiki-uwsgi.ini': '[uwsgi]\nmaster = true\n',
    'etc/wiki/wiki.conf': 'colour = green\n',
    'usr/share/doc/wiki/examples/web/apache2/copy.conf': SITE,
    'usr/share/wiki/.htaccess': 'Require all denied\n',
}
PAGE = 'Wiki\n====\n\n.. code-block:: apache\n\n   Require host wiki.example\n'
README = '# Wiki\n\n```nginx\nserver {\n    listen 81;\n}\n```\n'
PAGES: dict[str, str | bytes] = {
    'usr/share/doc/wiki/html/_sources/deploy.rst.txt': PAGE,
    'usr/share/doc/wiki/html/_sources/index.rst.txt': 'Wiki\n====\n\nIt is a wiki.\n',
    'usr/share/doc/wiki/README.md.gz': gzip.compress(README.encode()),
}
KEPT = {
    'usr/share/doc/wiki/html/_sources/deploy.rst': PAGE,
    'usr/share/doc/wiki/README.md': README,
}


def put(files: Mapping[str, str | bytes], root: Path) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode() if isinstance(text, str) else text)


def package(name: str, files: Mapping[str, str | bytes], place: Path) -> Path:
    """Make a package of Debian with these files."""
    require('dpkg-deb')
    root = place / f'{name}-root'
    control = f'Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: N\nDescription: d\n'
    put({**files, 'DEBIAN/control': control}, root)
    for script in root.glob('DEBIAN/postinst'):
        script.chmod(0o755)
    file = place / f'{name}_1_all.deb'
    subprocess.run(['dpkg-deb', '-b', str(root), str(file)], check=True, capture_output=True)
    return file


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an apt-get first that knows the package ``wiki``, and writes down what it is asked."""
    place = tmp_path / 'apt'
    place.mkdir()
    file = package('wiki', {**FILES, **PAGES}, place)
    commands = {
        'apt-cache': 'for name; do [ "$name" != wiki ] || echo "Package: $name"; done',
        'apt-get': f'echo "$@" >> {place}/asked && cp {file} .',
    }
    for name, command in commands.items():
        (place / name).write_text(f'#!/bin/sh\n{command}\n')
        (place / name).chmod(0o755)
    monkeypatch.setenv('PATH', str(place), prepend=':')
    (place / 'names').write_text('# A comment.\ngone\nwiki\n')
    monkeypatch.setattr(packages, 'NAMES', place / 'names')
    return place


def test_the_configurations_of_a_package_are_fetched_and_pages_that_show_some(
    tmp_path: Path, apt: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / 'packages'
    packages.fetch(folder)
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob('*') if path.is_file()}
    wanted = {name for name in FILES if not name.endswith('wiki/wiki.conf')}
    assert kept == {f'wiki/{name}' for name in wanted | KEPT.keys()}
    assert all((folder / 'wiki' / name).read_text() == text for name, text in KEPT.items())
    assert 'packages: 1 of 2 are left out, for could not be fetched' in capfd.readouterr().err
    packages.fetch(folder)
    assert (apt / 'asked').read_text() == '-q download wiki\n'


def test_what_is_there_is_not_fetched_again(tmp_path: Path, apt: Path) -> None:
    for name in ('gone', 'wiki'):
        (tmp_path / 'packages' / name).mkdir(parents=True)
    packages.fetch(tmp_path / 'packages')
    assert not (apt / 'asked').exists()


def test_without_apt_the_bench_says_what_it_does_not_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv('PATH', str(tmp_path))
    packages.fetch(tmp_path / 'packages')
    assert capfd.readouterr().err.endswith('are left out, for apt-get is not here\n')
    assert list(packaged('apache', tmp_path / 'packages')) == []


def test_a_package_says_what_it_needs_and_is_not_run(tmp_path: Path) -> None:
    file = package(
        'wiki', {**FILES, 'DEBIAN/postinst': f'#!/bin/sh\ntouch {tmp_path}/ran\n'}, tmp_path
    )
    debian.unpack(file, tmp_path / 'root')
    assert debian.field(file, 'Package') == 'wiki'
    assert debian.field(file, 'Depends') == ''
    assert (tmp_path / 'root' / 'usr/share/wiki/.htaccess').is_file()
    assert not (tmp_path / 'ran').exists()
    with pytest.raises(subprocess.CalledProcessError):
        debian.unpack(tmp_path / 'root' / 'usr/share/wiki/.htaccess', tmp_path)


@pytest.mark.parametrize(
    ('engine', 'found'),
    [
        (
            'apache',
            [('etc/apache2/sites-available/wiki.conf', 'server'),
             ('usr/share/wiki/.htaccess', 'htaccess')],
        ),
        ('nginx', [('etc/nginx/sites-available/wiki', None)]),
        ('uwsgi', [('etc/wiki/wiki-uwsgi.ini', 'file')]),
    ],
)  # fmt: skip
def test_each_text_of_the_packages_is_found_once_and_as_its_server_reads_it(
    tmp_path: Path, engine: str, found: list[tuple[str, str | None]]
) -> None:
    put(FILES, tmp_path / 'wiki')
    assert [(case.origin, case.context) for case in packaged(engine, tmp_path)] == [
        (f'wiki/{name}', context) for name, context in found
    ]
    assert {case.kind for case in packaged(engine, tmp_path)} == {'package'}


def test_the_blocks_of_pages_are_texts_of_their_own_kind(tmp_path: Path) -> None:
    put({**FILES, **KEPT}, tmp_path / 'wiki')
    found = {engine: [*packaged(engine, tmp_path)][-1] for engine in ('apache', 'nginx')}
    assert {case.kind for case in found.values()} == {'documentation'}
    assert found['apache'].text == 'Require host wiki.example'
    assert found['apache'].origin == 'wiki/usr/share/doc/wiki/html/_sources/deploy.rst'
    assert found['nginx'].text == 'server {\n    listen 81;\n}'


def test_the_files_of_packages_and_their_mutants_are_asked_beside_the_others(
    tmp_path: Path,
) -> None:
    put(FILES, tmp_path / 'packages' / 'wiki')
    put({'mine.conf': SITE.replace('a.example', 'b.example')}, tmp_path / 'mine')
    given = cases('apache', 60, SEED, tmp_path / 'mine', tmp_path / 'packages')
    (text,) = (case.text for case in given if case.kind == 'package' and 'sites' in case.origin)
    assert [line.strip() for line in text.splitlines()][1:] == [
        *('ServerName a.example', '', '</VirtualHost>'),
    ]
    origins = {case.origin for case in given if case.kind not in {'file', 'package'}}
    assert origins >= {'mine.conf', 'wiki/etc/apache2/sites-available/wiki.conf'}
    assert given == cases('apache', 60, SEED, tmp_path / 'mine', tmp_path / 'packages')


def test_a_link_out_of_a_package_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / 'host.conf').write_text('Listen 80\n')
    put(FILES, tmp_path / 'wiki')
    sites = tmp_path / 'wiki' / 'etc/apache2/sites-available'
    (sites / 'out.conf').symlink_to(tmp_path / 'host.conf')
    (sites / 'within.conf').symlink_to('wiki.conf')
    names = [path.name for path in packages.shipped('apache', tmp_path / 'wiki')]
    assert names == ['wiki.conf', 'within.conf', 'copy.conf', '.htaccess']


def test_the_list_names_each_package_once_and_in_order() -> None:
    lines = packages.NAMES.read_text('utf-8').splitlines()
    names = [line for line in lines if not line.startswith('#')]
    assert len(names) > 200
    assert names == sorted(set(names))


def test_the_texts_of_packages_are_measured_apart_and_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, 'FOLDER', tmp_path)
    assert list(texts.sets('apache')) == [texts.SITE]
    put({**FILES, **KEPT}, tmp_path / 'wiki')
    assert list(texts.sets('apache')) == [texts.SITE, texts.PACKAGES, texts.DOCUMENTATION]
    found = [text.text for text in texts.sets('apache')[texts.PACKAGES]]
    assert found == [SITE, FILES['usr/share/wiki/.htaccess']]
    (text,) = texts.sets('nginx')[texts.DOCUMENTATION]
    assert text.text == 'server {\n    listen 81;\n}'
