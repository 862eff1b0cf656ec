"""Which options the engine applies, in its order: ``if``, ``for`` and sections that are included.

``add_exported_option_do()`` in core/config.c, ``uwsgi_opt_logic()`` in core/uwsgi.c. One ``if`` or
``for`` may be open at a time; any of the five ends closes it. Inside a ``for`` each line is applied
once for each of its words before the next line is looked at.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.engines.uwsgi.lists import NAMES, Lists
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.engines.uwsgi.sections import INSIDE, SECTION
from glance_docs_ext.syntax import Problem, Statement, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.uwsgi.sections import Sections

ENDS = frozenset({'end', 'endfor', 'end-for', 'endif', 'end-if'})
SET = 'set'  # NAME=VALUE, which applies the option NAME at once
SETS = frozenset({SET, 'set-placeholder', 'set-ph'})
AGAIN = re.compile(rf'\A(?:{SET}=)+')  # a ``set`` that sets an option by another ``set``
WORD = '%(_)'  # in a line of a ``for``: the word that it is applied for
LOADING = ('ini', 'include', 'inherit')
ONCE = ('',)
MOST = 64  # words of a ``for`` that are looked at; nobody writes more by hand
BUDGET = 100_000  # characters that words of a ``for`` may become, about


class Order:
    """The options that are applied, and what is wrong with the order they stand in."""

    def __init__(self, sections: Sections, catalogue: Catalogue) -> None:
        """Walk through the section and what it includes."""
        self.applied = sections.lines.get(SECTION, [])
        self.names = frozenset([line[0] for line in self.applied])
        # Of each of them the ``if`` that decides whether it is applied; None: it is in any case.
        self.branches: list[Statement | None] = [None] * len(self.applied)
        self.problems: list[Problem] = []
        self.inherited: int | None = None  # the first of ``applied`` that only ``inherit`` brings
        self.is_conditional = False  # whether the host decides about some of them
        self._sections = sections
        deciding = _deciding(catalogue)
        if self.names.isdisjoint(deciding):
            return
        self.applied, self.branches = [], []
        self._catalogue = catalogue
        self._logic = _logic(catalogue)
        self._deciding = deciding
        self._open: Statement | None = None
        self._words: tuple[str, ...] | None = ONCE
        self._nested = 0
        self._is_brought = False  # by an option inside of the ``if`` or ``for`` that is open
        # How the sections of the text are called that was loaded last; None: it is not here.
        self._file: str | None = ''
        self._budget = BUDGET
        self._lists = Lists()
        self._is_forbidden = False
        for line in self._lines():
            self._forbid(line, line.key)
            self._apply(line)
        if self._open is not None:
            self._note('unclosed-logic', self._open)
        self.names = frozenset([line.key for line in self.applied])

    def is_here(self, loaded: str) -> bool:
        """Whether what an option loads is a section of the text, or of one read with it."""
        return loaded.startswith(':') or loaded in self._sections.files

    def continues(self, line: Statement) -> bool:
        """Whether an option looks as if it went on with the one on the line before."""
        return line.name.start in self._sections.continuing

    def _lines(self) -> Iterator[Statement]:
        """Yield the lines of the section, those of an included one behind its ``ini``.

        A section is included once only: one that includes itself would never end. What another
        text brings stands in the place of the option that loads it, or behind all if inherited.
        """
        included = {SECTION}
        inherited: list[str] = []
        pending = [(iter(self._sections.lines.get(SECTION, ())), False)]
        while pending or inherited:
            if not pending:
                if self.inherited is None:
                    self.inherited = len(self.applied)
                pending.append((iter(self._sections.lines.get(inherited.pop(0), ())), False))
            lines, self._is_brought = pending[-1]
            line = next(lines, None)
            if line is None:
                pending.pop()
                continue
            if line.key not in LOADING:
                yield line
                continue
            if not (line.arguments and line.rest.text in self._sections.files):
                yield line  # what it loads is not read in its place
            brought: list[Statement] = []
            for name in [] if self._words == () else self._included_in_turn(line):
                if name in included:
                    continue
                included.add(name)
                if line.key == 'inherit':
                    inherited.append(name)
                else:
                    brought += self._sections.lines.get(name, ())
            if brought:
                pending.append((iter(brought), self._open is not None))

    def _included_in_turn(self, line: Statement) -> list[str]:
        """Return the sections that a line includes, in a ``for`` one for each of its words."""
        found = [self._included(_with_word(line, word)) for word in self._words or ONCE]
        return [name for name in found if name]

    def _included(self, line: Statement) -> str:
        """Return the section that a line includes, or ''.

        That is one of the file that was loaded last (``ini = :name``), or of a text that is read
        together with this one. What ``inherit`` names is loaded later, behind all others.
        """
        key = line.key
        if not line.arguments:
            return ''
        value = line.rest.text
        file, colon, name = value.rpartition(':')
        if key == 'ini' and colon and not file:
            return '' if self._file is None else self._file + name
        prefix = self._sections.files.get(value)
        if key != 'inherit':
            self._file = None if self._words is None else prefix  # the host decides about an ``if``
        if prefix is None:
            return ''
        return prefix + (name if key == 'ini' and colon and name else SECTION)

    def _apply(self, line: Statement) -> None:
        name = line.key
        if name not in self._deciding:
            if self._words != ():
                self._add(line)
            return
        ends = name in ENDS and not self._is_brought
        if ends and self._nested:  # meant for the inner one, which was a fault already
            self._nested -= 1
        elif ends:
            if self._open is None:
                self._note('stray-logic-end', line)
            self._open, self._words = None, ONCE
        elif self._words == ():
            return
        elif (logic := _option_set(line) or line).key in self._logic:
            if self._open is None:
                self._take(line, None)
                if logic is not line:
                    self._take(logic, None)
                self._open, self._words = logic, _words(logic)
                return
            self._nested += logic is line  # nobody ends what a ``set`` has begun a second time
            kind = 'nested-logic' if self._words else 'fault-in-branch'
            name = logic.key
            self._note(kind, line, name=name, fault=f'{name} inside {self._open.key}')
        self._add(line)

    def _add(self, line: Statement) -> None:
        """Take a line as applied, in a ``for`` once for each of its words."""
        branch = self._open if self._words is None else None
        self.is_conditional |= branch is not None
        name = line.key
        words = self._words_for(line)
        if words is ONCE and name not in self._deciding and name not in SETS:
            self._take(line, branch)
            return
        for number, word in enumerate(words):
            if number:
                self._forbid(line, name)
                line = line._replace()  # applied again it is a statement of its own
            told = _with_word(line, word)
            self._take(told, branch)
            if (option_set := _option_set(told)) and self._is_applied(option_set.key):
                self._take(option_set, branch)
            text = told.rest.text
            option, equals, _ = text.partition('=')
            if branch is None and equals and name in SETS:
                self._forbid(line, option)
            self._lists.apply(name, text, certain=branch is None and WORD not in text)

    def _take(self, line: Statement, branch: Statement | None) -> None:
        self.applied.append(line)
        self.branches.append(branch)

    def _is_applied(self, option: str) -> bool:
        """Whether an option that is set is known, and decides nothing about others."""
        return option in self._catalogue and option not in self._deciding

    def _words_for(self, line: Statement) -> tuple[str, ...]:
        """Return the words that a line is applied for; one unknown word where they are many."""
        words = self._words or ONCE
        if words is ONCE or self._is_brought:
            return ONCE
        self._budget -= sum(map(len, words)) * (1 + len(line.rest.text))
        return words if self._budget > 0 else ONCE

    def _forbid(self, line: Statement, option: str) -> None:
        """Note the first option that a list forbids: uWSGI ends there."""
        forbidding = self._lists.forbidding(option)
        if not forbidding or self._is_forbidden:
            return
        self._is_forbidden = True
        if line.key in self._catalogue or self._is_variable(line.key):
            remedy = _remedy(option, forbidding)
            values = {'option': option, 'list': forbidding, 'remedy': remedy}
            self.problems.append(Problem('forbidden-option', line.name.span, values))

    def _is_variable(self, name: str) -> bool:
        """Whether the text refers to a name, so that nothing else will be said of it."""
        lines = [line for lines in self._sections.lines.values() for line in lines]
        return any(f'%({name})' in line.rest.text for line in lines)

    def _note(self, kind: str, line: Statement, **values: str) -> None:
        opener = self._open.key if self._open else ''
        values = {'name': line.key, 'opener': opener, **values}
        self.problems.append(Problem(kind, line.name.span, values))


@cache
def _logic(catalogue: Catalogue) -> frozenset[str]:
    """Return the names of what decides about the lines behind it."""
    return frozenset(
        key for key in catalogue if any(e.kind == 'uwsgi_opt_logic' for e in catalogue[key])
    )


@cache
def _deciding(catalogue: Catalogue) -> frozenset[str]:
    """Return the names without which a section is applied as it stands."""
    return _logic(catalogue).union(ENDS, NAMES, LOADING, {SET})


def _words(line: Statement) -> tuple[str, ...] | None:
    """Return the words for which what follows is applied; None where the host decides whether.

    A word that only the host knows is ''. ``for-glob`` takes the pattern where no file matches it.
    """
    value = line.rest.text
    match line.key:
        case 'for':
            return tuple([word for word in value.split(' ') if word][:MOST])
        case 'for-times':
            return tuple(map(str, range(1, min(read_integer(value), MOST) + 1)))
        case 'for-glob':
            return ONCE
    return None


def _option_set(line: Statement) -> Statement | None:
    """Return the option that a ``set`` applies at once, with its place in it; None for others."""
    written, start, end = line.rest
    if line.key != SET or '=' not in written:
        return None
    text = AGAIN.sub('', written)
    option, equals, value = text.partition('=')
    if not equals:
        return None
    if len(written) != end - start:  # a word of a ``for`` stands in it
        return _option(Word(option, start, end), Word(value, start, end))
    start = end - len(text)
    behind = start + len(option)
    return _option(Word(option, start, behind), Word(value, behind + 1, end))


def _option(name: Word, value: Word) -> Statement:
    return Statement(name.text, name, (value,), value, INSIDE)


def _with_word(line: Statement, word: str) -> Statement:
    """Return a line of a ``for`` as it is for one word."""
    text = line.rest.text
    if not word or WORD not in text:
        return line
    value = line.rest._replace(text=text.replace(WORD, word))
    return line._replace(arguments=(value,), rest=value)


def _remedy(option: str, forbidding: str) -> str:
    if forbidding == 'blacklist':
        return f'take {option} out of the list, or write "end-blacklist =" above it'
    return f'name {option} in the list, or move it above the list'
