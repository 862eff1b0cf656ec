"""Our reader and uWSGI's own make the same options of the same text."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.engines import get_engine
from glance_docs_ext.engines.uwsgi.magic import HOST, PAIR, replace_magic
from glance_docs_ext.engines.uwsgi.placeholders import PLACEHOLDER, names
from glance_docs_ext.engines.uwsgi.sections import SECTION, read_sections
from glance_docs_ext.native import uwsgi
from glance_docs_ext.source import Source
from tests.asked import parsed, require_engine, side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.syntax import Statement

CONFIGURATION = re.compile(r'^\[uwsgi\]\n(.*?)^;end of configuration', re.DOTALL | re.MULTILINE)
SEED = 20261122
MANY = 400

# Text, and the options that uWSGI 2.0 makes of it: a fact each of its ini dialect.
CASES = {
    'plain': ('[uwsgi]\na = 1\n', [('a', '1')]),
    'no equals sign': ('[uwsgi]\nmaster\n', [('master', '')]),
    'no value': ('[uwsgi]\na =\n', [('a', '')]),
    'equals sign in the value': ('[uwsgi]\nenv = A=b=c\n', [('env', 'A=b=c')]),
    'a colon is no equals sign': ('[uwsgi]\na: 1\n', [('a: 1', '')]),
    'comments on their own line': ('[uwsgi]\n# a = 1\n ; b = 2\nc = 3\n', [('c', '3')]),
    'a comment behind a value belongs to it': ('[uwsgi]\na = 4 # x\n', [('a', '4 # x')]),
    'quotes stay': ('[uwsgi]\na = "b c"\n', [('a', '"b c"')]),
    'no continuation by backslash': ('[uwsgi]\na = 1 \\\nb = 2\n', [('a', '1 \\'), ('b', '2')]),
    'no continuation by indentation': ('[uwsgi]\na = 1\n  b\n', [('a', '1'), ('b', '')]),
    'blanks around everything': ('  [uwsgi]\t\n \ta\t =\t 1 \t\n', [('a', '1')]),
    'Windows line ends': ('[uwsgi]\r\na = 1\r\n', [('a', '1')]),
    'a comment behind the header': ('[uwsgi] ; x\na = 1\n', []),
    'blanks inside the brackets': ('[ uwsgi ]\na = 1\n', []),
    'another case': ('[UWSGI]\na = 1\n', []),
    'a byte order mark': ('\ufeff[uwsgi]\na = 1\n', []),
    'no header': ('a = 1\n', []),
    'any last character closes the header': ('[uwsgix\na = 1\n', [('a', '1')]),
    'other sections': ('[x]\na = 1\n[uwsgi]\nb = 2\n[y]\nc = 3\n', [('b', '2')]),
    'a section in two parts': (
        '[uwsgi]\na = 1\n[x]\nb = 2\n[uwsgi]\nc = 3\n',
        [('a', '1'), ('c', '3')],
    ),
    'a percent sign takes its neighbour along': ('[uwsgi]\na = 100% x %Y%%\n', [('a', '100x %')]),
    'a percent sign eats the line end': ('[uwsgi]\na = 1%\nb = 2\n', [('a', '1b = 2')]),
    'also that of a comment': ('[uwsgi]\n# 1%\na = 1\nb = 2\n', [('b', '2')]),
    'a percent sign before a carriage return': (
        '[uwsgi]\r\na = 1%\r\nb = 2\r\n',
        [('a', '1'), ('b', '2')],
    ),
    'a percent sign before a letter of two bytes': ('[uwsgi]\na = 1%é2\n', [('a', '1\udca92')]),
    'placeholders': ('[uwsgi]\na = 5\nb = x%(a)y\n', [('a', '5'), ('b', 'x5y')]),
    'placeholders forward': ('[uwsgi]\nb = x%(a)y\na = 5\n', [('b', 'x5y'), ('a', '5')]),
    'an unknown placeholder stays': ('[uwsgi]\na = %(b)\n', [('a', '%(b)')]),
    'the first option of a name is the placeholder': (
        '[uwsgi]\na = 1\na = 2\nb = x%(a)\n',
        [('a', '1'), ('a', '2'), ('b', 'x1')],
    ),
    'arithmetic': (
        '[uwsgi]\na = 7\nb = %(a * 2)\nc = %(a 1 + 2)\nd = %(a / 2 - 1)\n',
        [('a', '7'), ('b', '14'), ('c', '73'), ('d', '2')],
    ),
    'a placeholder made of a percent sign': (
        '[uwsgi]\na = 1\nb = x%%(a)\n',
        [('a', '1'), ('b', 'x1')],
    ),
    'a placeholder at the front is not replaced twice': (
        '[uwsgi]\na = %(b)\nb = %(c)\nc = 1\n',
        [('a', '%(c)'), ('b', '1'), ('c', '1')],
    ),
    'text behind NUL': ('[uwsgi]\na = 1\x002\nb = 3\n', [('a', '1'), ('b', '3')]),
    'an empty name': ('[uwsgi]\n= 1\n', [('', '1')]),
    'for over nothing': (
        '[uwsgi]\nfor =\na = 1\nendfor =\nb = 2\n',
        [('for', ''), ('endfor', ''), ('b', '2')],
    ),
    'for over words: each line for each of them': (
        '[uwsgi]\nfor = x  y\na = %(_)1%(_)\nb = 2\nendfor =\n',
        [('for', 'x  y'), ('a', 'x1x'), ('a', 'y1y'), ('b', '2'), ('b', '2'), ('endfor', '')],
    ),
    'for a number of times': (
        '[uwsgi]\nfor-times = 2 or so\na = %(_)\nend =\n',
        [('for-times', '2 or so'), ('a', '1'), ('a', '2'), ('end', '')],
    ),
    'a section that is included in a loop knows nothing of it': (
        '[uwsgi]\nfor = x\nini = :o\nc = %(_)\nendfor =\n[o]\na = %(_)\nendfor =\nb = 1\n',
        [
            *[('for', 'x'), ('ini', ':o'), ('a', '%(_)'), ('endfor', ''), ('b', '1'), ('c', 'x')],
            ('endfor', ''),
        ],
    ),
    'an included section': (
        '[uwsgi]\na = 1\nini = :x\nb = 2\n[x]\nc = 3\n',
        [('a', '1'), ('ini', ':x'), ('c', '3'), ('b', '2')],
    ),
    'a variable in a branch': (
        '[uwsgi]\na = 1\nif-opt = a=1\nb = %(a)2\nendif =\n',
        [('a', '1'), ('if-opt', 'a=1'), ('b', '12'), ('endif', '')],
    ),
}


def ours(text: str) -> list[tuple[str, str]]:
    """Return our options; none where we read a section that uWSGI does not, to judge it too."""
    if SECTION not in read_sections(replace_magic(text), inside=False).lines:
        return []
    document = get_engine('uwsgi').parse(Source(text, 'f'), 'file')
    return [(s.key, s.arguments[0].text if s.arguments else '') for s in document.statements]


def as_printed(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return options as the engine prints them: bytes that are no UTF-8 read as U+FFFD."""
    return [(_printed(name), _printed(value)) for name, value in found]


