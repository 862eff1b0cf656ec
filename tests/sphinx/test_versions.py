"""``configcheck_versions`` and ``:version:``: the version that a project or a block is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from tests.sphinx.small_project import SmallProject

BLOCK = '.. code-block:: ini\n\n   [uwsgi]\n   max-requests-delta = 10\n\n'
TOLD = '.. config-block:: nginx\n   :version: 1.22.1\n\n   server {\n       http2 on;\n   }\n\n'


def test_the_project_says_which_versions_it_is_for(project: SmallProject) -> None:
    project.write(index=BLOCK)
    assert project.build().findings == []
    older = {'uwsgi': '2.0.21'}
    assert project.build(configcheck_versions=older).findings == ['index.rst:4:4 CFG204']
    assert project.build(configcheck_versions=older).findings == ['index.rst:4:4 CFG204']
    assert project.build().findings == []


def test_a_block_says_its_own_version(project: SmallProject) -> None:
    project.write(index=TOLD + TOLD.replace('1.22.1', '1.26.3'))
    assert project.build().findings == ['index.rst:5:8 CFG204']
    assert project.build(configcheck_versions={'nginx': '1.28.0'}).findings == [
        'index.rst:5:8 CFG204'
    ]


def test_blocks_of_a_named_deployment_are_read_as_their_version(project: SmallProject) -> None:
    text = (
        '.. config-block:: apache\n   :deployment: a\n   :version: 2.4.57\n\n'
        '   <IfVersion >= 2.4.58>\n   ProxyPass / uwsgi://127.0.0.1:9292/\n   </IfVersion>\n\n'
        '.. config-block:: uwsgi\n   :deployment: a\n\n   [uwsgi]\n'
        '   http-socket = 127.0.0.1:9292\n'
    )
    project.write(index=text)
    assert project.build().findings == []
    project.write(index=text.replace('2.4.57', '2.4.58'))
    assert 'index.rst:6:16 DEP601' in project.build().findings


@pytest.mark.parametrize('version', ['old', '1.18.0'])
def test_a_wrong_version_of_a_block_is_reported_at_its_place(
    project: SmallProject, version: str
) -> None:
    project.write(index=TOLD.replace('1.22.1', version))
    built = project.build()
    assert built.findings == ['index.rst:2:5 CFG604']
    assert ':version:' in built.warnings[0]


@pytest.mark.parametrize('given', [{'nginx': '1.18'}, {'lighttpd': '1.4'}, {'uwsgi': 2.0}, ['x']])
def test_a_wrong_setting_stops_the_build_with_words(project: SmallProject, given: object) -> None:
    project.write(index=BLOCK)
    with pytest.raises(ConfigError, match='configcheck_versions: '):
        project.build(configcheck_versions=given)
