"""Version notes: the directives that say what came, changed or went with a version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.notes import Change, Note, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.pages.literals import Line, Literal
    from glance_docs_ext.source import Place

CHANGES = {
    'versionadded': Change.ADDED,
    'version-added': Change.ADDED,
    'versionchanged': Change.CHANGED,
    'version-changed': Change.CHANGED,
    'deprecated': Change.DEPRECATED,
    'version-deprecated': Change.DEPRECATED,
    'versionremoved': Change.REMOVED,
    'version-removed': Change.REMOVED,
}
LONGEST = 50  # lines of a note that are read; that a name is gone stands in the first

TIMELINE = 'version-timeline'

ARGUMENT = re.compile(r'(?P<version>\S+)(?: +\((?P<label>[^)]*)\))? *(?P<text>.*)')
"""A version, perhaps a label such as ``(2026.1, Gazpacho)``, and the text if it is a short one."""


def timeline(literal: Literal) -> Timeline | None:
    """Return the timeline that a directive makes, None where Sphinx refuses it."""
    if {'pages', 'project'} <= literal.options.keys() or literal.argument or literal.pieces:
        return None
    pages = None if 'project' in literal.options else literal.options.get('pages', '').split()
    return Timeline(pages if pages is None else tuple(pages), literal.place_of(TIMELINE))


def note(
    name: str, argument: str, first: Line, body: Iterable[str], above: Place | None = None
) -> Note | None:
    """Return the note that a directive makes, None where it has no version.

    :param first: the line of the directive, ``body`` the text in the lines below
    :param above: the place of the note straight above it, if there is one
    """
    found = ARGUMENT.match(argument.strip())
    if not found:
        return None
    version = found['version']
    text = [found['text']]
    for line in body:
        if line.lstrip().startswith(('.. ', '```', ':::')):
            break  # another directive, a block: no text of the note
        text.append(line)
    column = max(0, first.text.find(version))
    place = first.place(column, len(version))
    words = ' '.join(' '.join(text).split())
    label = '' if found['text'] or found['label'] is None else found['label'].strip()
    return Note(CHANGES[name], version, words, place, label, above)