def _printed(text: str) -> str:
    return text.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')


def theirs(texts: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Return the options that the engine applies for each text, in its order."""
    require_engine('uwsgi')
    return side_by_side(_applied, texts)


def _applied(text: str) -> list[tuple[str, str]]:
    run = uwsgi.ask(parsed('uwsgi', text, 'file'), purpose=('--show-config', '--no-server'))
    configuration = CONFIGURATION.search(run.output)
    assert configuration, run
    lines = configuration[1].split('\n')[:-1]
    own = lines.index(f'ini = {uwsgi.BLOCK}') + 1
    found = (line.partition(' = ') for line in lines[own:])
    return [(name, value) for name, _, value in found]


@pytest.mark.parametrize('case', CASES)
def test_a_text_gives_these_options(case: str) -> None:
    text, wanted = CASES[case]
    assert ours(text) == wanted


def test_uwsgi_itself_makes_the_same_options_of_the_same_texts() -> None:
    answers = theirs([text for text, _ in CASES.values()])
    assert dict(zip(CASES, answers, strict=True)) == {
        case: as_printed(wanted) for case, (_, wanted) in CASES.items()
    }


def some_text(dice: random.Random) -> str:
    """Return a text made of what the dialect treats in its own way, and of nothing that acts."""
    lines = ['[uwsgi]'] * dice.choice([0, 1, 1, 1, 1, 1])
    for _ in range(dice.randrange(1, 9)):
        name = dice.choice(['a', 'b', 'c c', 'env', 'x-1', '', 'é', 'add-header'])
        value = ''.join(dice.choice(PIECES) for _ in range(dice.randrange(5)))
        lines.append(dice.choice(LINES).format(name=name, value=value))
    return dice.choice(['\n', '\n', '\n', '\r\n']).join(lines) + '\n'


PIECES = [
    *(
        '1',
        '2',
        'abc',
        ' ',
        '\t',
        '=',
        '"',
        "'",
        '#',
        ' # x',
        ' ; y',
        '\\',
        ':',
        'é',
        '\x00',
        '[',
        ']',
    ),
    *(
        '%',
        '%%',
        '%%%',
        '%[',
        '%Z',
        '%é',
        '% ',
        '%(a)',
        '%(b)',
        '%(a + 1)',
        '%(b a)',
        '%%(a)',
        '%(',
    ),
    *('%(a', ')', '(', '%(a * b)', '%(x-1 ++)', '%(zz)'),
]
LINES = [
    *('{name} = {value}', '{name}={value}', ' {name} = {value} ', '{name}', '\t{name}\t=\t{value}'),
    *(
        '{name}: {value}',
        '# {value}',
        ';{value}',
        '',
        '   ',
        '[uwsgi]',
        '[other]',
        '[uwsgi] {value}',
    ),
    *('[uwsgi{value}', '[{value}', 'for = one', 'for =', 'endfor =', 'ini = :other', '{value}'),
    *('for = one  two', 'for-times = 2', 'for-times = 0', 'end =', '{name} = {value}%(_)%(_)'),
]


def test_uwsgi_makes_the_same_options_of_many_more_texts() -> None:
    dice = random.Random(SEED)
    texts: list[str] = []
    while len(texts) < MANY:
        text = some_text(dice)
        if comparable(text):
            texts.append(text)
    wanted = theirs(texts)
    differ = [
        (text, as_printed(ours(text)), engine)
        for text, engine in zip(texts, wanted, strict=True)
        if as_printed(ours(text)) != engine
    ]
    assert differ[:5] == []
    assert sum(len(options) for options in wanted) > MANY  # most texts say something


def comparable(text: str) -> bool:
    """Whether the engine survives the text and means nothing of the host.

    An ``if`` inside a ``for`` ends it; placeholders that lead in a circle and sections that include
    themselves never end. A section that is included twice we read once.
    """
    if any(pair[1] in HOST for pair in PAIR.finditer(text)):
        return False
    document = get_engine('uwsgi').parse(Source(text, 'f'), 'file')
    kinds = {problem.kind for problem in document.problems}
    if kinds & {'nested-logic', 'fault-in-branch'} or len(list(document.named('ini'))) > 1:
        return False
    # An expression with an unknown name is left alone by us: the command line may set the name.
    if any(' ' in key for s in document.statements for key in left(s)):
        return False
    leads: dict[str, set[str]] = {}
    for statement in document.statements:
        leads.setdefault(statement.key, set()).update(names(statement.rest.text))
    return not any(key in reachable(key, leads) for key in leads)


def left(statement: Statement) -> list[str]:
    """Return the placeholders of a value that were not replaced."""
    return PLACEHOLDER.findall(statement.arguments[0].text) if statement.arguments else []


def reachable(key: str, leads: dict[str, set[str]]) -> set[str]:
    """Return the names that a value depends on, directly or not."""
    found: set[str] = set()
    pending = list(leads.get(key, ()))
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += leads.get(name, ())
    return found
