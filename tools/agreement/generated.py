"""Texts that cover the catalogues: every name in every context, right and wrong arguments.

What is right, the engine decides: one kind has as many words as it takes, of a usual sort, the
other too few, too many, or words of an odd sort.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from glance_docs_ext.engines import get_engine
from tools.agreement.mutants import ADDRESSES, FLAGS, NUMBERS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.catalogue import Entry

Generated = tuple[str, str, str, str | None]  # kind, origin, text, context

USUAL = ('On', '1', 'a', '/srv/a', 'off', '10', 'all', 'http://127.0.0.1:8080/', 'a b', '127.0.0.1')
COUNTS = {  # of Apache's kinds of arguments: the fewest and the most words
    'FLAG': (1, 1), 'NO_ARGS': (0, 0), 'RAW_ARGS': (1, 2), 'TAKE1': (1, 1), 'ITERATE': (1, 2),
    'TAKE12': (1, 2), 'TAKE123': (1, 3), 'TAKE13': (1, 1), 'TAKE2': (2, 2), 'TAKE23': (2, 3),
    'ITERATE2': (2, 3), 'TAKE3': (3, 3), 'TAKE_ARGV': (1, 3),
}  # fmt: skip
# .htaccess is not read by -t; bodies of data have no names of their own.
LEFT_OUT = {
    'apache': {'htaccess'},
    'nginx': {'types', 'map', 'geo', 'geoip2', 'split_clients', 'charset_map', 'if'},
    'uwsgi': {'file'},
}
FLAG_KINDS = ('FLAG', 'ngx_conf_set_flag_slot', 'uwsgi_opt_true')


def generated(engine: str, seed: int) -> Iterator[Generated]:
    """Yield for each entry and context one text of each kind.

    Each has a chance of its own: an entry that is new changes nothing in the texts of the others.
    """
    server = get_engine(engine)
    for key, entries in server.catalogue.entries.items():
        if entries[0].package:  # of a third party: the engine here need not have it
            continue
        for context in server.contexts:
            if context in LEFT_OUT[engine] or context.startswith(('rtmp', 'geoip2')):
                continue
            for kind in ('entry, usual arguments', 'entry, odd arguments'):
                chance = random.Random(f'{seed} {engine} {key} {context} {kind}')  # noqa: S311  # repeatable
                entry = chance.choice(entries)
                words = _words(entry, chance, odd='odd' in kind)
                yield kind, entry.name, _text(engine, key, entry, words, chance), context


def _words(entry: Entry, chance: random.Random, *, odd: bool) -> str:
    fewest, most = entry.arity or COUNTS.get(entry.kind, (1, 1))
    most = fewest + 2 if most is None else most
    flag = entry.kind in FLAG_KINDS or 'flag' in entry.flags
    number = chance.randint(fewest, most)
    if not odd:
        return ' '.join(
            chance.choice(('On', 'Off', 'off')) if flag else _usual(chance) for _ in range(number)
        )
    number = max(0, number + chance.choice((-1, 0, 0, 1)))
    return ' '.join(chance.choice((*FLAGS, *NUMBERS, *ADDRESSES, *WORDS)) for _ in range(number))


def _usual(chance: random.Random) -> str:
    word = chance.choice(USUAL)
    return f'"{word}"' if ' ' in word else word


def _text(engine: str, key: str, entry: Entry, words: str, chance: random.Random) -> str:
    name = entry.name.strip('<>')
    if engine == 'uwsgi':
        return chance.choice((f'{name} = {words}\n', f'{name} = {words}\n', f'{name}\n'))
    if engine == 'nginx':
        end = ' { }' if 'block' in entry.flags else ';'
        return f'{name} {words}{end}\n'
    return f'<{name} {words}>\n</{name}>\n' if key.startswith('<') else f'{name} {words}\n'
