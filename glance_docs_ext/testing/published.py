"""read_blocks() and adapt(): the named blocks of a built site, fitted to this machine."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import GlanceDocsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Elements without an end tag (HTML, section "Void elements").
VOID = frozenset(
    ['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track']
)


class PublishedError(GlanceDocsError):
    """A site does not hold what was asked of it."""


def read_blocks(site: Path) -> dict[str, str]:
    """Return the text of every block of a built HTML site that has a ``:name:``, by that name.

    :param site: the folder that Sphinx's ``html`` builder wrote
    :raises PublishedError: there are no pages, or two blocks of one name
    """
    pages = sorted(site.rglob('*.html'))
    if not pages:
        raise PublishedError(f'{site} holds no HTML pages: build the site first')
    blocks: dict[str, str] = {}
    for page in pages:
        reader = _Reader()
        reader.feed(page.read_text(encoding='utf-8'))
        for name, text in reader.blocks:
            if name in blocks:
                raise PublishedError(f'{page}: there is another block with the name {name!r}')
            blocks[name] = text
    return blocks


def adapt(text: str, changes: Mapping[str, str]) -> str:
    """Return ``text`` with ports, paths and users changed to those of this machine.

    What is not there any more is an error, or a change of the page would go unnoticed.

    :raises PublishedError: the text does not hold one of the keys
    """
    for old, new in changes.items():
        if old not in text:
            raise PublishedError(f'the block holds no {old!r} any more; it says:\n{text}')
        text = text.replace(old, new)
    return text


class _Reader(HTMLParser):
    """Collects the ``<pre>`` of each element that Sphinx gave a block's name as its id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []  # the open elements: tag, and name of its block
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        attributes = dict(attrs)
        classes = (attributes.get('class') or '').split()
        is_block = any(c == 'literal-block-wrapper' or c.startswith('highlight-') for c in classes)
        self._open.append((tag, (attributes.get('id') or '') if is_block else ''))
        if tag == 'pre':
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self._open and self._open[-1][0] != tag:
            self._open.pop()
        if tag == 'pre' and self._text is not None:
            name = next((name for _tag, name in reversed(self._open) if name), '')
            if name:
                self.blocks.append((name, ''.join(self._text)))
            self._text = None
        if self._open:
            self._open.pop()
