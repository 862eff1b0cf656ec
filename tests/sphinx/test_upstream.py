"""The page that started it: a project that only names the extension is told what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

ROOT = Path(__file__).parent / 'roots' / 'test-upstream'

EXPECTED = [
    ('http-auto-chunked', 'UWS401', 'warning'),
    ('http-chunked-input', 'UWS401', 'warning'),
    ('http-raw-body', 'UWS401', 'warning'),
    ('chmod-socket', 'UWS402', 'info'),
    ('python\n', 'UWS403', 'info'),
    ('exit-on-reload', 'UWS404', 'warning'),
    ('die-on-term', 'DEP405', 'warning'),
    ('ProxyPreserveHost', 'DEP401', 'info'),
    ('uwsgi://127.0.0.1:60999/', 'DEP402', 'warning'),
    ('uwsgi://127.0.0.1:60999/', 'DEP431', 'info'),
    ('uwsgi://127.0.0.1:60999/', 'DEP601', 'error'),
    ('ProxyPassReverse', 'DEP401', 'info'),
    ('ProxyAddHeaders', 'DEP401', 'info'),
    ('WSGIScriptAlias', 'DEP403', 'warning'),
    ('WSGIScriptAlias', 'DEP431', 'info'),
    ('/usr/local/bin/glance-wsgi-api', 'DEP301', 'error'),
]
"""What stands at the place of each finding, its code and its severity: these and no others."""


@pytest.fixture
def app(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SphinxTestApp:
    folder = tmp_path / 'source'
    copytree(ROOT, folder)
    app = make_app('configcheck', srcdir=folder)
    app.build()
    return app


def test_each_fault_of_the_page_is_one_finding_at_its_place(app: SphinxTestApp) -> None:
    lines = (app.srcdir / 'index.rst').read_text().splitlines(True)
    rows = (app.outdir / 'output.json').read_text().splitlines()
    found = [json.loads(row) for row in rows]
    at_place = [
        (lines[one['line'] - 1][one['column'] - 1 :], one['code'], one['severity']) for one in found
    ]
    assert [item[1:] for item in at_place] == [item[1:] for item in EXPECTED]
    for (text, *_), (start, *_) in zip(at_place, EXPECTED, strict=True):
        assert text.startswith(start)
    assert app.statuscode == 1


def test_the_two_sides_of_a_mismatch_are_named(app: SphinxTestApp) -> None:
    rows = (app.outdir / 'output.json').read_text().splitlines()
    (mismatch,) = (one for one in map(json.loads, rows) if one['code'] == 'DEP601')
    listener, header = mismatch['related']
    lines = (app.srcdir / 'index.rst').read_text().splitlines()
    assert lines[listener['line'] - 1].strip() == 'http-socket = 127.0.0.1:60999'
    assert lines[header['line'] - 1].strip() == 'add-header = Connection: close'
    assert '502 at random' in header['message']
