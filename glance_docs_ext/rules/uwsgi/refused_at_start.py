"""UWS415: a value that uWSGI takes when it reads it, and refuses when it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.numbers import read_integer
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import is_known, is_whole, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document

ITEMS = ('items', 'maxitems', 'max_items')
HASHES = frozenset({'djb33x', 'murmur2', 'random', 'rand', 'rr'})
COLLECTORS = frozenset({'ptr', 'file', 'sum', 'accumulator', 'adder', 'multiplier', 'avg', 'func'})


class RefusedAtStart(Rule):
    """Some values are only taken apart when uWSGI starts: of caches, metrics, farms and mounts.

    Reading the file goes well, and then it ends.
    """

    engines = ('uwsgi',)
    names = ('cache2', 'metric', 'mount', 'farm')
    code = 'UWS415'
    name = 'refused-at-start'
    severity = Severity.ERROR
    message = 'uWSGI does not start with {value!r} for {name!r}: {fault}'
    help = 'write it as in "{example}"'
    bad = (
        Example('uwsgi', '[uwsgi]\ncache2 = items=100\n'),
        Example('uwsgi', '[uwsgi]\ncache2 = name=pages,items=100,hash=md5\n'),
        Example('uwsgi', '[uwsgi]\ncache2 = name=pages,items=100,blocks=10\n'),
        Example('uwsgi', '[uwsgi]\nmetric = type=counter\n'),
        Example('uwsgi', '[uwsgi]\nmount = /api\n'),
        Example('uwsgi', '[uwsgi]\nmules = 2\nfarm = mail\n'),
        Example('uwsgi', '[uwsgi]\nmules = 2\nfarm = mail:1,3\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\ncache2 = name=pages,items=100,blocksize=4096\n'),
        Example('uwsgi', '[uwsgi]\nmetric = name=uploads,type=counter\nmetric = downloads\n'),
        Example('uwsgi', '[uwsgi]\nmount = /api=api.py\n'),
        Example('uwsgi', '[uwsgi]\nmule\nmule = mail.py\nfarm = mail:1,2\n'),
        Example('uwsgi', 'farm = mail:1,2\n'),
    )
    exceptions = 'A plugin of your own brings a hash, a collector or a mule.'
    source = (
        'core/cache.c, core/metrics.c, core/mule.c, uwsgi_init_all_apps() in core/uwsgi.c. '
        'Measured with uWSGI 2.0.21: "you have to specify a cache name", "invalid mule id: 3" and '
        'the like, exit status 1, where "--get" says nothing.'
    )

    def check(
        self, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:  # asked of all rules
        for statement, _scope in document.named(*self.names):
            word = value(statement)
            if statement in document.unjudged or not is_known(word):
                continue
            fault, example = _fault(statement.key, word.text, document)
            if fault:
                yield self.report(
                    document,
                    word.span if word.text else statement.span,
                    name=statement.key,
                    value=shortened(word.text),
                    fault=fault,
                    example=example,
                )


def _fault(name: str, text: str, document: Document) -> tuple[str, str]:
    """Return what is wrong with a value, '' for nothing, and one that is right."""
    match name:
        case 'cache2':
            return _of_cache(_pairs(text)), 'cache2 = name=pages,items=100'
        case 'metric':
            return _of_metric(text), 'metric = name=uploads,type=counter'
        case 'mount':
            return '' if '=' in text else 'it has no "="', 'mount = /api=api.py'
        case _:
            return _of_farm(text, document), 'farm = mail:1,2'


def _of_cache(pairs: dict[str, str]) -> str:
    items = next((pairs[key] for key in reversed(pairs) if key in ITEMS), '')
    if 'name' not in pairs:
        return 'a cache wants a name'
    if not read_integer(items, 64):
        return 'a cache wants a number of items'
    if pairs.get('hash', 'djb33x') not in HASHES:
        return f'there is no hash {shortened(pairs["hash"])!r}'
    if read_integer(pairs.get('blocks', items), 64) < read_integer(items, 64):
        return 'it has fewer blocks than items'
    return ''


def _of_metric(text: str) -> str:
    pairs = _pairs(text) if '=' in text else {'name': text}
    if 'name' not in pairs:
        return 'a metric wants a name'
    collector = pairs.get('collector', 'ptr')
    return '' if collector in COLLECTORS else f'there is no collector {shortened(collector)!r}'


def _of_farm(text: str, document: Document) -> str:
    _name, colon, mules = text.partition(':')
    if not colon:
        return 'a farm wants the numbers of its mules behind a colon'
    most = document.once(_mules)
    for mule in filter(None, mules.split(',')):
        if most is not None and not 0 < read_integer(mule) <= most:
            return f'there is no mule {shortened(mule)!r}'
    return ''


def _mules(document: Document) -> int | None:
    """Return the number of mules, None where the text does not say it."""
    several = [statement for statement, _scope in document.named('mules')]
    single = [statement for statement, _scope in document.named('mule')]
    is_certain = all(
        is_known(value(statement)) and statement not in document.unjudged
        for statement in (*several, *single)
    )
    if not is_certain or not is_whole(document):
        return None
    return len(single) + sum(read_integer(value(statement).text) for statement in several)


def _pairs(text: str) -> dict[str, str]:
    """Return the last value of each key of a list such as ``name=pages,items=100``."""
    parts = [part.partition('=') for part in text.split(',') if '=' in part]
    return {key: found for key, _equals, found in parts}
