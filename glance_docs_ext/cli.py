"""configcheck: check files and pages from a command line, list the rules, explain them."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from glance_docs_ext import baseline
from glance_docs_ext.arguments import parser
from glance_docs_ext.diagnostics import GlanceDocsError
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.explain import explained, why
from glance_docs_ext.inputs import InputError, Reader
from glance_docs_ext.releases import Releases
from glance_docs_ext.reporters import FORMATS, text
from glance_docs_ext.rule import Rule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.rules.page.internal_fault import InternalFault
from glance_docs_ext.verdicts import findings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.inputs import Input
    from glance_docs_ext.rule import AnyRule

CLEAN, FINDINGS, USAGE = 0, 1, 2  # the last is also for faults of our own
INTERRUPTED = 130  # what a shell says of a program that was stopped with Ctrl-C
BROKEN_PIPE = 141  # ... and of one whose reader went away
NAMED = 3  # files of which the same is said; of the others the number


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (None: that of the process) and return its exit status.

    0: nothing found that fails; 1: an error or a warning was found; 2: the command line is wrong,
    a file cannot be read, or one of our own rules failed.

    :raises SystemExit: argparse has printed its help, the version, or what is wrong
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors='backslashreplace')
    arguments = parser(check=_check, rules=_rules, explain=_explain).parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except GlanceDocsError as error:
        _complain(str(error))
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python would try once more at its end, and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return status


def _check(arguments: argparse.Namespace) -> int:
    releases = Releases.read(arguments.releases, Path())
    known = baseline.read(arguments.baseline) if arguments.baseline else None
    inputs, readable = _read(arguments)
    found = [
        diagnostic
        for diagnostic in findings(
            inputs,
            together=arguments.deployment,
            native=arguments.native,
            versions=dict(arguments.engine_version),
            releases=releases,
        )
        if diagnostic.code.startswith((*(arguments.select or ('',)), InternalFault.code))
        and not diagnostic.code.startswith(arguments.ignore or ())
    ]
    if arguments.write_baseline:
        baseline.write(arguments.write_baseline, found)
        _say(f'{_count(len(found), "finding")} written to {arguments.write_baseline}')
        return CLEAN if readable else USAGE
    notes = []
    if known is not None:
        compared = baseline.compare(arguments.baseline, known, found)
        found = [*compared.new]
        notes = _baseline_notes(compared, arguments.baseline)
    _report(arguments, found, inputs, notes)
    if not readable or any(diagnostic.code == InternalFault.code for diagnostic in found):
        return USAGE
    return FINDINGS if any(diagnostic.severity.fails for diagnostic in found) else CLEAN


def _read(arguments: argparse.Namespace) -> tuple[list[Input], bool]:
    """Return what the paths hold, each file once, and whether all of them could be read."""
    reader = Reader(arguments.engine, _context(arguments))
    inputs: dict[str, Input] = {}
    readable = True
    for path in dict.fromkeys(arguments.paths):
        here: list[Input] = []
        try:
            for read in reader.read(path):
                here.append(read)  # noqa: PERF402  # what was read before a fault counts
        except InputError as error:
            _complain(text.escaped(str(error)))
            readable = False
        taken = [read for read in here if not read.skipped]
        if not taken:
            _complain_of(here)
        for read in taken:
            inputs.setdefault(os.path.normpath(read.path), read)
    return list(inputs.values()), readable


def _complain_of(skipped: Sequence[Input]) -> None:
    """Say what is not checked, for nobody can tell whose it is; one line for each sort of file.

    Beside files that are checked, those of other programs are not worth a word.
    """
    for labels in dict.fromkeys(read.skipped for read in skipped):
        paths = [text.escaped(read.path) for read in skipped if read.skipped == labels]
        if len(paths) == 1:
            what, it_does, it_is = f'{paths[0]} is', 'it does', 'it is'
        else:
            more = [_count(len(paths) - NAMED, 'more file')] if len(paths) > NAMED else []
            *first, last = [*paths[:NAMED], *more]
            what, it_does, it_is = f'{", ".join(first)} and {last} are', 'they do', 'they are'
        _complain(f'{what} not checked: {it_does} not look like {labels}; if {it_is}, say --engine')


def _context(arguments: argparse.Namespace) -> str | None:
    """Return the context that the command line names.

    :raises InputError: the server has no such context
    """
    name: str | None = arguments.context
    if name is None:
        return None
    if arguments.engine is None:
        raise InputError('--context needs --engine: each server has contexts of its own')
    contexts = ENGINES[arguments.engine].contexts
    if name not in contexts:
        raise InputError(
            f'{arguments.engine} has no context {name!r}; expected one of: {", ".join(contexts)}'
        )
    return name


def _report(
    arguments: argparse.Namespace,
    found: Sequence[Diagnostic],
    inputs: Sequence[Input],
    notes: Iterable[str],
) -> None:
    """Write the report; people are told more than is in it, a program gets the report alone."""
    if arguments.output is not None:
        _write(arguments.output, FORMATS[arguments.format](found))
    elif arguments.format != 'text':
        sys.stdout.write(FORMATS[arguments.format](found))
        return
    colour = _coloured(sys.stdout)
    if arguments.output is None and found:
        _say(text.render(found, colour=colour))
    blocks = [block for read in inputs for block in read.blocks]
    for block in blocks:
        if block.unchecked:
            _say(text.escaped(f'{block.place}: not checked: {block.unchecked}'))
    for note in notes:
        _say(note)
    where = f'{_count(len(blocks), "block")} in {_count(len(inputs), "file")}'
    _say(f'{text.summary(found, colour=colour)} ({where})')


def _baseline_notes(compared: baseline.Compared, file: Path) -> list[str]:
    notes = []
    if compared.known:
        notes.append(f'{_count(compared.known, "finding")} known from {file}')
    if compared.gone:
        are = 'is' if compared.gone == 1 else 'are'
        notes.append(
            f'{_count(compared.gone, "finding")} in {file} {are} not there any more: '
            '--write-baseline takes them out'
        )
    return notes


def _write(file: Path, report: str) -> None:
    try:
        file.write_text(report, encoding='utf-8')
    except OSError as error:
        raise GlanceDocsError(f'cannot write {file}: {error.strerror}') from error


def _rules(arguments: argparse.Namespace) -> int:
    rules = all_rules()
    if arguments.format == 'json':
        _say(json.dumps([_rule_object(rule) for rule in rules], indent=2))
    else:
        for rule in rules:
            _say(f'{rule.code}  {rule.severity:<7}  {rule.name}')
    return CLEAN


def _rule_object(rule: AnyRule) -> dict[str, object]:
    return {
        'code': rule.code,
        'name': rule.name,
        'severity': str(rule.severity),
        'engines': list(rule.engines) if isinstance(rule, Rule) else [],
        'why': why(rule),
        'exceptions': rule.exceptions,
        'source': rule.source,
        'url': rule.url,
    }


def _explain(arguments: argparse.Namespace) -> int:
    rules = {name: rule for rule in all_rules() for name in (rule.code.lower(), rule.name)}
    unknown = [code for code in arguments.codes if code.lower() not in rules]
    if unknown:
        raise GlanceDocsError(f'there is no rule {unknown[0]!r}; "configcheck rules" lists them')
    colour = _coloured(sys.stdout)
    _say('\n'.join(explained(rules[code.lower()], colour=colour) for code in arguments.codes))
    return CLEAN


def _coloured(stream: TextIO) -> bool:
    """Whether a stream is a terminal that takes colours, and its owner wants them.

    https://no-color.org: ``NO_COLOR`` speaks when it is set and not empty.
    """
    return stream.isatty() and not os.environ.get('NO_COLOR') and os.environ.get('TERM') != 'dumb'


def _say(line: str) -> None:
    sys.stdout.write(f'{line}\n')


def _complain(message: str) -> None:
    sys.stderr.write(f'configcheck: {message}\n')


def _count(number: int, noun: str) -> str:
    return f'{number} {noun}{"" if number == 1 else "s"}'
