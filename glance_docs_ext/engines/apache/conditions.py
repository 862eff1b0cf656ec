"""Which of the sections that Apache decides about while it reads are true."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.words import words_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.apache.variables import Variables
    from glance_docs_ext.versions import Version

CONDITIONS = frozenset(
    ('<ifmodule', '<ifdefine', '<ifversion', '<iffile', '<ifdirective', '<ifsection')
)
LONGEST = 60  # characters of such an expression, so that Python's compiler is never deep in it
# What PCRE and Python read alike, and has an end soon.
SIMPLE = re.compile(r'\^?(?:[0-9]|\\?\.|\[[0-9]+(?:-[0-9]+)?\]|[(|)])+[*+?]?\$?')
VERSION = re.compile(r'[0-9]+(?:\.[0-9]*){0,2}\.?')  # a number that is not there is 0


class Conditions:
    """Answers for one version of Apache and its modules.

    ``modules`` are the modules by both names that ``<IfModule>`` takes: the name of the source file
    (``mod_ssl.c``) and the symbol (``ssl_module``).
    """

    def __init__(
        self, catalogue: Catalogue, modules: Mapping[str, str], version: Version | None = None
    ) -> None:
        self._catalogue = catalogue
        self._pairs = modules
        self._deployed = version
        young = self._young(version) if version else frozenset()
        self.modules = frozenset(
            name for file, symbol in modules.items() if file not in young for name in (file, symbol)
        )

    def at(self, version: Version) -> Conditions:
        """Return the answers of another version, without the modules that came later."""
        return Conditions(self._catalogue, self._pairs, version)

    def _young(self, version: Version) -> frozenset[str]:
        """Return the modules none of whose directives ``version`` has."""
        entries = [*chain.from_iterable(self._catalogue.entries.values())]
        known = {entry.owner for entry in entries if entry.is_known_to(version)}
        return frozenset(entry.owner for entry in entries) - known

    def _knows(self, key: str) -> bool:
        return any(entry.is_known_to(self._deployed) for entry in self._catalogue[key])

    def holds(
        self, key: str, written: str, arguments: list[str], variables: Variables
    ) -> bool | None:
        """Whether the engine reads the body; None where only the machine knows (``<IfFile>``).

        :param written: the text that the arguments were taken from
        """
        if not arguments:
            return None
        if key == '<ifversion':
            return self._version(arguments)
        wanted, word = asked_for(written, arguments)
        result = None if '${' in word else self._result(key, word, variables)
        return None if result is None else result is wanted

    def _result(self, key: str, word: str, variables: Variables) -> bool | None:
        match key:
            case '<ifmodule':
                return word in self.modules
            case '<ifdefine':
                return variables.is_defined(word)
            case '<ifdirective':
                return self._knows(word.lower())
            case '<ifsection':
                return self._knows(f'<{word.lower()}')
        return None

    def _version(self, arguments: list[str]) -> bool | None:
        """start_ifversion() of modules/metadata/mod_version.c; None where it refuses the words."""
        operator, version = comparison(arguments)
        wanted = not operator.startswith('!')
        operator = operator if wanted else operator[1:]
        own = self._deployed.text if self._deployed else self._catalogue.version
        if operator == '~' or (operator in {'=', '=='} and version.startswith('/')):
            found = _matches(version if operator == '~' else version[1:-1], own)
            return None if found is None else found is wanted
        if not VERSION.fullmatch(version):
            return None
        ours, theirs = _numbers(own), _numbers(version)
        results = {
            '=': ours == theirs,
            '==': ours == theirs,
            '>': ours > theirs,
            '>=': ours >= theirs,
            '<': ours < theirs,
            '<=': ours <= theirs,
        }
        return results[operator] is wanted if operator in results else None


def asked_for(written: str, arguments: list[str]) -> tuple[bool, str]:
    """Return whether a name is to be there, or is not to be, and that name.

    ``start_ifmod()`` and its like of server/core.c look at the first character, before they take a
    word: "!" may stand apart from the name, or before its quotes, but not within them.
    """
    if not written.startswith('!'):
        return True, arguments[0]
    found = words_at(written, 1, len(written))
    return False, found[0].text if found else ''


def comparison(arguments: list[str]) -> tuple[str, str]:
    """Return the operator and the version of an ``<IfVersion>``, which has at least one argument.

    Three words are a comparison whose ">" stands behind the version: the last is not looked at.
    """
    if len(arguments) == 1:
        return '=', arguments[0]
    operator, version = arguments[:2]
    return operator, version.removesuffix('>') if len(arguments) > 2 else version


def _matches(pattern: str, version: str) -> bool | None:
    """Whether a version matches an expression; None for one that is not a simple one."""
    if len(pattern) > LONGEST or not SIMPLE.fullmatch(pattern):
        return None
    try:
        return re.search(pattern, version) is not None
    except re.error:
        return None


def _numbers(version: str) -> list[int]:
    numbers = [int(number[:9] or '0') for number in version.split('.')[:3]]
    return numbers + [0] * (3 - len(numbers))
