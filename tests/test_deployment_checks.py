"""The table of deployment checks in the manual says of each rule what the rule says itself."""

from __future__ import annotations

import re
from pathlib import Path

from glance_docs_ext.rules import all_rules

PAGE = Path(__file__).parent.parent / 'source' / 'manual' / 'deployment-checks.rst'
ROW = re.compile(
    r'^   \* - (?P<fact>.+)\n     - (?P<rules>.+)\n     -(?P<severity>.*)$', re.MULTILINE
)
SEVERITIES = {rule.code: str(rule.severity) for rule in all_rules()}
HEAD = 'What happens'


def rows() -> list[tuple[str, list[str], str]]:
    """Return the fact, the codes and the severity of each row."""
    found = ROW.finditer(PAGE.read_text(encoding='utf-8'))
    return [
        (row['fact'], re.findall(r':ref:`([A-Z]{3}\d{3}) ', row['rules']) or [row['rules']], row[3])
        for row in found
        if row['fact'] != HEAD
    ]


def test_every_row_names_rules_that_exist_or_says_why_there_is_none() -> None:
    assert len(rows()) > 81
    for fact, codes, _severity in rows():
        for code in codes:
            assert code in SEVERITIES or code.startswith('not judged: '), fact


def test_every_row_says_how_severe_its_rules_are() -> None:
    for fact, codes, severity in rows():
        expected = dict.fromkeys(SEVERITIES[code] for code in codes if code in SEVERITIES)
        assert severity.strip() == ', '.join(expected), fact


def test_every_rule_about_blocks_together_has_a_row() -> None:
    named = {code for _fact, codes, _severity in rows() for code in codes}
    together = {code for code in SEVERITIES if code.startswith(('DEP4', 'DEP6'))}
    assert sorted(together - named) == []
