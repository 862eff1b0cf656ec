"""configcheck: check files and pages from a command line, list the rules, explain them."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from glance_docs_ext import __version__, baseline
from glance_docs_ext.diagnostics import GlanceDocsError, UnknownEngineError, UnknownVersionError
from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.explain import explained, why
from glance_docs_ext.inputs import InputError, Reader
from glance_docs_ext.releases import Releases
from glance_docs_ext.reporters import FORMATS, text
from glance_docs_ext.rule import DOCUMENTATION, Rule
from glance_docs_ext.rules import all_rules
from glance_docs_ext.rules.page.internal_fault import InternalFault
from glance_docs_ext.verdicts import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.inputs import Input
    from glance_docs_ext.rule import AnyRule

CLEAN, FINDINGS, USAGE = 0, 1, 2  # the last is also for faults of our own
INTERRUPTED = 130  # what a shell says of a program that was stopped with Ctrl-C
BROKEN_PIPE = 141  # ... and of one whose reader went away


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (None: that of the process) and return its exit status.

    0: nothing found that fails; 1: an error or a warning was found; 2: the command line is wrong,
    a file cannot be read, or one of our own rules failed.

    :raises SystemExit: argparse has printed its help, the version, or what is wrong
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors='backslashreplace')
    arguments = _parser().parse_args(argv)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog='configcheck',
        description='Check uWSGI, Apache and nginx configuration in documentation and in files.',
        epilog=f'Exit status: 0 clean, 1 findings, 2 wrong usage. Manual: {DOCUMENTATION}',
    )
    parser.add_argument('--version', action='version', version=f'configcheck {__version__}')
    commands = parser.add_subparsers(title='commands', metavar='COMMAND', required=True)
    _add_check(commands.add_parser('check', help='check pages and configuration files'))
    _add_rules(commands.add_parser('rules', help='list all rules'))
    _add_explain(commands.add_parser('explain', help='say what a rule means, with examples'))
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        'Check pages (.rst, .md, .txt: all their blocks, read together) and configuration files '
        '(.ini, .conf, .htaccess), or all of these beneath a folder.'
    )
    parser.add_argument('paths', nargs='+', metavar='PATH', help='a file, a folder, or - for stdin')
    parser.add_argument(
        '--engine',
        choices=sorted(ENGINES),
        help='the server that reads the files; needed where their names do not tell',
    )
    parser.add_argument(
        '--context', help='where the files stand in the configuration, such as vhost or http'
    )
    parser.add_argument(
        '--engine-version',
        action='append',
        default=[],
        type=_version,
        metavar='ENGINE=VERSION',
        help='the version that is deployed: uwsgi=2.0.21; may be given for each server',
    )
    parser.add_argument(
        '--releases',
        default='',
        metavar='DATA',
        help='the releases that version notes speak of: glance, or a JSON or TOML file',
    )
    parser.add_argument(
        '--deployment', action='store_true', help='read all PATHs together, as one deployment'
    )
    parser.add_argument(
        '--native', action='store_true', help='ask the installed servers, too, in a sandbox'
    )
    parser.add_argument(
        '--select', type=_codes, metavar='CODES', help='report these only: CFG201,UWS4,DEP'
    )
    parser.add_argument('--ignore', type=_codes, metavar='CODES', help='do not report these')
    parser.add_argument('--format', choices=list(FORMATS), default='text', help='default: text')
    parser.add_argument('--output', type=Path, metavar='FILE', help='write the report there')
    parser.add_argument(
        '--baseline', type=Path, metavar='FILE', help='report only what is not known from FILE'
    )
    parser.add_argument(
        '--write-baseline', type=Path, metavar='FILE', help='make all findings known, in FILE'
    )
    parser.set_defaults(run=_check)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.description = 'List all rules: code, severity, name.'
    parser.add_argument('--format', choices=['text', 'json'], default='text', help='default: text')
    parser.set_defaults(run=_rules)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.description = 'Say what a rule means: why, bad and good examples, when to ignore it.'
    parser.add_argument('codes', nargs='+', metavar='CODE', help='such as CFG201 or unknown-name')
    parser.set_defaults(run=_explain)


def _codes(value: str) -> tuple[str, ...]:
    """Return the prefixes of codes in a list with commas.

    :raises argparse.ArgumentTypeError: one of them is not the beginning of any code
    """
    prefixes = tuple(part.strip().upper() for part in value.split(',') if part.strip())
    for prefix in prefixes:
        if not any(rule.code.startswith(prefix) for rule in all_rules()):
            raise argparse.ArgumentTypeError(
                f'no rule has a code that begins with {prefix!r}; "configcheck rules" lists them'
            )
    return prefixes


def _version(value: str) -> tuple[str, str]:
    """Return the name of a server and its version, written with "=" between them.

    :raises argparse.ArgumentTypeError: there is no such server or version
    """
    name, equals, version = value.partition('=')
    if not equals or not version:
        raise argparse.ArgumentTypeError('expected ENGINE=VERSION, such as uwsgi=2.0.21')
    try:
        get_engine(name, version)
    except (UnknownEngineError, UnknownVersionError) as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return name, version


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
        try:
            for read in reader.read(path):
                if read.skipped:
                    _complain(f'{text.escaped(read.path)} is not checked: {read.skipped}')
                else:
                    inputs.setdefault(os.path.normpath(read.path), read)
        except InputError as error:
            _complain(text.escaped(str(error)))
            readable = False
    return list(inputs.values()), readable


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
        'url': f'{DOCUMENTATION}rules.html#{rule.code.lower()}',
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
