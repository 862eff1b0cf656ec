"""Variables: what ``Define`` sets and ``${NAME}`` means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REFERENCE = re.compile(r'\$\{([^}]*)\}')


class Variables:
    """The variables of one text, as ap_resolve_env() of server/util.c looks them up.

    Names are the same in either case. The engine would also ask its environment: that is another
    machine's, so what the text does not define stays as it is written.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = dict(values or {})
        self._names: set[str] = set()

    def define(self, name: str, value: str | None) -> None:
        """Do what ``Define`` does: a flag for ``<IfDefine>``, and a value if there is one."""
        self._names.add(name)
        if value is not None:
            self.values[name.lower()] = value

    def undefine(self, name: str) -> None:
        """Do what ``UnDefine`` does."""
        self._names.discard(name)
        self.values.pop(name.lower(), None)

    def is_defined(self, name: str) -> bool:
        """Whether ``<IfDefine name>`` is true; here the case counts."""
        return name in self._names

    def resolve(self, text: str) -> str:
        """Return ``text`` with the known variables in; a value is not looked through again."""
        if '${' not in text:
            return text
        return REFERENCE.sub(lambda found: self.values.get(found[1].lower(), found[0]), text)
