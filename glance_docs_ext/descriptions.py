"""Description: what a server knows of one of its names, in words for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rules.common.argument_count import arity_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.engine import Engine

PARTS = {'apache': 'module', 'nginx': 'module', 'uwsgi': 'plugin'}
"""What the owner of a name is called, by engine."""

VALUES = {
    'argument-required': 'takes a value',
    'argument-optional': 'may take a value',
    'argument-none': 'a switch',
}
"""What uWSGI's table of options says of values: ``has_arg`` of ``getopt_long``."""


class Description(NamedTuple):
    """``help`` in the server's own words ('' where it has none), ``facts`` in ours."""

    help: str
    facts: str


def described(engine: Engine, key: str) -> tuple[Description, ...]:
    """Return what the catalogue of ``engine`` has of a name: one for each of its entries.

    :param key: the name as the catalogue has it; an unknown one gives nothing
    """
    entries = engine.catalogue[key]
    every = (Description(' '.join(entry.help.split()), _facts(engine, entry)) for entry in entries)
    return tuple(dict.fromkeys(every))


def _facts(engine: Engine, entry: Entry) -> str:
    facts = [fact[0].upper() + fact[1:] for fact in _each_fact(engine, entry)]
    return ''.join(f'{fact}. ' for fact in facts).rstrip()


def _each_fact(engine: Engine, entry: Entry) -> Iterator[str]:
    if entry.owner:
        yield f'of the {PARTS[engine.name]} {entry.origin or entry.owner}'
    if values := _values(engine, entry):
        yield values
    # In the engine's own order, from the outermost to the innermost.
    places = [engine.describe_context(name) for name in engine.contexts if name in entry.contexts]
    if places:
        yield f'may stand {", ".join(places)}'
    if entry.since:
        yield f'since {engine.label} {entry.since}'
    if entry.inert_since:
        yield f'no effect since {engine.label} {entry.inert_since}'
    if entry.until:
        yield f'removed in {engine.label} {entry.until}'


def _values(engine: Engine, entry: Entry) -> str:
    """Return what may stand behind the name, '' where the server takes that apart itself."""
    if entry.kind == 'FLAG' or (engine.name == 'nginx' and 'flag' in entry.flags):
        return 'takes on or off'
    if entry.arity is not None:
        return f'takes {arity_in_words(entry.arity)}'
    return next((words for flag, words in VALUES.items() if flag in entry.flags), '')
