"""What is read at a glance is read as any statement is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.engines.nginx import plain
from glance_docs_ext.rule import Rule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    import pytest

SAMPLES = sorted((Path(__file__).parent / 'configs' / 'nginx').glob('*/*'))
EXAMPLES = [
    example
    for rule in all_rules()
    if isinstance(rule, Rule)
    for example in (*rule.bad, *rule.good)
    if example.engine == 'nginx'
]
TEXTS = [
    *(path.read_bytes().decode('utf-8', 'replace') for path in SAMPLES),
    *(example.text for example in EXAMPLES),
    'a b;c d{e}f;# g\n#\n ; }} a\tb  c\r\n;\x0bx\x0c y\u00a0z;# no end',
    '... a b;\n[...];\n….x y;\nserver{...}\n.a b;',
    'set $a b$ {x;}\nset ${a} $b${c}d;\nlocation ~ a{2}b{ }\nlocation ~ ^a${2}$ {}\n',
    'access_by_lua_block { a = "}" b; }\nx_by_lua_block y {\n;}',
    f'a {"b" * 1020};a {"b" * 5000} ;\n# {"c" * 5000}\nd;',
    'map $a $b { a b; c d { e f; } g; }\na b c d e f g;a;',
    r"""a "b c" 'd;{}#' ;"" close; 'x_by_lua_block' {} a "b\"c" 'd\'' e\tf;a b\ c;a b\\;c;""",
    r"""a \.b\;c \{ $; a "b"c;a "b"{}"c"{ }'d' { {2} } a "b" {{x}};a '$' {{ }a ${b}c${d;e} $\{f;""",
    'a "b\nc" d;a b\nc;a "b # c;\n$a b;${a} b;a b # c\n;"... a";"[" b;a \'\ufeff\' b\u2028c d;',
    f'a "b" {"c" * 1020} "{"d" * 3000}" "{"e" * 5000}";\n{"f " * 2000};',
]


def read(text: str) -> str:
    """Return all that was read, as one can compare it."""
    document = ENGINES['nginx'].parse(Source(text, 'x'), None)
    statements = [tuple(placed.statement[:6]) for placed in document.placed]
    return repr((statements, document.comments, document.problems, document.stops))


def test_what_is_read_at_a_glance_is_read_as_any_statement_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_a_glance = [read(text) for text in TEXTS]
    monkeypatch.setattr(plain, 'PLAIN', re.compile(''))  # nothing is plain
    for text, quick in zip(TEXTS, at_a_glance, strict=True):
        assert quick == read(text), text
