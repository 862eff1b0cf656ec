"""What uWSGI in strict mode refuses is an error for us, and what it accepts is none."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines import get_engine
from glance_docs_ext.native import uwsgi
from glance_docs_ext.rules import all_rules
from glance_docs_ext.source import Source
from tests.asked import parsed, require_engine, side_by_side

SEED = 20261122
MANY = 400
CONFIGS = Path(__file__).parent / 'configs' / 'uwsgi'
# Refused when sockets, workers, caches, loggers and routes are made, behind the parser.
AT_START = {'UWS406', 'UWS415', 'UWS416', 'UWS420', 'UWS422', 'UWS602'}
STARTED = ('--strict', '--no-server')
CATALOGUE = get_engine('uwsgi').catalogue

# Options that only set something, by setter; none acts while the file is read.
NUMBERS = ['processes', 'workers', 'threads', 'harakiri', 'buffer-size', 'max-requests', 'limit-as']
NUMBERS += [
    'socket-timeout',
    'http-timeout',
    'http-keepalive',
    'worker-reload-mercy',
    'post-buffering',
]
FLAGS = [
    'master',
    'vacuum',
    'die-on-term',
    'lazy-apps',
    'need-app',
    'thunder-lock',
    'http-raw-body',
]
TEXTS = [
    'module',
    'chdir',
    'env',
    'add-header',
    'procname-prefix',
    'callable',
    'wsgi-file',
    'logger',
]
SOCKETS = ['socket', 'http-socket', 'uwsgi-socket', 'http', 'stats', 'shared-socket']
PARTS = ['static-map', 'chmod-socket', 'set-placeholder', 'logfile-chmod', 'static-expires']
VALUES = {
    'number': ['4', '0', '65535', 'auto', '64k', '-1', '-', '3000000000', '4 # x', '"4"', '', '%k'],
    'flag': ['true', 'false', '1', '', 'treu', 'off ; x', '"true"', '0'],
    'text': ['a', 'A=b', 'X: y', '/srv/x', "'q'", 'a # b', '100%% x', '50% x', '%(zz)', ''],
    'socket': [':0', '127.0.0.1:1', '/tmp/x', 'unix:/x', '::1:2', '', '"', '9292', ':99999'],
    'part': ['a=b', '/x=/y', '666', '0666', '1', 'rw', '', 'zz=1', 'a b', '^x 30', '78'],
}  # fmt: skip


def some_text(dice: random.Random) -> str:
    """Return a configuration that is right, but for one or two faults of the kinds people make."""
    lines = []
    for _ in range(dice.randrange(1, 6)):
        kind = dice.choice(list(VALUES))
        name = dice.choice(NAMES[kind])
        lines.append(f'{name} = {dice.choice(VALUES[kind])}')
    for _ in range(dice.choice([0, 0, 1, 2])):
        fault = dice.choice(FAULTS)
        number = dice.randrange(len(lines))
        lines[number] = fault(lines[number], dice)
    return '[uwsgi]\n' + '\n'.join(lines) + '\n'


Fault = Callable[[str, random.Random], str]
NAMES = {'number': NUMBERS, 'flag': FLAGS, 'text': TEXTS, 'socket': SOCKETS, 'part': PARTS}
FAULTS: list[Fault] = [
    lambda line, _: line.replace(' = ', ': '),
    lambda line, _: line.replace('-', '_'),
    lambda line, _: line.capitalize(),
    lambda line, _: line[1:],
    lambda line, dice: line[: dice.randrange(len(line))] or 'x',
    lambda line, _: line + '%',
    lambda line, _: line + ' \\',
    lambda line, _: f'{line}\n    and more',
    lambda line, _: f'if-env = HOME\n{line}\nendif =',
    lambda line, _: f'if-not-env = HOME\n{line}\nbogus = 1\nendif =',
    lambda line, _: f'for = a b\n{line}\nendfor =',
    lambda line, _: f'for =\nbogus\n{line}\nendfor =',
    lambda line, _: f'for = a\nif-env = HOME\n{line}\nendif =\nendfor =',
    lambda line, _: f'own = 1\nchdir = %(own)\n{line}',
    lambda line, _: f'[other]\n{line}\nbogus = 1\n[uwsgi]',
    lambda line, _: f'--{line}',
    lambda line, _: f'{line}\nend =',
]


def refused(text: str) -> bool:
    """Whether one of our findings is an error of reading the file."""
    found = check(Source(text, 'app.ini'), 'uwsgi', 'file').diagnostics
    return any(d.severity is Severity.ERROR and d.code not in AT_START for d in found)


def engine_refuses(texts: Sequence[str]) -> list[bool]:
    """Whether strict mode refuses each text as it stands, for whatever reason."""
    require_engine('uwsgi')
    runs = side_by_side(lambda text: uwsgi.ask(parsed('uwsgi', text, 'file')), texts)
    assert [run for run in runs if run.stopped or run.signal] == []
    return [run.status != 0 for run in runs]


def depends_on_the_caller(text: str) -> bool:
    """Whether the user's own variables decide: strict mode refuses them, the others do not."""
    document = get_engine('uwsgi').parse(Source(text, 'f'), 'file')
    own = {s.key for s in document.unjudged}
    return any(f'%({name})' in text for name in own) or any(
        problem.kind == 'fault-in-branch' for problem in document.problems
    )


@pytest.mark.parametrize('file', sorted(CONFIGS.glob('*/*.ini')), ids=lambda file: file.stem)
def test_uwsgi_agrees_about_the_sample_configurations(file: Path) -> None:
    text = file.read_bytes().decode('utf-8').replace('plugins = python\n', '')
    if depends_on_the_caller(text):
        text = f'{text}\nbogus-anyway = 1\n'
    assert engine_refuses([text]) == [refused(text)]


def test_uwsgi_agrees_about_many_mutants() -> None:
    dice = random.Random(SEED)
    texts: list[str] = []
    while len(texts) < MANY:
        text = some_text(dice)
        if not depends_on_the_caller(text):
            texts.append(text)
    found = engine_refuses(texts)
    differ = [text for text, refuses in zip(texts, found, strict=True) if refused(text) != refuses]
    assert differ[:3] == []
    assert set(found) == {True, False}


def test_nothing_that_acts_while_it_is_read_is_given_to_the_engine() -> None:
    harmless = {'set-placeholder'}  # it sets a variable, at once
    for name in (name for names in NAMES.values() for name in names):
        flags = CATALOGUE[name][0].flags
        assert 'IMMEDIATE' not in flags or name in harmless


@pytest.mark.parametrize('code', sorted(AT_START - {'UWS602'}))
def test_what_is_refused_at_the_start_is_taken_when_it_is_read(code: str) -> None:
    (rule,) = [rule for rule in all_rules() if rule.code == code]
    texts = [example.text for example in rule.bad]
    assert engine_refuses(texts) == [False] * len(texts)
    started = [uwsgi.ask(parsed('uwsgi', text, 'file'), purpose=STARTED) for text in texts]
    assert [run.status for run in started] == [1] * len(texts)
