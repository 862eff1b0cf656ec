"""How many rules are confirmed by servers that run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from glance_docs_ext.rules import all_rules

CODE = re.compile(r'[A-Z]{3}[1-6][0-9]{2}')
OF_BEHAVIOUR = re.compile(r'(?!CFG)[A-Z]{3}[46]')  # CFG: of what stands on a page, not of servers
ELSEWHERE = {
    'DEP404',  # at random: 600 uploads in tests/deployment/test_breaks.py
    'DEP621',  # test_htaccess.py starts its Apache once for all
    'DEP622',
}


def confirmed() -> set[str]:
    """Return the codes that a test expects which also starts a server with that block."""
    found: set[str] = set()
    for file in Path(__file__).parent.glob('test_*.py'):
        for node in ast.parse(file.read_text(encoding='utf-8')).body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith('test_'):
                continue
            inner = list(ast.walk(node))
            if any(isinstance(n, ast.Name) and n.id.startswith('started') for n in inner):
                constants = (n.value for n in inner if isinstance(n, ast.Constant))
                found |= {c for c in constants if isinstance(c, str) and CODE.fullmatch(c)}
    return found


def test_the_servers_confirm_every_rule_of_behaviour() -> None:
    rules = {rule.code for rule in all_rules() if OF_BEHAVIOUR.match(rule.code)}
    assert rules - confirmed() == ELSEWHERE


def test_what_the_servers_confirm_are_rules_that_exist() -> None:
    assert confirmed() <= {rule.code for rule in all_rules()}
