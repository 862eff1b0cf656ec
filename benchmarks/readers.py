"""Who is measured: each reads a text and does what it does with one."""

from __future__ import annotations

import atexit
import gc
import tempfile
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path

import augeas
import crossplane
from apacheconfig import make_loader
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from sphinx.highlighting import PygmentsBridge

from benchmarks.texts import Text
from glance_docs_ext.checker import check
from glance_docs_ext.remembered import Remembered
from glance_docs_ext.source import Source

Read = Callable[[Text], object]
"""Reads one text; raises where it cannot."""

OURS = 'glance_docs_ext'
OURS_ANEW = f'{OURS}, nothing remembered'
LANGUAGES = {'apache': 'apacheconf', 'nginx': 'nginx', 'uwsgi': 'ini'}
LENSES = {'apache': 'Httpd.lns', 'nginx': 'Nginx.lns'}


def ours(_engine: str) -> Read:
    """Check one block, all rules about single blocks included."""
    return lambda text: check(Source(text.text, text.name), text.engine, text.context)


def ours_anew(engine: str) -> Read:
    """Check one block as the first of its kind: what we remember of other texts is forgotten."""
    read = ours(engine)
    read(Text(engine, 'smallest', '', None))  # or there would be nothing yet that could forget
    remembering = [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, _lru_cache_wrapper)
        and thing.__module__.startswith(f'{OURS}.')
        and thing.cache_parameters()['maxsize'] is not None  # of `cache`: there is one of each
    ]
    words = [thing for thing in gc.get_objects() if isinstance(thing, Remembered)]

    def anew(text: Text) -> None:
        for memory in remembering:
            memory.cache_clear()
        for said in words:
            said.clear()
        read(text)

    return anew


def pygments(engine: str) -> Read:
    """Highlight as Pygments' own documentation shows: a lexer and a formatter for each text."""
    language = LANGUAGES[engine]
    return lambda text: highlight(text.text, get_lexer_by_name(language), HtmlFormatter[str]())


def pygments_again(engine: str) -> Read:
    """Highlight with one lexer and one formatter for all texts."""
    lexer = get_lexer_by_name(LANGUAGES[engine])
    formatter = HtmlFormatter[str]()
    return lambda text: highlight(text.text, lexer, formatter)


def sphinx(engine: str) -> Read:
    """Highlight as Sphinx does for a ``code-block``; ``force`` spares its warnings."""
    bridge = PygmentsBridge('html', 'default')
    return lambda text: bridge.highlight_block(text.text, LANGUAGES[engine], force=True)


def apacheconfig(_engine: str) -> Read:
    """Read as apacheconfig's own documentation shows: a loader for each text."""

    def read(text: Text) -> object:
        with make_loader() as loader:
            return loader.loads(text.text)

    return read


def apacheconfig_again(_engine: str) -> Read:
    """Read with one loader for all texts."""
    loader = make_loader().__enter__()  # it lasts as long as the process
    return lambda text: loader.loads(text.text)


def crossplane_parse(_engine: str) -> Read:
    """Parse a file: crossplane reads nothing else. Contexts are not checked in fragments."""
    folder = tempfile.TemporaryDirectory(prefix='crossplane-')
    atexit.register(folder.cleanup)
    files: dict[str, str] = {}

    def read(text: Text) -> object:
        if text.name not in files:
            file = Path(folder.name, f'{len(files)}.conf')
            file.write_text(text.text, encoding='utf-8')
            files[text.name] = str(file)
        payload = crossplane.parse(files[text.name], single=True, check_ctx=False)
        if payload['errors']:
            raise ValueError(payload['errors'][0]['error'])
        return payload

    return read


def augeas_lens(engine: str) -> Read:
    """Turn a text into a tree with Augeas' lens, which is compiled once."""
    tree = augeas.Augeas(flags=augeas.Augeas.NO_LOAD)

    def read(text: Text) -> None:
        tree.set('/text', text.text)
        tree.text_store(LENSES[engine], '/text', '/tree')

    return read


READERS: dict[str, dict[str, Callable[[str], Read]]] = {
    'apache': {
        OURS: ours,
        OURS_ANEW: ours_anew,
        'Pygments': pygments,
        'Pygments, one lexer': pygments_again,
        'Sphinx': sphinx,
        'apacheconfig': apacheconfig,
        'apacheconfig, one loader': apacheconfig_again,
        'augeas': augeas_lens,
    },
    'nginx': {
        OURS: ours,
        OURS_ANEW: ours_anew,
        'Pygments': pygments,
        'Pygments, one lexer': pygments_again,
        'Sphinx': sphinx,
        'crossplane': crossplane_parse,
        'augeas': augeas_lens,
    },
    'uwsgi': {
        OURS: ours,
        OURS_ANEW: ours_anew,
        'Pygments': pygments,
        'Pygments, one lexer': pygments_again,
        'Sphinx': sphinx,
    },
}


def read_all(read: Read, texts: list[Text]) -> int:
    """Read all texts; return how many could not be read: giving up is timed, too."""
    failed = 0
    for text in texts:
        try:
            read(text)
        except Exception:  # each has exceptions of its own
            failed += 1
    return failed
