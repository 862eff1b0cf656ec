"""The command line and the Sphinx builder find the same on the same pages, at the same places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from glance_docs_ext.cli import main
from tests.sphinx.small_project import SmallProject

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

UWSGI = """\
.. code-block:: ini

   [uwsgi]
   http-socket = 127.0.0.1:60999
   proceses = 4
"""
APACHE = """\
.. code-block:: apache

   <VirtualHost *:80>
       ProxyPass / uwsgi://127.0.0.1:60999/
       ProxyPas / http://127.0.0.1/
   </VirtualHost>
"""

PAGES = {
    'pair.rst': f'Pair\n====\n\n{UWSGI}\n{APACHE}',
    'deployments.rst': (
        'Deployments\n===========\n\n.. config-block:: uwsgi\n   :deployment: a\n\n'
        '   [uwsgi]\n   http-socket = 127.0.0.1:60999\n\n'
        '.. config-block:: apache\n   :deployment: b\n\n   ProxyPass / uwsgi://127.0.0.1:60999/\n'
    ),
    'across.rst': (
        'Across\n======\n\n.. config-block:: apache\n   :deployment: a\n\n'
        '   ProxyPass /x uwsgi://127.0.0.1:60999/\n'
    ),
    'expected.rst': (
        'Expected\n========\n\n.. config-block:: nginx\n   :expect: CFG201 CFG202\n\n'
        '   lisen 80;\n\n.. config-block:: nginx\n   :expect: CFG201\n\n   listen 80;\n'
    ),
    'unchecked.rst': (
        'Unchecked\n=========\n\n.. configcheck: unchecked because it is ours\n\n'
        '.. code-block:: nginx\n\n   lisen 80;\n\n.. config-block:: nginx\n   :unchecked: also\n\n'
        '   lisen 80;\n\n.. config-block:: nginx\n   :unchecked:\n\n   lisen 80;\n'
    ),
    'misused.rst': (
        'Misused\n=======\n\n.. config-block:: lighttpd\n\n   server.port = 80\n\n'
        '.. config-block:: nginx\n   :context: table\n   :expect: XYZ1\n\n   listen 80;\n\n'
        '.. config-block:: nginx\n'
    ),
    'files.rst': (
        'Files\n=====\n\n.. config-block:: nginx\n   :file: shown.conf\n\n'
        '.. config-block:: nginx\n   :file: missing.conf\n\n'
        '.. literalinclude:: shown.conf\n   :language: nginx\n   :lines: 3-\n\n'
        '.. include:: part.inc\n'
    ),
    'copies.rst': (
        'Copies\n======\n\n.. config-block:: nginx\n   :matches: shown.conf\n\n'
        '   # shown\n   listen 1;\n\n'
        '.. config-block:: nginx\n   :matches: missing.conf\n\n   listen 1;\n'
    ),
    'places.rst': (
        'Places\n======\n\n* Item\n\n  .. code-block:: nginx\n\n     lisen 1;\n\n'
        '  1. .. code-block:: nginx\n\n        lisen 2;\n\n'
        '.. note:: Text\n\n   .. code-block:: nginx\n      :caption: Caption\n\n      lisen 3;\n\n'
        '.. list-table::\n\n   * - .. code-block:: nginx\n\n          lisen 4;\n     - x\n\n'
        'Term\n    .. code-block:: nginx\n\n       lisen 5;\n\n'
        '.. code-block:: nginx\n\n\tserver {\n\t\tlisen 6;\n\t}\n\n'
        '.. highlight:: nginx\n\nExample::\n\n    lisen 7;\n\n::\n\n   lisen 8;\n\n'
        '.. code-block:: nginx\n   :dedent: 2\n\n     lisen 9;\n'
    ),
    'hidden.rst': (
        'Hidden\n======\n\nText\n.. code-block:: nginx\n\n   lisen 1;\n\n'
        'Example::\n\n   .. code-block:: nginx\n\n      lisen 2;\n\n'
        '.. code-block:: rst\n\n   .. code-block:: nginx\n\n      lisen 3;\n\n'
        '.. comment\n   .. code-block:: nginx\n\n      lisen 4;\n\n'
        '.. code-block:: nginx\n   lisen 5;\n\n'
        '.. parsed-literal::\n\n   lisen 6;\n'
    ),
    'removed.rst': (
        'Removed\n=======\n\n.. versionremoved:: 32.0.0\n\n   The ``glance-wsgi-api`` script.\n\n'
        '.. code-block:: apache\n\n   WSGIChunkedRequest On\n'
        '   WSGIScriptAlias / /usr/bin/glance-wsgi-api\n'
    ),
    'history.rst': (
        'History\n=======\n\n.. version-timeline::\n\n'
        '.. versionadded:: 15.0.0\n\n   Text.\n\n   .. versionchanged:: 1.0\n\n'
        '.. versionchanged:: 30.0.0 (2025.1, Epoxy)\n   More.\n\n'
        '.. include:: older.inc\n\n'
        '.. versionremoved:: 32.0.0\n\n.. comment\n\n.. versionadded:: 3.0.0\n\n'
        'Text.\n\n.. versionadded:: Victoria\n\n.. versionadded:: 21.0.0 (Wallaby)\n\n'
        '.. versionadded:: 21.0.0 (Wallaby) it was\n\n.. versionadded:: 999.0\n\n'
        '- .. versionadded:: 5.0.0\n- .. versionadded:: 7.0.0\n- .. versionadded:: 6.0.0\n'
    ),
    'timelines.rst': (
        'Timelines\n=========\n\n.. version-timeline::\n\n'
        '.. version-timeline::\n   :pages: history gone /fences\n\n'
        '.. version-timeline::\n   :pages: pair deployments\n\n'
        '.. version-timeline::\n   :project:\n'
    ),
    'past.md': (
        '# History\n\n```{versionadded} 15.0.0\nText.\n```\n\n```{versionchanged} 30.0.0\n```\n'
        '```{versionchanged} 21.0.0\n```\n\n```{versionchanged} 32.0.0\n```\n\n'
        '- x\n\n```{versionadded} Xena\n```\n\n````{note}\n```{versionadded} 1\n```\n````\n\n'
        '```{version-timeline}\n:pages: nowhere\n```\n'
    ),
    'roles.rst': (
        'Roles of :uwsgi:option:`mstr`\n=============================\n\n'
        'Text :uwsgi:option:`harakiri = 60`, (:uwsgi:option:`harakiri`) and\n'
        'a ``:uwsgi:option:`literl```, :uwsgi:option:`!nothing`, :uwsgi:option:`the\n'
        'word <procesess>`, x:uwsgi:option:`nospace`, :term:`x`.\n\n'
        '* - :apache:directive:`ProxyPas`\n\n:field: :nginx:directive:`lisen`\n\n'
        '.. note:: An :uwsgi:option:`nonsens`\n   and :uwsgi:option:`vacuum`\n\n'
        '.. versionadded:: 1.0\n\n   With :uwsgi:option:`lazy-apps`.\n\n'
        '   - Or :uwsgi:option:`need-app`.\n\n'
        '+-----------------------------+\n| :uwsgi:option:`cheapr`      |\n'
        '+-----------------------------+\n\n'
        '==============================  ==\n:uwsgi:option:`cheeper`         x\n'
        '==============================  ==\n\n'
        '.. a comment :uwsgi:option:`coment`\n\n::\n\n   :uwsgi:option:`verbatim`\n\n'
        '.. code-block:: rst\n\n   :uwsgi:option:`shwn`\n\n'
        f'.. [1] :uwsgi:option:`footnot`\n\n{UWSGI}\n'
        '.. config-block:: uwsgi\n   :unchecked: why\n\n   [uwsgi]\n   vacuum = true\n'
    ),
    'myst.md': (
        '# Roles {uwsgi:option}`mstr`\n\nText {uwsgi:option}`harakiri = 60` and\n'
        '`` {uwsgi:option}`x` ``, {uwsgi:option}`!no`, *{nginx:directive}`lisen`*.\n\n'
        '    {uwsgi:option}`indentd`\n\n```{note}\nA {uwsgi:option}`nonsens`\n```\n\n'
        '```{versionadded} 1.0\n{uwsgi:option}`lazy-apps`\n```\n\n'
        '- {uwsgi:option}`vacuum`\n\n> {apache:directive}`ProxyPas`\n\n'
        '```{config-block} uwsgi\n[uwsgi]\nmaster = true\n```\n\n'
        '% {uwsgi:option}`coment`\n'
    ),
    'versions.rst': (
        'Versions\n========\n\n.. config-block:: nginx\n   :version: 1.22.1\n\n'
        '   server {\n       http2 on;\n   }\n\n'
        '.. config-block:: uwsgi\n   :version: latest\n\n   [uwsgi]\n   max-requests-delta = 1\n\n'
        '.. config-block:: apache\n   :version: 2.2\n\n   KeepAlive On\n\n'
        '.. code-block:: ini\n\n   [uwsgi]\n   py-call-uwsgi-fork-hooks = true\n'
    ),
    'modules.rst': (
        'Modules\n=======\n\n.. code-block:: console\n\n   # a2enmod proxy\n\n'
        '.. code-block:: apache\n\n   ProxyPass / http://127.0.0.1:9292/ disablereuse=On\n'
        '   ProxyPassReverse / http://127.0.0.1:9292/\n   Header set A b\n'
    ),
    'fences.md': (
        '# Fences\n\n```nginx\nlisen 1;\n```\n\n- Item\n\n  ~~~nginx\n  lisen 2;\n  ~~~\n\n'
        '````{note}\n```{code-block} nginx\n:caption: Caption\n\nlisen 3;\n```\n````\n\n'
        '```{config-block} apache\n:context: vhost\n\nListen 80\n```\n\n'
        '```{eval-rst}\n.. code-block:: nginx\n\n   lisen 4;\n```\n\n'
        '% configcheck: unchecked because it is ours\n\n```nginx\nlisen 5;\n```\n\n'
        '````\n```nginx\nlisen 6;\n```\n````\n\n<!--\n```nginx\nlisen 7;\n```\n-->\n'
    ),
}
EXTRA = {
    'older.inc': '.. versionchanged:: 21.0.0\n\n   Text.\n',
    'shown.conf': '# shown\nlisen 1;\nlisen 2;\n',
    'part.inc': '.. code-block:: nginx\n\n   x;\n',
}


class Found(NamedTuple):
    """What is told of a finding."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    message: str
    help: str


