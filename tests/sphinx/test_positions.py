"""A fault in a block is told at its own line and column, whatever the block stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sphinx.small_project import SmallProject

FAULT = 'lisen'  # a misspelt directive of nginx: each one in the files below is one finding
BLOCK = 'server {\n    lisen 80;\n}\n'


@dataclass(frozen=True)
class Case:
    """The files of a project; ``index.rst`` or ``index.md`` is its page."""

    files: dict[str, str | bytes]
    extensions: tuple[str, ...] = ()
    conf: dict[str, Any] = field(default_factory=dict)
    hidden: frozenset[tuple[str, int]] = frozenset()
    """Lines with the fault that no page shows, as file and line."""


def indented(text: str, by: str = '   ') -> str:
    return ''.join(f'{by}{line}' if line.strip() else line for line in text.splitlines(True))


def page(text: str, **more: str | bytes) -> Case:
    return Case({'index.rst': text, **more})


def markdown(text: str) -> Case:
    return Case({'index.md': text}, extensions=('myst_parser',))


CODE = f'.. code-block:: nginx\n\n{indented(BLOCK)}'
OTHER = CODE.replace('80', '81')
OPTIONS = (
    f'.. code-block:: nginx\n   :caption: server\n   :linenos:\n   :name: a\n\n{indented(BLOCK)}'
)
ALIKE = f'{CODE}\ntext\n\n{CODE}\ntext\n\n{OPTIONS}\n'

CASES = {
    'a code block': page(f'Title\n=====\n\n{CODE}'),
    'a config-block': page(f'.. config-block:: nginx\n   :caption: x\n\n{indented(BLOCK)}'),
    'equal blocks one after the other': page(ALIKE),
    'equal blocks on one page and in a file it includes': page(
        f'{CODE}\n.. include:: part.txt\n\n{CODE}', **{'part.txt': ALIKE}
    ),
    'the highlighted language': page(f'.. highlight:: nginx\n\nText::\n\n{indented(BLOCK)}'),
    'an expanded literal block': page(f'.. highlight:: nginx\n\n::\n\n{indented(BLOCK)}'),
    'the language of the project': Case(
        {'index.rst': f'Text::\n\n{indented(BLOCK)}'}, conf={'highlight_language': 'nginx'}
    ),
    'a list': page(f'* one\n\n  1. two\n\n{indented(CODE, "     ")}\n     more\n'),
    'an admonition': page(f'.. note::\n\n   .. tip:: Text\n\n{indented(CODE, "      ")}'),
    'a definition': page(f'Term\n  Text\n\n{indented(CODE, "  ")}'),
    'a field': page(f':Field: Text\n\n{indented(CODE, "   ")}'),
    'a block quote': page(f'Text\n\n    Quoted\n\n{indented(CODE, "    ")}'),
    'a list table': page(
        f'.. list-table::\n\n   * - one\n     - two\n   * - three\n\n{indented(CODE, "       ")}'
        f'     - four\n\n{indented(CODE, "       ")}'
    ),
    'a grid table': page(
        '+------------------------+------------------------+\n'
        '| .. code-block:: nginx  | .. code-block:: nginx  |\n'
        '|                        |                        |\n'
        '|    server {            |    server {            |\n'
        '|      lisen 80;         |                        |\n'
        '|    }                   |      lisen 80;         |\n'
        '|                        |    }                   |\n'
        '+------------------------+------------------------+\n'
    ),
    'a tab of sphinx-tabs': Case(
        {
            'index.rst': (
                f'.. tabs::\n\n   .. tab:: One\n\n{indented(CODE, "      ")}\n'
                f'   .. group-tab:: Two\n\n{indented(CODE, "      ")}\n'
                f'   .. code-tab:: nginx Three\n\n{indented(BLOCK, "      ")}'
            )
        },
        extensions=('sphinx_tabs.tabs',),
    ),
    'only for a tag': page(f'.. only:: html\n\n{indented(CODE)}'),
    'a version note': page(f'.. versionadded:: 1.0 (First)\n\n   Text\n\n{indented(CODE)}'),
    'tabs in front and inside': page('.. code-block:: nginx\n\n\tserver {\n\t\tlisen\t80;\n\t}\n'),
    'a tab before the fault': page(
        '.. code-block:: nginx\n\n   server {\troot\t/x;\tlisen 80; }\n'
    ),
    'lines that end with CR LF': page(f'Text\n\n{CODE}'.replace('\n', '\r\n')),
    'a byte order mark': Case({'index.rst': b'\xef\xbb\xbf' + CODE.encode()}),
    'letters beyond ASCII': page('.. code-block:: nginx\n\n   # é漢字\n   root "é漢"; lisen 80;\n'),
    'blank lines and blanks at the end': page(
        '.. code-block:: nginx\n\n\n   server {   \n\n   \n       lisen 80;  \n   }\n\n\n'
    ),
    'dedent': page(
        f'.. code-block:: nginx\n   :dedent: 4\n\n       gzip on;\n{indented(BLOCK, "       ")}'
    ),
    'an included page': page('.. include:: a/part.txt\n', **{'a/part.txt': f'Text\n\n{CODE}'}),
    'a page included twice removed': page(
        '* x\n\n  .. include:: a/b.txt\n',
        **{'a/b.txt': f'{CODE}\n.. include:: c.txt\n', 'c.txt': f'Text\n\n{CODE}'},
    ),
    'included from a line on': Case(
        {
            'index.rst': '.. include:: part.txt\n   :start-line: 8\n',
            'part.txt': f'Text\n\n{CODE}\nText\n\n{CODE}',
        },
        hidden=frozenset({('part.txt', 6)}),
    ),
    'included after a text': Case(
        {
            'index.rst': '.. include:: part.txt\n   :start-after: begin\n   :end-before: .. end',
            'part.txt': f'Text\n\n{CODE}\n.. begin\n\nText\n\n{CODE}\n.. end\n\n{CODE}',
        },
        hidden=frozenset({('part.txt', 6), ('part.txt', 24)}),
    ),
    'two parts of one file': Case(
        {
            'index.rst': (
                '.. include:: part.txt\n   :start-after: .. one\n   :end-before: .. two\n\n'
                '.. include:: part.txt\n   :start-after: .. three\n'
            ),
            'part.txt': f'.. one\n\n{OTHER}\n.. two\n\n{CODE}\n.. three\n\n{CODE}',
        },
        hidden=frozenset({('part.txt', 14)}),
    ),
    'literalinclude': page(
        '.. literalinclude:: site.conf\n   :language: nginx\n', **{'site.conf': f'# x\n{BLOCK}'}
    ),
    'literalinclude with tabs': page(
        '.. literalinclude:: site.conf\n   :language: nginx\n',
        **{'site.conf': 'server {\n\tlisten\t80;\n\troot\t/x;\tlisen 80;\n}\n'},
    ),
    'literalinclude of some lines': Case(
        {
            'index.rst': (
                '.. literalinclude:: site.conf\n   :language: nginx\n   :lines: 1, 3-\n'
                '   :prepend: # the beginning\n   :append: # the end\n   :dedent: 2\n'
            ),
            'site.conf': '  server {\n    lisen 80;\n    root /x;\n    lisen 81;\n  }\n',
        },
        hidden=frozenset({('site.conf', 2)}),
    ),
    'docutils includes code': page(
        '.. include:: site.conf\n   :code: nginx\n', **{'site.conf': f'# x\n{BLOCK}'}
    ),
    'a file': page(
        '.. config-block:: nginx\n   :file: conf/site.conf\n', **{'conf/site.conf': f'# x\n{BLOCK}'}
    ),
    'a file with tabs and CR LF': page(
        '.. config-block:: nginx\n   :file: /site.conf\n',
        **{'site.conf': 'server {\r\n\tlisen\t80;\r\n\troot /x;\tlisen 81;\r\n}\r\n'},
    ),
    'a file that is dedented': page(
        '.. config-block:: nginx\n   :file: site.conf\n   :dedent: 2\n',
        **{'site.conf': '  server {\n    lisen 80;\n  }\n'},
    ),
    'a fence': markdown(f'# Title\n\n```nginx\n{BLOCK}```\n'),
    'a fence with tabs': markdown(
        '# Title\n\n```nginx\nserver {\n\troot\t/x;\tlisen 80;\n}\n```\n'
    ),
    'a fence in a list': markdown(
        f'* one\n\n  * two\n\n{indented(f"```nginx{chr(10)}{BLOCK}```", "    ")}\n'
    ),
    'a fence in a quotation': markdown(
        '> Text\n>\n> ```nginx\n> server {\n>     lisen 80;\n> }\n> ```\n'
    ),
    'a directive in Markdown': markdown(
        f'# Title\n\n```{{code-block}} nginx\n:caption: x\n\n{BLOCK}```\n\n'
        f'```{{config-block}} nginx\n{BLOCK}```\n'
    ),
    'nested directives in Markdown': markdown(
        f'# Title\n\n`````{{note}}\n````{{tip}}\nText\n\n```nginx\n{BLOCK}```\n````\n`````\n'
    ),
    'reStructuredText in Markdown': markdown(f'# Title\n\n```{{eval-rst}}\nText\n\n{CODE}```\n'),
}


def places(folder: Path, case: Case) -> list[str]:
    """Return where the files have the fault, as findings name it."""
    found = []
    for name in case.files:
        text = (folder / name).read_bytes().decode('utf-8-sig')
        for number, line in enumerate(text.split('\n'), 1):
            if (name, number) not in case.hidden:
                columns = (match.start() + 1 for match in re.finditer(FAULT, line))
                found += [f'{name}:{number}:{column} CFG201' for column in columns]
    return found


@pytest.mark.parametrize('case', CASES.values(), ids=CASES)
def test_a_fault_is_told_at_its_own_place_in(case: Case, project: SmallProject) -> None:
    for name, content in case.files.items():
        project.add(name, content)
    project.extensions += case.extensions
    built = project.build(
        'text', exclude_patterns=[name for name in case.files if 'index' not in name], **case.conf
    )
    expected = places(project.folder, case)
    assert expected
    assert sorted(built.findings) == sorted(expected), built.warnings
