"""Our verdict on a text is nginx's own, and our places are those of the samples."""

from __future__ import annotations

import os
import platform
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import NOTICED, Severity
from glance_docs_ext.native.verdicts import Outcome
from glance_docs_ext.source import Source
from tests.asked import asked_of_each
from tests.nginx_mutants import mutants

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic

CONFIGS = Path(__file__).parent / 'configs' / 'nginx'
SAMPLES = {
    kind: {file.name: file.read_text('utf-8') for file in sorted((CONFIGS / kind).glob('*.conf'))}
    for kind in ('ok', 'bad')
}
MUTANTS = int(os.environ.get('NGINX_MUTANTS', '300'))
SEED = int(os.environ.get('NGINX_SEED', '1'))


def context(text: str) -> str:
    """Return what the first line of a sample says of where it stands."""
    return text.split('\n', 1)[0].removeprefix('# context: ')


def findings(text: str, where: str) -> tuple[Diagnostic, ...]:
    return check(Source(text, 'sample'), 'nginx', where).diagnostics


def errors(text: str, where: str) -> list[Diagnostic]:
    return [d for d in findings(text, where) if d.severity is Severity.ERROR]


def test_there_are_samples_of_both_kinds() -> None:
    assert len(SAMPLES['ok']) > 5
    assert len(SAMPLES['bad']) > 10


@pytest.mark.parametrize('name', SAMPLES['ok'])
def test_what_nginx_accepts_has_no_finding(name: str) -> None:
    text = SAMPLES['ok'][name]
    assert [f'{d.place} {d.code}' for d in findings(text, context(text))] == []


@pytest.mark.parametrize('name', SAMPLES['bad'])
def test_each_fault_of_a_sample_is_found_at_its_place_and_nothing_else(name: str) -> None:
    text = SAMPLES['bad'][name]
    expected = re.findall(r'^# expect: (.+)$', text, re.MULTILINE)
    found = findings(text, context(text))
    assert expected
    assert sorted(f'{d.code} {d.place.line}:{d.place.column}' for d in found) == sorted(expected)


def test_nginx_agrees_with_the_samples() -> None:
    wanted = {'ok': Outcome.ACCEPTED, 'bad': Outcome.REFUSED}
    texts = [(kind, name, text) for kind, all_ in SAMPLES.items() for name, text in all_.items()]
    said = asked_of_each('nginx', [(text, context(text)) for _, _, text in texts])
    wrong = [
        (kind, name, verdict)
        for (kind, name, _), verdict in zip(texts, said, strict=True)
        if verdict.outcome is not wanted[kind]
    ]
    assert wrong == []


def test_single_faults_get_the_verdict_of_nginx_and_no_false_alarm() -> None:
    each = MUTANTS // len(SAMPLES['ok'])
    cases = [
        (mutant.kind, mutant.text, context(text))
        for number, text in enumerate(SAMPLES['ok'].values())
        for mutant in mutants(text, context(text), each, SEED + number)
    ]
    said = asked_of_each('nginx', [(text, where) for _, text, where in cases])
    table: Counter[tuple[str, str]] = Counter()
    lines: Counter[str] = Counter()
    false_alarms, misses = [], []
    for (kind, text, where), verdict in zip(cases, said, strict=True):
        found = errors(text, where)
        refused, accepts = verdict.outcome is Outcome.REFUSED, verdict.accepts
        agreed = 'agreed' if bool(found) == refused else 'differs'
        table[kind, agreed if refused or accepts else 'host'] += 1
        if accepts and found:
            false_alarms.append((kind, [f'{d.place} {d.code} {d.message}' for d in found], text))
        elif refused and not found:
            misses.append((kind, verdict.message))
        elif verdict.line is not None and refused:
            same = any(verdict.line in _lines(d) for d in found)
            lines['same' if same else 'another'] += 1
    for kind in sorted({kind for kind, _ in table}):
        print(f'{kind:16}', *(f'{s} {table[kind, s]}' for s in ('agreed', 'differs', 'host')))
    print(f'the line that nginx names: {dict(lines)}')
    for miss in misses:
        print('missed:', *miss)
    assert false_alarms == []
    judged = sum(count for (_, state), count in table.items() if state != 'host')
    assert judged > len(cases) * 0.8
    assert len(misses) <= judged * 0.02
    assert lines['another'] <= lines.total() * 0.02


def _lines(found: Diagnostic) -> set[int]:
    """Return the line of a finding, and the one that it says nginx names."""
    return {found.place.line, *(d.place.line for d in found.related if d.message == NOTICED)}


LENGTHS = (46, 47, 110, 111, 174, 175, 238, 239, 240, 246, 247, 500)
BUCKETS = ('', '64', '100', '128', '256', '512')
HASHES = {
    'map_hash_bucket_size': 'map $uri $new {{\n{name} /new;\n}}\n',
    'server_names_hash_bucket_size': 'server {{\nlisten 8080;\nserver_name a;\n}}\n'
    'server {{\nlisten 8080;\nserver_name {name};\n}}\n',
}


@pytest.mark.skipif(platform.machine() != 'x86_64', reason='a line of cache may be longer')
@pytest.mark.parametrize('directive', HASHES)
def test_a_name_is_too_long_for_its_bucket_where_nginx_says_so(directive: str) -> None:
    """Where a line of cache has 64 bytes; it is an error where it fits nowhere."""
    cases = [(length, bucket) for length in LENGTHS for bucket in BUCKETS]
    texts = [
        'events {}\nhttp {\n'
        + (f'{directive} {bucket};\n' if bucket else '')
        + HASHES[directive].format(name='x' * length)
        + '}\n'
        for length, bucket in cases
    ]
    said = asked_of_each('nginx', [(text, 'main') for text in texts])
    for (length, bucket), text, verdict in zip(cases, texts, said, strict=True):
        found = {d.code for d in findings(text, 'main')} & {'NGX242', 'NGX245'}
        assert bool(found) == (not verdict.accepts), (length, bucket, found, verdict)
        surely = length + 10 > (512 if bucket == '512' else 256)
        assert ('NGX242' in found) == surely, (length, bucket)


@pytest.mark.parametrize(
    ('length', 'bucket', 'where', 'wanted'),
    [
        (100, '', 'amd64 and arm64, where a line of cache has 64 bytes', 128),
        (200, '', 'amd64, arm64 and POWER, where a line of cache has 64 or 128 bytes', 256),
        (120, '128', 'amd64, arm64 and POWER, where', 256),
        (120, '64', 'amd64, arm64 and POWER, where', 256),
        (100, '64', 'amd64 and arm64, where', 128),
    ],
)
def test_it_is_said_on_which_processors_a_name_is_too_long(
    length: int, bucket: str, where: str, wanted: int
) -> None:
    size = f'map_hash_bucket_size {bucket};\n' if bucket else ''
    names = ''.join(f'{"x" * each} b;\n' for each in (50, length, 60))
    text = f'events {{}}\nhttp {{\n{size}map $uri $new {{\n{names}}}\n}}\n'
    (found,) = findings(text, 'main')
    assert (found.code, found.severity) == ('NGX245', Severity.WARNING)
    assert where in found.message
    assert found.help == f'write map_hash_bucket_size {wanted}; above it'
