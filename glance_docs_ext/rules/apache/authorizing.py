"""authorization_faults(statement): what is wrong with what ``Require`` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.apache.addresses import is_network
from glance_docs_ext.rules.apache.requirements import ALL, KINDS, METHODS
from glance_docs_ext.rules.apache.slips import is_slip
from glance_docs_ext.rules.apache.values import COMMENT, Fault, closing_comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.syntax import Statement, Word


def authorization_faults(statement: Statement) -> Iterator[Fault]:
    """Yield what is wrong with a ``Require``, or with the one that an alias stands for."""
    words = _required(statement)
    if words is None:
        return
    if not words or not words[0].text:
        yield Fault(statement.name.span, 'it names no requirement', 'write "all granted", say')
        return
    kind, values = words[0], words[1:]
    if kind.text not in ALL:
        remedy = (
            f'write {kind.text.lower()}' if kind.text.lower() in KINDS else 'check its spelling'
        )
        what = f'there is no requirement {shortened(kind.text)!r}'
        yield Fault(kind.span, what, remedy, by_module=_may_be_of_a_module(kind.text.lower()))
    elif kind.text == 'all':
        written = statement.rest.text if statement.key == 'require' else words[-1].text
        yield from _all(kind, values, written)
    elif kind.text == 'method':
        yield from _methods(values)
    elif kind.text in {'ssl', 'ssl-verify-client'} and values:
        yield Fault(values[0].span, f'{kind.text} takes no arguments', 'take them away')
    elif kind.text == 'ip':
        yield from _addresses(kind, values)


def is_defined(statement: Statement, added: dict[str, int]) -> bool:
    """Whether the kind that is asked for is one that the text defines before.

    :param added: those that it defines, each with the offset from which on it is known
    """
    words = _required(statement)
    if not words or not words[0].text:
        return False
    return added.get(words[0].text, words[0].start) < words[0].start


def _may_be_of_a_module(kind: str) -> bool:
    return kind not in KINDS and not is_slip(kind, KINDS)


def _required(statement: Statement) -> tuple[Word, ...] | None:
    """Return a kind and what it is asked for; None where the section of an alias has no name."""
    words = statement.arguments
    if statement.key != '<authzprovideralias':
        return words[1:] if words and words[0].text == 'not' else words
    if len(words) < 2:
        return None
    said = words[2].text.split() if len(words) > 2 else []  # one word holds all of it
    return (words[0], *(words[2]._replace(text=text) for text in said))


def _all(kind: Word, values: tuple[Word, ...], written: str) -> Iterator[Fault]:
    if len(values) != 1 or written.rsplit(maxsplit=1)[-1].lower() not in {'granted', 'denied'}:
        place = values[-1] if values else kind
        comment = any(closing_comment(word) for word in values)
        remedy = COMMENT if comment else 'write "all granted" or "all denied"'
        yield Fault(place.span, '"all" wants "granted" or "denied", and nothing else', remedy)


def _methods(values: tuple[Word, ...]) -> Iterator[Fault]:
    for word in values:
        if word.text not in METHODS:
            what = f'there is no method {shortened(word.text)!r}'
            yield Fault(word.span, what, 'write GET POST')
            break


def _addresses(kind: Word, values: tuple[Word, ...]) -> Iterator[Fault]:
    if not values:
        yield Fault(kind.span, 'the address is missing', 'write an address or a network')
    for word in values:
        if not is_network(word.text):
            what = f'{shortened(word.text)!r} is no address and no network'
            remedy = (
                COMMENT if closing_comment(word) else 'write 192.0.2.1, 192.0.2.0/24 or 192.0.2'
            )
            yield Fault(word.span, what, remedy)
            break