def told(items: list[dict[str, object]]) -> set[Found]:
    return {Found(**{name: item[name] for name in Found._fields}) for item in items}  # type: ignore[arg-type]  # they are as promised


@pytest.fixture
def project(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> SmallProject:
    """Return a project with all pages."""
    project = SmallProject(
        tmp_path.resolve() / 'source', make_app, extensions=('glance_docs_ext', 'myst_parser')
    )
    for name, text in {**PAGES, **EXTRA}.items():
        project.add(name, text)
    names = '\n'.join(f'   {Path(name).stem}' for name in sorted(PAGES))
    project.add('index.rst', f'Index\n=====\n\n.. toctree::\n\n{names}\n')
    return project


def test_the_builder_and_the_command_line_agree_on_every_page(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project.folder)
    built = project.build(
        'configcheck', configcheck_releases='glance', configcheck_versions={'uwsgi': '2.0.20'}
    )
    by_sphinx = told([json.loads(line) for line in built.text('output.json').splitlines()])
    capsys.readouterr()
    known = ['--releases', 'glance', '--engine-version', 'uwsgi=2.0.20']
    assert main(['check', '.', '--format', 'json', *known]) == 1
    by_us = told(json.loads(capsys.readouterr().out))
    assert by_us - by_sphinx == set()
    assert by_sphinx - by_us == set()
    # Were it nothing, they would agree too.
    assert {found.path for found in by_us} == {*PAGES, *EXTRA} - {'hidden.rst', 'deployments.rst'}
