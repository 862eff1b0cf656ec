"""Which of the sections that Apache decides about while it reads are true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.apache.variables import Variables

CONDITIONS = frozenset(
    ('<ifmodule', '<ifdefine', '<ifversion', '<iffile', '<ifdirective', '<ifsection')
)
VERSION = re.compile(r'\d+(?:\.\d+){0,2}\Z')


class Conditions:
    """Answers for one version of Apache and its modules.

    ``modules`` holds each module under both names that ``<IfModule>`` takes: the name of its source
    file (``mod_ssl.c``) and its symbol (``ssl_module``).
    """

    def __init__(self, catalogue: Catalogue, modules: Set[str]) -> None:
        self._catalogue = catalogue
        self.modules = modules

    def holds(self, key: str, arguments: list[str], variables: Variables) -> bool | None:
        """Whether the engine reads the body; None where only the machine knows (``<IfFile>``)."""
        if not arguments:
            return None
        if key == '<ifversion':
            return self._version(arguments)
        word = arguments[0]
        wanted = not word.startswith('!')
        word = word if wanted else word[1:]
        tests: dict[str, Callable[[str], bool]] = {
            '<ifmodule': self.modules.__contains__,
            '<ifdefine': variables.is_defined,
            '<ifdirective': lambda name: name.lower() in self._catalogue,
            '<ifsection': lambda name: f'<{name.lower()}' in self._catalogue,
        }
        if key not in tests or '${' in word:
            return None
        return tests[key](word) is wanted

    def _version(self, arguments: list[str]) -> bool | None:
        """start_ifversion() of modules/metadata/mod_version.c; None where it refuses the words."""
        operator, version = arguments[:2] if len(arguments) > 1 else ('=', arguments[0])
        wanted = not operator.startswith('!')
        operator = operator if wanted else operator[1:]
        if operator == '~' or (operator in {'=', '=='} and version.startswith('/')):
            return None
        if not VERSION.match(version):
            return None
        ours, theirs = _numbers(self._catalogue.version), _numbers(version)
        results = {
            '=': ours == theirs,
            '==': ours == theirs,
            '>': ours > theirs,
            '>=': ours >= theirs,
            '<': ours < theirs,
            '<=': ours <= theirs,
        }
        return results[operator] is wanted if operator in results else None


def _numbers(version: str) -> list[int]:
    numbers = [int(number[:9]) for number in re.findall(r'\d+', version)[:3]]
    return numbers + [0] * (3 - len(numbers))
