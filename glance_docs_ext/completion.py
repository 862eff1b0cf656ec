"""What completes the command line in a shell; written by shtab, if that is installed."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from glance_docs_ext.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHELLS = ('bash', 'zsh', 'tcsh')
FILES = frozenset({'PATH', 'FILE'})
"""The words that stand for a file in our options."""


class PrintCompletion(argparse.Action):
    """The option that prints the script for a shell, and ends."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        values: str | Sequence[str] | None,
        _option: str | None = None,
    ) -> None:
        """Print it.

        :raises SystemExit: always: 0, or 2 where shtab is missing
        """
        try:
            import shtab  # noqa: PLC0415  # an extra, for this option alone
        except ModuleNotFoundError:
            parser.error(
                '--print-completion needs shtab: pip install "glance-docs-ext[completion]"'
            )
        for action in _actions(parser):
            if action.metavar in FILES:
                vars(action)['complete'] = shtab.FILE
            elif action.metavar == 'CODE':
                action.choices = [rule.code for rule in all_rules()]
        sys.stdout.write(shtab.complete(parser, shell=str(values)) + '\n')
        parser.exit()


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the options and arguments of a parser and of its commands."""
    for action in vars(parser)['_actions']:
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  # argparse has no other name for it
            for command in action.choices.values():
                yield from _actions(command)
