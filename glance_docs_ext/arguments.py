"""The command line of configcheck: its commands and options, and what they may be."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from glance_docs_ext import __version__
from glance_docs_ext.completion import SHELLS, PrintCompletion
from glance_docs_ext.diagnostics import UnknownEngineError, UnknownVersionError
from glance_docs_ext.engines import ENGINES, get_engine
from glance_docs_ext.reporters import FORMATS
from glance_docs_ext.rule import DOCUMENTATION
from glance_docs_ext.rules import all_rules

Run = Callable[[argparse.Namespace], int]
"""A command: it takes what was read, and returns the exit status."""


def parser(*, check: Run, rules: Run, explain: Run) -> argparse.ArgumentParser:
    """Return what reads the command line; ``run`` of what it returns is the command to call."""
    parser = argparse.ArgumentParser(
        prog='configcheck',
        description='Check uWSGI, Apache and nginx configuration in documentation and in files.',
        epilog=f'Exit status: 0 clean, 1 findings, 2 wrong usage. Manual: {DOCUMENTATION}',
    )
    parser.add_argument('--version', action='version', version=f'configcheck {__version__}')
    parser.add_argument(
        '--print-completion',
        action=PrintCompletion,
        choices=SHELLS,
        metavar='SHELL',
        help=f'print what completes the command line in a shell ({", ".join(SHELLS)}), and end',
    )
    commands = parser.add_subparsers(title='commands', metavar='COMMAND', required=True)
    _add_check(commands.add_parser('check', help='check pages and configuration files'), check)
    _add_rules(commands.add_parser('rules', help='list all rules'), rules)
    _add_explain(
        commands.add_parser('explain', help='say what a rule means, with examples'), explain
    )
    return parser


def _add_check(parser: argparse.ArgumentParser, run: Run) -> None:
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
    parser.set_defaults(run=run)


def _add_rules(parser: argparse.ArgumentParser, run: Run) -> None:
    parser.description = 'List all rules: code, severity, name.'
    parser.add_argument('--format', choices=['text', 'json'], default='text', help='default: text')
    parser.set_defaults(run=run)


def _add_explain(parser: argparse.ArgumentParser, run: Run) -> None:
    parser.description = 'Say what a rule means: why, bad and good examples, when to ignore it.'
    parser.add_argument('codes', nargs='+', metavar='CODE', help='such as CFG201 or unknown-name')
    parser.set_defaults(run=run)


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
