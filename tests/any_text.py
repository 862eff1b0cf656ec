"""Texts for Hypothesis: of the engines' own words, of odd characters, and of neither."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from glance_docs_ext.engines import get_engine
from glance_docs_ext.pages.files import decoded

CONFIGS = Path(__file__).parent / 'configs'
PAGES = sorted(CONFIGS.parent.parent.glob('source/**/*.rst'))

# Line ends of all kinds and what only Python takes for one, NUL, a byte order mark, blanks that
# look like nothing, halves of surrogates, what is wider than one column or two code units.
ODD = (
    *('\r', '\r\n', '\f', '\v', '\x1c', '\x85', '\u2028', '\u2029', '\0', '\ufeff', '\u00a0'),
    *('\u200b', '\ud800', '\udcff', '\U0001f600', 'e\u0301', '\u202e', '\x1b[', 'ß', 'İ', '²', '٣'),
)
GLUE = (
    '\n',
    '\n',
    '\n',
    ' ',
    '\t',
    '"',
    "'",
    '\\',
    '\\\n',
    '=',
    '#',
    ':',
    '/',
    '0',
    '-1',
    'x' * 300,
)
SIGNS = {
    'apache': ('<', '>', '</', '${', '}', '%{', 'On', 'http://a:1/', '<IfModule x>', '</IfModule>'),
    'nginx': (';', '{', '}', '$', '${', '(', ')', '~', 'on', '10m', 'http://a:1', '_by_lua_block'),
    'uwsgi': ('[uwsgi]', '[', ']', '%', '%(', ')', 'true', ':1', 'for = a b\n', 'endfor =\n', '%d'),
}
MARKUP = {
    '.rst': (
        *('.. code-block:: apache\n\n', '.. config-block:: uwsgi\n', '::\n\n', '   ', '   :name: '),
        *('.. versionadded:: 1 ', '.. include:: page.rst\n', '.. configcheck: unchecked because '),
        *('* ', '=====\n', '+---+\n', '| ', '``', '.. literalinclude:: x\n', '    Listen 80\n'),
    ),
    '.md': (
        *('```apache\n', '```', '~~~\n', ':::{', '}', '```{code-block} nginx\n', '> ', '- ', '1. '),
        *('    Listen 80\n', '<!--', '-->', '---\n', ':name: x\n', '```{eval-rst}\n', '<script>\n'),
    ),
}


def configuration(engine: str) -> st.SearchStrategy[str]:
    """Return texts that an engine might be given, most of them wrong."""
    pieces = st.sampled_from((*GLUE, *SIGNS[engine], *ODD))
    words = st.sampled_from(sorted(get_engine(engine).catalogue.entries))
    made = st.lists(words | pieces | pieces, max_size=40).map(''.join)
    return made | _damaged(_samples(engine), pieces) | anything()


def markup(suffix: str) -> st.SearchStrategy[str]:
    """Return texts that a page might hold."""
    pieces = st.sampled_from((*GLUE, *MARKUP[suffix], *ODD, 'ListenPort 80', 'proces = 1'))
    made = st.lists(pieces, max_size=60).map(''.join)
    pages = tuple(part for page in PAGES for part in page.read_text('utf-8').split('\n\n\n'))
    return made | _damaged(pages, pieces) | anything()


def anything() -> st.SearchStrategy[str]:
    """Return text of any code points, halves of surrogates too."""
    return st.text(st.characters(exclude_categories=()), max_size=60)


@st.composite
def _damaged(draw: st.DrawFn, texts: tuple[str, ...], pieces: st.SearchStrategy[str]) -> str:
    """Draw a text with a few stretches of it replaced, taken away, or written twice."""
    text = draw(st.sampled_from(texts))[:1500]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + draw(pieces | st.just(text[start:end] * 2)) + text[end:]
    return text


@cache
def _samples(engine: str) -> tuple[str, ...]:
    files = sorted((CONFIGS / engine).glob('*/*'))
    return tuple(decoded(file.read_bytes()) for file in files)
