"""Nesting: which sections are open, and which of them a closing tag is meant for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache.balance import Balance
from glance_docs_ext.engines.apache.conditions import CONDITIONS
from glance_docs_ext.engines.apache.sections import INSIDE, OPAQUE, inside
from glance_docs_ext.engines.apache.words import end_of_word
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.conditions import Conditions
    from glance_docs_ext.engines.apache.lines import Line
    from glance_docs_ext.engines.apache.variables import Variables
    from glance_docs_ext.source import Span
    from glance_docs_ext.syntax import Statement


class Nesting:
    """The statements of a text, and the sections that are open while it is read.

    What is read next goes into ``children`` and stands in ``contexts``; where ``passed`` is true,
    it is no configuration to the engine. ``awaited`` is the key of the section that is to be closed
    next, if any. Faults are noted in ``problems``.
    """

    def __init__(self, text: str, top: frozenset[str], problems: list[Problem]) -> None:
        self.statements: list[Statement] = []
        self.children = self.statements
        self.contexts = top
        self.passed = False
        self.awaited = ''
        self._problems = problems
        self._text = text
        self._open: list[Statement] = []
        self._open_keys: dict[str, int] = {}
        self._late: dict[str, int] = {}
        self._skipped: list[str] = []
        self._skipped_names: dict[str, int] = {}

    @cached_property
    def _balance(self) -> Balance:
        return Balance(self._text)

    @property
    def condition(self) -> bool:
        """Whether the innermost section is one that the engine decides about while it reads."""
        return self.awaited in CONDITIONS

    def open(self, section: Statement, conditions: Conditions, variables: Variables) -> None:
        """Open a section that stands in ``contexts``; what is read next goes into its body."""
        key, _, arguments, rest, contexts, body = section
        self.children.append(section)
        self._open.append(section)
        self._open_keys[key] = self._open_keys.get(key, 0) + 1
        self.awaited = key
        self.children = body  # type: ignore[assignment]  # a list, as long as it is read
        if key in CONDITIONS:
            asked = [word.text for word in arguments]
            self.passed = conditions.holds(key, rest.text, asked, variables) is not True
        else:
            self.contexts = inside(key, contexts)
            self.passed = key not in INSIDE and key.startswith(OPAQUE)

    def close(self, written: str, span: Span) -> None:
        """Close the section that a closing tag is meant for, and note where it is the wrong one."""
        key = f'<{written.lower()}'
        if key == self.awaited:
            self.pop()
        elif self._late.get(key):
            self._late[key] -= 1  # of a section that another's tag has closed already
        elif not self._open:
            self._problems.append(Problem('stray-close', span, {'name': written}))
        elif self._open_keys.get(key):
            self._mismatch(written, span)
            while self._open[-1].key != key:
                inner = self._open[-1].key
                if self._balance.is_closed_after(inner[1:], span.end):
                    self._late[inner] = self._late.get(inner, 0) + 1
                self.pop()
            self.pop()
        elif self._balance.is_closed_after(self._open[-1].key[1:], span.end):
            self._problems.append(Problem('stray-close', span, {'name': written}))
        else:
            self._mismatch(written, span)
            self.pop()

    def pop(self) -> None:
        """Close the innermost section."""
        section = self._open.pop()
        self._open_keys[section[0]] -= 1
        self.contexts = section[4]
        self.passed = False  # for there is no section in what is passed over
        if self._open:
            around = self._open[-1]
            self.awaited = around[0]
            self.children = around[5]  # type: ignore[assignment]  # as above
        else:
            self.awaited = ''
            self.children = self.statements
        if self._skipped:
            self._skipped.clear()
            self._skipped_names.clear()

    def end_of_text(self) -> None:
        """Close and note the sections that the text ends in.

        Inside a condition that is true the engine takes the end of the file for its end, and asks
        for no closing tag any more (ap_build_cont_config()).
        """
        excused = False
        for section in self._open:
            is_last = section is self._open[-1]
            excused = excused or (section.key in CONDITIONS and not (is_last and self.passed))
            kind = 'unclosed-condition' if excused else 'unclosed-section'
            name = section.name
            self._problems.append(Problem(kind, name.span, {'name': name.text[1:-1]}))
        while self._open:
            self.pop()

    def pass_over(self, line: Line) -> None:
        """Keep the balance of the sections in a false branch, as ap_soak_end_container() does."""
        if not line.text.startswith('<'):
            return
        own = self.awaited[1:]
        opaque = not self.condition
        end = end_of_word(line.text, 0)
        word = line.text[:end].lower()
        if not word.startswith('</'):
            name = word[1:].removesuffix('>')
            if not opaque or name == own:  # a macro may define others
                self._skipped.append(name)
                self._skipped_names[name] = self._skipped_names.get(name, 0) + 1
            return
        name = word[2:-1]
        if self._skipped and self._skipped[-1] == name:
            self._unskip()
        elif opaque and name != own:
            pass  # mod_macro takes any tag, if with a warning
        elif self._skipped:
            self._skipped_mismatch(name, line.span(0, end))
        else:
            self.close(name, line.span(0, end))

    def _mismatch(self, name: str, span: Span) -> None:
        section = self._open[-1]
        start, end = section.span
        values = {'expected': section.name.text[1:-1], 'start': str(start), 'end': str(end)}
        # What it passes over, the engine reads in one go: it names the line that this began on.
        noticed = start if self.passed else None
        self._problems.append(Problem('mismatched-close', span, {'name': name, **values}, noticed))

    def _skipped_mismatch(self, name: str, span: Span) -> None:
        expected = self._skipped[-1]
        noticed = self._open[-1].name.start
        values = {'name': name, 'expected': expected, 'start': '', 'end': ''}
        self._problems.append(Problem('mismatched-close', span, values, noticed))
        if self._skipped_names.get(name):
            while self._unskip() != name:
                pass
        elif self._open_keys.get(f'<{name}'):
            while self._open[-1].key != f'<{name}':
                self.pop()
            self.pop()
        else:
            self._unskip()

    def _unskip(self) -> str:
        name = self._skipped.pop()
        self._skipped_names[name] -= 1
        return name
