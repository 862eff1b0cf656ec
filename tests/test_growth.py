"""What a text costs grows as its length does.

Function calls are counted, ours and those into C, or the lines that run: they are the same on every
run. What one call of a regular expression costs is looked at by ``tox -e fuzz -- growth``.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.source import Source
from tests.any_text import SIGNS
from tests.calls import TIMES, calls, evenly, lines
from tools.fuzz.growth import some_piece
from tools.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glance_docs_ext.syntax import Document

LINES = 150


def grows_evenly(task: Callable[[bytes], object], first: bytes, piece: bytes) -> bool:
    small, large = first + piece * LINES, first + piece * LINES * TIMES
    task(first + piece)  # what is read once and kept is not counted
    return evenly(lambda: task(small), lambda: task(large))


@pytest.mark.parametrize('target', sorted(TARGETS))
def test_a_line_many_times_costs_so_many_times_what_it_costs_once(target: str) -> None:
    chance = random.Random(20261122)
    for _ in range(8):
        piece = some_piece(target, chance)
        assert grows_evenly(TARGETS[target], piece[:1], piece[1:] or b'x'), piece


@pytest.mark.parametrize('engine', sorted(ENGINES))
@settings(max_examples=15)
@given(data=st.data())
def test_signs_many_times_cost_so_many_times_what_they_cost_once(
    engine: str, data: st.DataObject
) -> None:
    words = st.sampled_from((*SIGNS[engine], ' ', '\n', 'x', '"', '\\', '#', '\r'))
    piece = ''.join(data.draw(st.lists(words, min_size=1, max_size=5)))
    assert grows_evenly(TARGETS[engine], b'\0', piece.encode()), piece


LONG_OR_DEEP: Mapping[str, tuple[str, Callable[[int], str]]] = {
    'plugins that are needed, each of them once': (
        'uwsgi',
        lambda n: (
            '[uwsgi]\n'
            + ''.join(f'plugins = python{i},rack{i}\nneed-plugins = psgi{i}\n' for i in range(n))
        ),
    ),
    'applications, and plugins under two names': (
        'uwsgi',
        lambda n: (
            '[uwsgi]\n' + 'plugin = python3\nneed-plugin = python\nmodule = a\nfile = a\n' * n
        ),
    ),
    'loggers, encoders and hooks that are none': (
        'uwsgi',
        lambda n: (
            '[uwsgi]\nplugin = python3\n' + 'logger = a\nlogger = file:a\nhook-asap = a\n' * n
        ),
    ),
    'variables that another file may use': (
        'uwsgi',
        lambda n: '[uwsgi]\nini = a.ini\n' + ''.join(f'base-{i} = a\n' for i in range(n)),
    ),
    'percent signs in the names of options': (
        'uwsgi',
        lambda n: '[uwsgi]\n' + '<% a -%>\n' * n + 'env = ' + '<%= a %>' * n + '\n',
    ),
    'sections that are dots': (
        'uwsgi',
        lambda n: '[uwsgi]\nenv = A\n' + ''.join(f'[...{i}]\nenv = A\n' for i in range(n)),
    ),
    'a long list of options': (
        'uwsgi',
        lambda n: f'[uwsgi]\nwhitelist = {"x " * n}env\n' + 'env = A\n' * n,
    ),
    'a section of a proxy inside of another': (
        'apache',
        lambda n: '<Proxy *>\n' + '<If "true">\nSSLProxyCheckPeerCN off\n' * n,
    ),
    'levels of a cache in a section inside of another': (
        'apache',
        lambda n: '<If "true">\nCacheDirLevels 1\n' * n,
    ),
    'variables with a backslash before them': (
        'nginx',
        lambda n: 'add_header A "\\\\$host \\$";\n' * n,
    ),
    'sizes of hashes behind and before maps': (
        'nginx',
        lambda n: 'map $a $b {\n    c d;\n}\nmap_hash_bucket_size 99999;\n' * n,
    ),
    'values that a shell is to fill in': (
        'nginx',
        lambda n: 'listen ${PORT:-80};\nsendfile ${A:-${B:-;\n' * n,
    ),
    'blanks and quotes that are none': (
        'nginx',
        lambda n: 'root \u201ca\u201d\u00a0;\nindex a, b, \uff1b;\n\u00a0listen 80;\n' * n,
    ),
    'braces of a program': ('nginx', lambda n: 'server {{\n' * n + '}}\n' * n),
    'upstreams without a server inside of each other': (
        'nginx',
        lambda n: 'http {\n' + 'upstream glance {\nkeepalive 8;\n' * n,
    ),
    'buffers in locations inside of each other': (
        'nginx',
        lambda n: 'http {\nserver {\n' + 'location / {\nproxy_buffers 1 4k;\n' * n,
    ),
    'buffers again and again': (
        'nginx',
        lambda n: 'http {\n' + 'proxy_buffers 1 4k;\n' * n,
    ),
    'many sockets for TLS in one server': (
        'nginx',
        lambda n: 'http {\nserver {\n' + 'listen 443 ssl;\n' * n + '}\n}\n',
    ),
    'placeholders that touch each other': (
        'nginx',
        lambda n: 'http {\n' + '{{ if a }}' * n + '\n' + '{{ a }}' * n + '\n}\n',
    ),
    'placeholders of one brace, and those of an environment': (
        'nginx',
        lambda n: 'server {\n' + 'a {b} ' * n + ';\n' + 'listen ${P}; server_name {a} b;\n' * n,
    ),
    'names of modules of others': (
        'nginx',
        lambda n: (
            'server {\n' + ''.join(f'vhost_traffic_{i} a; x{i} b;\n' for i in range(n)) + '}\n'
        ),
    ),
    'dots with blanks between': (
        'nginx',
        lambda n: 'server {\n' + '    . . .\n. . a;\n' * n + '}\n',
    ),
    'servers of stream without a part': (
        'nginx',
        lambda n: 'stream {\n' + 'server { listen 1; content_by_lua_file a; }\n' * n + '}\n',
    ),
    'placeholders that nobody closes': (
        'nginx',
        lambda n: 'http {\n' + '<% a\n' * n + '{% a\n' * n + '{{ a\n' * n,
    ),
    'statements of a template': (
        'nginx',
        lambda n: 'http {\n' + '<% a %>\n${B}\n{% a %}\n' * n + '}\n',
    ),
    'farms beside mules': (
        'uwsgi',
        lambda n: '[uwsgi]\n' + 'mule =\nfarm = a:1\n' * n,
    ),
    'legions that nobody named': (
        'uwsgi',
        lambda n: (
            '[uwsgi]\n'
            + ''.join(f'legion = a{i} 225.1.1.1:4242 98 bf-cbc:x\n' for i in range(n))
            + ''.join(f'legion-node = b{i} 225.1.1.1:4242\n' for i in range(n))
        ),
    ),
    'plugins of somebody else': (
        'uwsgi',
        lambda n: '[uwsgi]\n' + 'plugin = quota\nquota = 1\n' * n,
    ),
    'conditions that are set': (
        'uwsgi',
        lambda n: '[uwsgi]\nstrict = false\n' + 'set = if-env=A\nhttps = b\nendif =\n' * n,
    ),
    'limits inside of each other': ('apache', lambda n: '<Limit GET>\n' * n),
    'a macro of many lines that is used many times': (
        'apache',
        lambda n: '<Macro m $a>\n' + 'ServerName $a:x$a\n' * n + '</Macro>\n' + 'Use m a\n' * n,
    ),
    'macros that use each other twice': (
        'apache',
        lambda n: (
            '<Macro m0>\nServerName a\n</Macro>\n'
            + ''.join(
                f'<Macro m{at}>\nUse m{at - 1}\nUse m{at - 1}\n</Macro>\n' for at in range(1, n)
            )
            + f'Use m{n - 1}\nUse m12\n'
        ),
    ),
    'macros whose ends are none to all who read them': (
        'apache',
        lambda n: '<Macro m $a>\n</Macrox\n' * n + 'Use m a\n',
    ),
    'macros of long names': (
        'apache',
        lambda n: f'<Macro m ${"a" * 100 * n}>\nServerName a\n</Macro>\n' + 'Use m a\n' * n,
    ),
    'long arguments of a macro': (
        'apache',
        lambda n: (
            '<Macro m $a>\n'
            + 'ServerName $a$a$a$a\n' * n
            + '</Macro>\n'
            + ('Use m ' + 'a' * n + '\n') * n
        ),
    ),
    'unknown variables beside known ones': (
        'nginx',
        lambda n: 'http {\n' + ''.join(f'map $b{i} $c{i} {{ a b; }}\n' for i in range(n)) + '}\n',
    ),
}


@pytest.mark.parametrize('case', LONG_OR_DEEP)
def test_what_is_long_or_deep_costs_what_its_size_explains(case: str) -> None:
    engine, text = LONG_OR_DEEP[case]
    small, large = Source(text(LINES), 'f'), Source(text(LINES * TIMES), 'f')
    for count in (calls, lines):
        assert evenly(lambda: check(small, engine), lambda: check(large, engine), count)


def test_the_lines_of_an_htaccess_are_not_asked_for_each_directory() -> None:
    def documents(n: int) -> list[Document]:
        opened = '<Directory /srv/{}>\nAllowOverride FileInfo Options=Indexes\n</Directory>\n'
        shown = check(Source(''.join(opened.format(i) for i in range(n)), 'f'), 'apache')
        lines = 'Options +ExecCGI\nRequire all granted\n' * n
        return [shown.document, check(Source(lines, 'h'), 'apache', 'htaccess').document]

    small, large = documents(LINES), documents(LINES * TIMES)
    assert len(check_deployment(small)) == 2 * LINES
    for count in (calls, lines):
        assert evenly(lambda: check_deployment(small), lambda: check_deployment(large), count)


IN_ONE_CALL: Mapping[str, tuple[str, str]] = {
    'a time of which each number may be of the word before': (
        'apache',
        'CookieExpires "1 y' + '11 y' * 40 + '11 !"\n',
    ),
    'signs of which each may end the one before': (
        'apache',
        'VirtualDocumentRoot /' + '%1+' * 40 + '%\n',
    ),
    'plugins of a version without an end': (
        'uwsgi',
        '[uwsgi]\nplugins = '
        + 'python_python_' * 20_000
        + '1_' * 20_000
        + '!,' * 20_000
        + '\nx = 1\n',
    ),
    'variables of a shell that are none': (
        'uwsgi',
        '[uwsgi]\nplugin = rack\nchdir = '
        + '${a$' * 60_000
        + '\nenv = A='
        + '${A$' * 60_000
        + '\n',
    ),
    'a variable of a shell without an end': (
        'uwsgi',
        '[uwsgi]\nprocesses = ${' + 'A' * 60_000 + '\nsocket = :${' + 'a' * 60_000 + '\n',
    ),
    'brackets that nobody closes': ('uwsgi', '[' * 60_000 + ' ' * 60_000 + '.\n' + ' ' * 60_000),
    'what is no comment, and no port': (
        'uwsgi',
        '[uwsgi]\nprocesses = 1' + ' /' * 60_000 + '\nsocket = :' + '1;' * 60_000 + 'a\n',
    ),
    'a name of many words': ('uwsgi', '[uwsgi]\n' + 'vacuum' * 20_000 + ' ' * 60_000 + '=\n'),
    'a brace that nobody closes': ('uwsgi', '[uwsgi]\nenv = ' + '%{A' * 60_000 + '\n'),
    'a set that sets a set': ('uwsgi', '[uwsgi]\nset = ' + 'set=' * 60_000 + '\n'),
    'a number without an end': ('uwsgi', '[uwsgi]\nbuffer-size = ' + '1' * 60_000 + ' \t' * 30_000),
    'braces that nobody closes': ('apache', 'ErrorLogFormat "' + '%{' * 60_000 + '"\n'),
    'options of a script without an end': (
        'apache',
        'WSGIDispatchScript /srv/a.wsgi' + ' application-group= "x y"' * 20_000 + ' a' * 20_000,
    ),
    'groups of sed in each other': ('apache', 'InputSed "s/' + '\\(' * 60_000 + '"\n'),
    'groups in the expression of a version': (
        'apache',
        '<IfVersion ~ ' + '(1|' * 20_000 + '>\n</IfVersion>\n',
    ),
    'arguments that are blanks to Python only': ('apache', 'RewriteRule ' + '\u2028' * 30_000),
    'long names that look like each other': (
        'nginx',
        'http {\nserver {\n'
        + ''.join(f'set ${number:0199b} a;\n' for number in range(200))
        + ''.join(f'add_header A $a{number:0198b};\n' for number in range(20))
        + '}\n}\n',
    ),
}


@pytest.mark.parametrize('case', IN_ONE_CALL)
def test_an_expression_of_ours_is_no_trap(case: str) -> None:
    engine, text = IN_ONE_CALL[case]
    check(Source('\n', 'f'), engine)
    begin = time.process_time()
    check(Source(text, 'f'), engine)
    assert time.process_time() - begin < 2


def test_a_long_value_in_many_lines_is_not_put_in_without_end() -> None:
    text = f'Define a {"x" * 60_000}\n' + 'ServerAlias ${a}\n' * 1500
    check(Source('Define a b\n', 'f'), 'apache')  # what is read once is not counted
    tracemalloc.start()
    try:
        assert check(Source(text, 'f'), 'apache').diagnostics == ()
        _kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000  # all of it would be 90 million characters


def test_what_grows_with_the_square_is_noticed() -> None:
    def square(data: bytes) -> None:
        for _ in data:
            for _ in data:
                abs(1)

    assert not grows_evenly(square, b'', b'xy')
