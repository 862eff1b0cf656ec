"""What a macro holds is judged where it is used; Apache itself is asked, too."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.native.verdict import Outcome
from glance_docs_ext.source import Source
from tests.asked import asked, require_engine

# The lines of a macro with the argument $a, how it is used, and the line that is told, if any.
MACROS: tuple[tuple[str, str, int | None], ...] = (
    ('ServerNam $a', 'Use m x', 2),
    ('ServerName $a\n\n  # a comment\n  Servernam $a', 'Use m x', 5),
    ('<Nosuch>\n</Nosuch>', 'Use M x', 2),
    ('ServerNam $a', '', None),
    ('<IfModule nosuch>\nNosuch\n</IfModule>\nServerName $a', 'Use m x', None),
    ('ServerName \\\nNosuch', 'Use m x', None),
    ('ServerNam $a', '<IfModule nosuch>\nUse m x\n</IfModule>', None),
    ('<If "true">\nHeader set A $a\n</If>\nNosuch', 'Use m x', 5),
)


@pytest.mark.parametrize(('body', 'use', 'line'), MACROS)
def test_names_in_a_macro_that_is_used_are_judged(body: str, use: str, line: int | None) -> None:
    text = f'<Macro m $a>\n{body}\n</Macro>\n{use}\n'
    told = [one for one in check(Source(text, 'f'), 'apache').diagnostics if one.severity.fails]
    assert [(one.code, one.place.line) for one in told] == ([('APA245', line)] if line else [])


@pytest.mark.parametrize(('body', 'use', 'line'), MACROS)
def test_apache_refuses_what_is_told(body: str, use: str, line: int | None) -> None:
    require_engine('apache')
    outcome = asked('apache', f'<Macro m $a>\n{body}\n</Macro>\n{use}\n').outcome
    assert (outcome is Outcome.REFUSED) or line is None
    assert (outcome is Outcome.ACCEPTED) or line is not None


def test_the_macro_that_was_defined_last_is_the_one_that_is_used() -> None:
    macro = '<Macro m>\n{}\n</Macro>\n'
    text = macro.format('Nosuch') + macro.format('ServerName a') + 'Use m\n'
    assert check(Source(text, 'f'), 'apache').diagnostics == ()
    text = macro.format('Nosuch') + 'Use m\n' + macro.format('ServerName a')
    found = check(Source(text, 'f'), 'apache').diagnostics
    assert [one.related[0].place.line for one in found] == [4]
