"""The configurations that packages of Debian bring: which they are, and how to get them.

``packages.txt`` names the packages. They are fetched and unpacked, never installed, and what is
kept of each are its configurations, and the pages of its documentation that show some, in a folder
of its name.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.pages import read_page
from tools import debian

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = Path(__file__).with_name('packages.txt')
FOLDER = Path(__file__).parents[2] / 'build' / 'packages'
# Where a package puts what its server is to read, and examples of it; no templates.
SHIPPED = {
    'apache': (
        *('etc/apache2/*.conf', 'etc/apache2/*-available/*.conf', 'etc/apache2/includes/*.conf'),
        *('etc/*/*apache*.conf', 'usr/share/*/*apache*.conf', 'usr/share/*/apache*/*.conf'),
        *('etc/*/.htaccess', 'usr/share/*/.htaccess', 'usr/share/doc/*/*apache*.conf'),
        *('usr/share/doc/*/examples/**/*apache*.conf', 'usr/share/doc/*/examples/**/*.htaccess'),
        'usr/share/doc/*/examples/**/apache2/**/*.conf',
    ),
    'nginx': (
        *('etc/nginx/nginx.conf', 'etc/nginx/fastcgi.conf', 'etc/nginx/*_params'),
        *('etc/nginx/mime.types', 'etc/nginx/*-utf', 'etc/nginx/koi-*', 'etc/nginx/conf.d/*'),
        *('etc/nginx/sites-available/*', 'etc/nginx/snippets/*', 'etc/*/*nginx*.conf'),
        *('etc/*/nginx/*.conf', 'usr/share/*/*nginx*.conf', 'usr/share/*/nginx/*.conf'),
        *('usr/share/doc/*/*nginx*.conf', 'usr/share/doc/*/examples/**/*nginx*.conf'),
        'usr/share/doc/*/examples/**/nginx/**/*.conf',
    ),
    'uwsgi': (
        *('etc/uwsgi/**/*.ini', 'etc/*/*uwsgi*.ini', 'usr/share/uwsgi/conf/*.ini'),
        *('usr/share/*/*uwsgi*.ini', 'usr/share/*/*/*uwsgi*.ini', 'usr/share/doc/uwsgi*/**/*.ini'),
        *('usr/share/doc/*/examples/**/*uwsgi*.ini', 'usr/share/doc/*/examples/**/uwsgi/**/*.ini'),
    ),
}
PAGES = ('usr/share/doc/**/*.rst', 'usr/share/doc/**/*.md')
# As Sphinx copies its sources, and as Debian packs what is long.
PACKED = tuple(f'{pattern}{suffix}' for pattern in PAGES for suffix in ('', '.txt', '.gz'))


def shipped(engine: str, root: Path) -> list[Path]:
    """Return the files under ``root``, a file system or a part of one, that a server is to read."""
    return _matching(SHIPPED[engine], root)


def pages(root: Path) -> list[Path]:
    """Return the pages of documentation that were kept under ``root``."""
    return _matching(PAGES, root)


def _matching(patterns: Iterable[str], root: Path) -> list[Path]:
    """Return the files under ``root`` that match a pattern; no link that leads out of it."""
    inside = root.resolve()
    found = {path for pattern in patterns for path in root.glob(pattern)}
    return sorted(
        path for path in found if path.is_file() and path.resolve().is_relative_to(inside)
    )


def fetch(folder: Path) -> None:
    """Put the configurations of the packages into ``folder``, of those that it does not have yet.

    Where that cannot be done, standard error says what is missing.
    """
    wanted = [line for line in NAMES.read_text('utf-8').splitlines() if line[:1] not in {'', '#'}]
    missing = [name for name in wanted if not (folder / name).is_dir()]
    if missing and debian.can_download():
        folder.mkdir(parents=True, exist_ok=True)
        sys.stderr.write(f'packages: {len(missing)} of {len(wanted)} are to be fetched\n')
        # In ``folder``, so that what is done is moved into its place at once.
        with tempfile.TemporaryDirectory(dir=folder, prefix='.') as name:
            temporary = Path(name)
            temporary.chmod(0o755)  # apt-get fetches as a user of its own
            for file in debian.download(missing, temporary):
                _keep(file, temporary, folder)
        missing = [name for name in missing if not (folder / name).is_dir()]
    if missing:
        why = 'could not be fetched' if debian.can_download() else 'apt-get is not here'
        sys.stderr.write(f'packages: {len(missing)} of {len(wanted)} are left out, for {why}\n')


def _keep(file: Path, temporary: Path, folder: Path) -> None:
    """Unpack a package, put its configurations into its folder, and forget the rest."""
    name = file.name.partition('_')[0]
    root, kept = temporary / 'root', temporary / name
    kept.mkdir()
    debian.unpack(file, root)
    for engine in SHIPPED:
        for path in shipped(engine, root):
            target = kept / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    for path in _matching(PACKED, root):
        page, target = path.read_bytes(), kept / path.relative_to(root)
        if path.suffix in {'.gz', '.txt'}:
            page = gzip.decompress(page) if path.suffix == '.gz' else page
            target = target.with_suffix('')
        if read_page(target.name, page.decode('utf-8', 'replace')).blocks:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page)
    kept.rename(folder / name)
    shutil.rmtree(root)
    file.unlink()
