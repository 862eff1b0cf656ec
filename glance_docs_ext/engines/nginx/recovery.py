"""Where a semicolon or a brace was forgotten: what the author must have meant.

Guessing starts only where nginx is certain to refuse the words as they stand, so what it accepts
is never taken apart. A line that starts with the name of a directive is then a sentence of its
own, provided that the words before it make a whole one.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from glance_docs_ext.elision import is_elision
from glance_docs_ext.engines.nginx.forms import FORMS
from glance_docs_ext.engines.nginx.lexer import Sentence, placeholder
from glance_docs_ext.rule import shortened
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Word

DOT = '.'
"""Of several, each a word, an elision is made as well."""

_VARIABLE = re.compile(r'\$\{\w+\}').fullmatch
FILLED_IN = ('<%', '${')
"""What begins a placeholder that stands where a directive does, as nginx never has it."""

# A directive that takes any number of words, and yet refuses the name of another one.
PICKY = frozenset({'listen'})


def _elided(words: list[Word]) -> int:
    """Return how many words at the beginning are one elision."""
    if words and is_elision(words[0].text):
        return 1
    dots = sum(1 for _dot in takewhile(lambda word: word.text == DOT, words))
    return dots if dots > 1 else 0


class Recovery:
    """Takes sentences apart; ``problems`` fill while it does."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self._text = text
        self._catalogue = catalogue
        self.problems: list[Problem] = []

    def _is_block(self, name: str) -> bool:
        return any('block' in entry.flags for entry in self._catalogue[name])

    def is_plain(self, sentence: Sentence) -> bool:
        """Whether ``sentence`` ends as it should, on the line where it starts."""
        words = sentence.words
        if sentence.stop == '}' or not words:
            return not words
        first, last = words[0], words[-1]
        return (
            sentence.stop != ''
            and '\n' not in self._text[first.end : last.start]
            and not is_elision(first.text)
            and not first.text.startswith(FILLED_IN)
        )

    def sentences(self, sentence: Sentence) -> Iterator[Sentence]:
        """Yield what ``sentence`` is made of: itself where nothing is wrong with it."""
        self._drop_elisions(sentence)
        self._drop_placeholders(sentence)
        words, stop = sentence.words, sentence.stop
        if stop in {';', '{'} and not (len(words) > 1 and self._is_refused(words, stop)):
            yield sentence
            return
        start = 0
        for index in range(1, len(words)):
            if self._starts_sentence(words, start, index):
                yield self._ended(words[start:index], words[index])
                start = index
        rest = words[start:]
        if stop in {';', '{'} or not rest:
            yield Sentence(rest, stop, sentence.place, sentence.lua_end)
            return
        yield self._ended(rest, None)
        yield Sentence([], stop, sentence.place)

    def lines(self, sentence: Sentence, count: int) -> Iterator[Sentence]:
        """Yield the lines of data in ``sentence``, of ``count`` words each at the most."""
        self._drop_elisions(sentence)
        words, stop = sentence.words, sentence.stop
        start = 0
        if len(words) > count and count:
            for index in range(1, len(words)):
                if index - start == count and self._starts_line(words, index):
                    yield self._ended(words[start:index], None)
                    start = index
        rest = words[start:]
        if stop in {';', '{'} or not rest:
            yield Sentence(rest, stop, sentence.place)
            return
        yield self._ended(rest, None)
        yield Sentence([], stop, sentence.place)

    def _drop_elisions(self, sentence: Sentence) -> None:
        words = sentence.words
        while count := _elided(words):
            if len(words) == count and sentence.stop in {';', '{'}:
                return
            span = Span(words[0].start, words[count - 1].end)
            text = shortened(' '.join(word.text for word in words[:count]))
            self.problems.append(Problem('elision', span, {'text': text}))
            del words[:count]

    def _drop_placeholders(self, sentence: Sentence) -> None:
        """Take away ``<% if … %>`` and a ``${SETTINGS}`` that has its line for itself."""
        words, count = sentence.words, 0
        while count < len(words) and words[count].text.startswith(FILLED_IN):
            end = self._end_of_placeholder(words, count)
            if not end or (end == len(words) and sentence.stop in {';', '{'}):
                break
            span, opening = Span(words[count].start, words[end - 1].end), words[count].text[:2]
            self.problems.append(placeholder(span, opening, 'a directive'))
            count = end
        del words[:count]

    def _end_of_placeholder(self, words: list[Word], first: int) -> int:
        """Return the index behind a placeholder's last word; 0 where more belongs to it."""
        start, text = words[first].start, words[first].text
        if _VARIABLE(text):
            end = first + 1
        else:
            closing = (i for i in range(first, len(words)) if words[i].text.endswith('%>'))
            end = next(closing, -1) + 1
        if not end or '\n' in self._text[start : words[end - 1].end]:
            return 0
        may_go_on = not text.startswith('<%') or text.startswith('<%=')
        if may_go_on and end < len(words):
            return end if '\n' in self._text[words[end - 1].end : words[end].start] else 0
        return end

    def _is_refused(self, words: list[Word], stop: str) -> bool:
        """Whether nginx is certain to refuse these words, and a line break is in them."""
        if '\n' not in self._text[words[0].end : words[-1].start]:
            return False
        name = words[0].text
        entries = self._catalogue[name]
        if not entries:
            return False
        form = FORMS.get(name)
        if name in PICKY or (form and form.fault([word.text for word in words[1:]]) is not None):
            return True
        wanted = [e for e in entries if ('block' in e.flags) == (stop == '{')]
        count = len(words) - 1
        return not any(entry.arity is None or entry.arity.accepts(count) for entry in wanted)

    def _starts_sentence(self, words: list[Word], start: int, index: int) -> bool:
        name = words[index].text
        if name not in self._catalogue or not self._starts_line(words, index):
            return False
        count = index - start - 1
        entries = self._catalogue[words[start].text]
        return not entries or any(e.arity is None or e.arity.accepts(count) for e in entries)

    def _starts_line(self, words: list[Word], index: int) -> bool:
        start = words[index].start
        between = self._text[words[index - 1].end : start]
        return '\n' in between and self._text[start] not in '"\''

    def _ended(self, words: list[Word], following: Word | None) -> Sentence:
        """Return ``words`` as a sentence whose end was forgotten, and note so."""
        end = words[-1].end
        name = words[0].text
        opens = following is not None and self._is_block(name) and self._must_open(words)
        kind = 'missing-brace' if opens else 'missing-semicolon'
        self.problems.append(Problem(kind, Span(end, end), {'name': shortened(name)}))
        return Sentence(words, '{' if opens else ';', end)

    def _must_open(self, words: list[Word]) -> bool:
        entries = self._catalogue[words[0].text]
        count = len(words) - 1
        plain = [e for e in entries if 'block' not in e.flags]
        return not any(e.arity is None or e.arity.accepts(count) for e in plain)
