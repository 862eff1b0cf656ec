"""Variables: what ``Define`` sets and ``${NAME}`` means."""

from __future__ import annotations

import re

REFERENCE = re.compile(r'\$\{([^}]*)\}')
LONGEST = 65536  # characters of values in one line
MOST = 16_000_000  # characters of values in all lines of a text


class Variables:
    """The variables of one text, as ap_resolve_env() of server/util.c looks them up.

    Names are the same in either case. The engine would also ask its environment: that is another
    machine's, so what the text does not define stays as it is written.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._names: set[str] = set()
        self._room = MOST

    def define(self, name: str, value: str = '') -> None:
        """Do what ``Define`` does: a flag for ``<IfDefine>``, and a value if there is one.

        An empty one is none: ``invoke_cmd()`` of server/config.c hands on a second word that has
        something in it.
        """
        self._names.add(name)
        if value:
            self.values[name.lower()] = value

    def undefine(self, name: str) -> None:
        """Do what ``UnDefine`` does."""
        self._names.discard(name)
        self.values.pop(name.lower(), None)

    def is_defined(self, name: str) -> bool:
        """Whether ``<IfDefine name>`` is true; here the case counts."""
        return name in self._names

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and value of each known variable in ``text``, in their order.

        A value is not looked through again. A text that would grow beyond all measure, as by
        definitions that double themselves or a long value in many lines, is left as it is.
        """
        if not self.values or '${' not in text:
            return []
        references = ((m, self.values.get(m[1].lower())) for m in REFERENCE.finditer(text))
        found = [(*m.span(), value) for m, value in references if value is not None]
        length = sum(len(value) for *_, value in found)
        if length > min(LONGEST, self._room):
            return []
        self._room -= length
        return found
