"""Where nginx notices that a semicolon, a brace or a quote is missing: the line that it names.

nginx reads on behind the fault until the words make no sense, and names the line it has come to by
then. So this reads strictly, as nginx does, and goes past nothing. Source: ``ngx_conf_read_token``,
``ngx_conf_parse`` and ``ngx_conf_handler`` of src/core/ngx_conf_file.c.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.nginx import contexts
from glance_docs_ext.engines.nginx.forms import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Catalogue

_TOKEN = re.compile(
    r"""
      (?>(?:[ \t\r\n]++|\#[^\n]*+)+)
    | (?P<stop>[;{}])
    | (?P<quote>["'])
    | (?P<word>(?>(?:[^ \t\r\n;{\\$]|\\.|\$\{*+)+)\\?|\\)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSE = {
    '"': re.compile(r'((?>(?:[^"\\]|\\.)*))"', re.S),
    "'": re.compile(r"((?>(?:[^'\\]|\\.)*))'", re.S),
}
_BEHIND_QUOTE = frozenset(' \t\r\n;{)')

LONGEST = 200_000  # characters that are read for one fault; a file of a server has some thousands
ANY_WORDS = frozenset({'types', 'geoip2', 'split_clients'})
"""Blocks whose lines have any number of words; those of the others have two, …"""
SINGLE = frozenset({'hostnames', 'volatile', 'ranges', 'proxy_recursive'})
"""… or are one of these."""


class Open(NamedTuple):
    """A block that is open: its name, and the contexts that its body may be."""

    name: str
    inside: frozenset[str]


_Read = tuple[list[str], str, int]
"""Words, the stop that they go up to, and its place; the stop '' is where nginx cannot go on."""


def noticed(
    text: str, start: int, around: Iterable[Open], catalogue: Catalogue, *, at_once: bool = False
) -> int | None:
    """Return the offset at which nginx refuses ``text`` when it reads it from ``start`` on.

    :param start: where a statement starts whose place is right
    :param around: what is open there, the top of the text first
    :param at_once: the first statement is known to be refused, when it is read at the latest
    :return: None where it reads all of it, or very much; what only values show is not seen here
    """
    blocks = list(around)
    for words, stop, place in _sentences(text, start):
        if stop == '' or bool(words) == (stop == '}'):
            at_its_end = place == len(text) and not words and len(blocks) == 1
            return None if stop == '' and at_its_end else place
        if stop == '}':
            if len(blocks) == 1:
                return place
            blocks.pop()
        elif at_once or not _accepts(words, stop, blocks[-1], catalogue):
            return place
        elif stop == '{':
            blocks.append(Open(words[0], contexts.opened_by(words[0], blocks[-1].inside)))
    return None


def _sentences(text: str, start: int) -> Iterator[_Read]:
    """Yield what stands from ``start`` on, as far as `LONGEST` goes."""
    words: list[str] = []
    position, end = start, min(len(text), start + LONGEST)
    while position < end:
        token = _TOKEN.match(text, position, end)
        if token is None:  # never: each character starts one of the alternatives
            break
        position, kind = token.end(), token.lastgroup
        if kind == 'word':
            words.append(token[0])
        elif kind == 'stop':
            yield words, token[0], token.start()
            words = []
        elif kind == 'quote':
            closed = _CLOSE[token[0]].match(text, position, end)
            if closed is None:
                break
            words.append(closed[1])
            position = closed.end()
            if text[position : position + 1] not in _BEHIND_QUOTE:
                yield words, '', position
                return
    if end == len(text):
        yield words, '', end


def _accepts(words: list[str], stop: str, block: Open, catalogue: Catalogue) -> bool:
    """Whether a statement may stand in ``block``, with so many words and that end."""
    name, *arguments = words
    if block.inside & contexts.LINES:
        return stop == ';' and (len(words) == 2 or block.name in ANY_WORDS or name in SINGLE)
    entries = [
        entry
        for entry in catalogue[name]
        if not block.inside or not entry.contexts or entry.contexts & block.inside
    ]
    form = form_of(name, len(arguments))
    return any(
        ('block' in entry.flags) == (stop == '{')
        and (entry.arity is None or entry.arity.accepts(len(arguments)))
        for entry in entries
    ) and (form is None or form.fault(arguments) is None)
