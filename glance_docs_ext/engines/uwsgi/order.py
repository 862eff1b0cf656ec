"""Which options the engine applies, in its order: ``if``, ``for`` and sections that are included.

``add_exported_option_do()`` in core/config.c, ``uwsgi_opt_logic()`` in core/uwsgi.c. One ``if`` or
``for`` may be open at a time; any of the five ends closes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.uwsgi.sections import SECTION
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.uwsgi.sections import Line, Sections

ENDS = frozenset({'end', 'endfor', 'end-for', 'endif', 'end-if'})
NUMBER = re.compile(r'[ \t]*[+-]?[0-9]+')


class Applied(NamedTuple):
    """An option that is applied; ``branch`` is the ``if`` or ``for`` that decides whether it is.

    None stands for "it is applied in any case".
    """

    line: Line
    branch: Line | None


class Order:
    """The options that are applied, and what is wrong with the order they stand in."""

    def __init__(self, sections: Sections, catalogue: Catalogue) -> None:
        """Walk through the section and what it includes."""
        self.applied: list[Applied] = []
        self.problems: list[Problem] = []
        self._sections = sections
        self._catalogue = catalogue
        self._open: Line | None = None
        self._runs: bool | None = True
        self._nested = 0
        for line in self._lines():
            self._apply(line)
        if self._open is not None:
            self._note('unclosed-logic', self._open)

    def _lines(self) -> Iterator[Line]:
        """Yield the lines of the section, those of an included one behind its ``ini``.

        A section is included once only: one that includes itself would never end.
        """
        included = {SECTION}
        pending = [iter(self._sections.lines.get(SECTION, ()))]
        while pending:
            line = next(pending[-1], None)
            if line is None:
                pending.pop()
                continue
            yield line
            name = _included(line)
            if name and name not in included and self._runs is not False:
                included.add(name)
                pending.append(iter(self._sections.lines.get(name, ())))

    def _apply(self, line: Line) -> None:
        name = line.name.text
        if name in ENDS and self._nested:  # meant for the inner one, which was a fault already
            self._nested -= 1
        elif name in ENDS:
            if self._open is None:
                self._note('stray-logic-end', line)
            self._open, self._runs = None, True
        elif self._runs is False:
            return
        elif name.startswith(('if', 'for')) and self._is_logic(name):
            if self._open is None:
                self.applied.append(Applied(line, None))
                self._open, self._runs = line, _runs(line)
                return
            self._nested += 1
            kind = 'nested-logic' if self._runs else 'fault-in-branch'
            self._note(kind, line, fault=f'{name} inside {self._open.name.text}')
        self.applied.append(Applied(line, None if self._runs else self._open))

    def _is_logic(self, name: str) -> bool:
        return any(entry.kind == 'uwsgi_opt_logic' for entry in self._catalogue[name])

    def _note(self, kind: str, line: Line, **values: str) -> None:
        opener = self._open.name.text if self._open else ''
        values = {'name': line.name.text, 'opener': opener, **values}
        self.problems.append(Problem(kind, line.name.span, values))


def _included(line: Line) -> str:
    """Return the section of the same file that a line includes (``ini = :name``), or ''."""
    if line.name.text != 'ini' or line.value is None:
        return ''
    file, colon, name = line.value.text.rpartition(':')
    return name if colon and not file else ''


def _runs(line: Line) -> bool | None:
    """Return whether what follows is applied; None where it depends on the host or the caller."""
    value = line.value.text if line.value else ''
    match line.name.text:
        case 'for':
            return bool(value.strip(' '))
        case 'for-times':
            number = NUMBER.match(value)
            return bool(number) and int(number[0][-9:] if number else 0) > 0
    return None
