"""The reports for programs: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from glance_docs_ext.diagnostics import Diagnostic, Related, Severity
from glance_docs_ext.reporters import FORMATS, github, sarif
from glance_docs_ext.reporters import json as json_reporter
from glance_docs_ext.rules import all_rules
from glance_docs_ext.source import Place

SCHEMA = Path(__file__).parent / 'data' / 'sarif-2.1.0-rtm.5.schema.json'
PROMISED = ['path', 'line', 'column', 'end_line', 'end_column', 'code', 'name', 'severity']
PROMISED += ['message', 'help', 'url', 'related']

HERE = Place('docs/a page.rst', 116, 17, 116, 41, '    ProxyPass / uwsgi://127.0.0.1:60999/')
THERE = Place('docs/b.rst', 72, 4, 72, 15, '   http-socket = 127.0.0.1:60999')
FINDING = Diagnostic(
    code='DEP601',
    name='socket-protocol-mismatch',
    severity=Severity.ERROR,
    place=HERE,
    message='100% wrong, says: "x"',
    help='do it',
    url='https://example.org/rules.html#dep601',
    related=(Related(THERE, 'the listener'),),
)
LINES = Diagnostic('CFG101', 'n', Severity.INFO, Place('x.rst', 1, 2, 3, 4), 'over lines')
STRANGE = Diagnostic('CFG101', 'n', Severity.WARNING, Place('a:b,c\udcff.rst', 1, 1, 1, 1), 'm\n')
FINDINGS = [FINDING, LINES, STRANGE]


@pytest.fixture(scope='module')
def sarif_schema() -> Any:
    return json.loads(SCHEMA.read_text(encoding='utf-8'))


def test_json_gives_a_list_of_objects_with_the_promised_names() -> None:
    read = json.loads(json_reporter.render(FINDINGS))
    assert [sorted(item) for item in read] == [sorted(PROMISED)] * len(FINDINGS)
    assert read[0] == {
        'path': 'docs/a page.rst',
        'line': 116,
        'column': 17,
        'end_line': 116,
        'end_column': 41,
        'code': 'DEP601',
        'name': 'socket-protocol-mismatch',
        'severity': 'error',
        'message': '100% wrong, says: "x"',
        'help': 'do it',
        'url': 'https://example.org/rules.html#dep601',
        'related': [
            {
                'path': 'docs/b.rst',
                'line': 72,
                'column': 4,
                'end_line': 72,
                'end_column': 15,
                'message': 'the listener',
            }
        ],
    }


def test_one_finding_is_one_line_of_json_where_a_line_is_wanted() -> None:
    line = json_reporter.render_line(STRANGE)
    assert line.count('\n') == 1
    assert json.loads(line)['message'] == 'm\n'


def test_github_gets_a_command_for_each_finding() -> None:
    first, second, third = github.render(FINDINGS).splitlines()
    assert first == (
        '::error file=docs/a page.rst,line=116,col=17,endLine=116,endColumn=40,'
        'title=DEP601 socket-protocol-mismatch'
        '::100%25 wrong, says: "x"%0Athe listener: docs/b.rst:72:4%0Ahelp: do it'
    )
    assert second.startswith('::notice file=x.rst,line=1,endLine=3,title=')
    assert third.startswith('::warning file=a%3Ab%2Cc\\udcff.rst,line=1,col=1,')


def test_github_reads_back_what_was_written() -> None:
    """Read a command as the runner does: properties up to the next "::", then the data."""
    command = github.render([STRANGE]).rstrip('\n')
    match = re.fullmatch(r'::(\w+) ([^:]*)::(.*)', command)
    assert match
    properties = dict(item.split('=', 1) for item in match[2].split(','))
    assert properties['file'].replace('%3A', ':').replace('%2C', ',') == 'a:b,c\\udcff.rst'
    assert match[3] == 'm\\n'


def test_sarif_is_accepted_by_its_schema(sarif_schema: Any) -> None:
    jsonschema.validate(json.loads(sarif.render(FINDINGS)), sarif_schema)
    jsonschema.validate(json.loads(sarif.render([])), sarif_schema)


def test_the_schema_refuses_what_is_not_sarif(sarif_schema: Any) -> None:
    log = json.loads(sarif.render(FINDINGS))
    log['runs'][0]['results'][0]['level'] = 'fatal'
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, sarif_schema)


def test_sarif_describes_every_rule_and_results_point_at_theirs() -> None:
    run = json.loads(sarif.render(FINDINGS))['runs'][0]
    rules = run['tool']['driver']['rules']
    assert [rule['id'] for rule in rules] == [rule.code for rule in all_rules()]
    assert all(rule['fullDescription']['text'] for rule in rules)
    result = run['results'][0]
    assert rules[result['ruleIndex']]['id'] == result['ruleId'] == 'DEP601'


def test_sarif_columns_count_characters_and_end_behind_the_last() -> None:
    run = json.loads(sarif.render(FINDINGS))['runs'][0]
    assert run['columnKind'] == 'unicodeCodePoints'
    location = run['results'][0]['locations'][0]['physicalLocation']
    assert location['region'] == {
        'startLine': 116,
        'startColumn': 17,
        'endLine': 116,
        'endColumn': 41,
    }


@pytest.mark.parametrize(
    ('path', 'uri'),
    [
        ('docs/a page.rst', 'docs/a%20page.rst'),
        ('docs/\N{LATIN SMALL LETTER U WITH DIAERESIS}.rst', 'docs/%C3%BC.rst'),
        ('\udcff.rst', '%FF.rst'),
        ('/srv/a.rst', 'file:///srv/a.rst'),
    ],
)
def test_sarif_addresses_are_addresses(path: str, uri: str) -> None:
    finding = Diagnostic('CFG101', 'n', Severity.ERROR, Place(path, 1, 1, 1, 1), 'm')
    result = json.loads(sarif.render([finding]))['runs'][0]['results'][0]
    assert result['locations'][0]['physicalLocation']['artifactLocation']['uri'] == uri


@pytest.mark.parametrize('name', sorted(FORMATS))
def test_every_format_can_be_written_in_ascii_or_utf_8(name: str) -> None:
    assert FORMATS[name](FINDINGS).encode('utf-8')
