"""The report for people: one line that says it all, then the author's line with a caret under it.

source/admin/httpd.rst:116:19: error: DEP601 uwsgi:// is spoken to ... [socket-protocol-mismatch]
    |
116 |     ProxyPass / uwsgi://127.0.0.1:60999/
    |                 ^~~~~~~~~~~~~~~~~~~~~~~~
    = the listener: source/admin/httpd.rst:72:1  http-socket = 127.0.0.1:60999
    = help: proxy with http://127.0.0.1:60999/, or listen with uwsgi-socket
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

from glance_docs_ext.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place

BEFORE = 60  # characters of a long line that are shown in front of the span
SHOWN = 120  # characters of a long line that are shown in all
ELLIPSIS = '...'

RESET = '\x1b[0m'
BOLD = '\x1b[1m'
DIM = '\x1b[2m'
SEVERITY_COLOURS = {
    Severity.ERROR: '\x1b[1;31m',
    Severity.WARNING: '\x1b[1;33m',
    Severity.INFO: '\x1b[1;36m',
}


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return the findings as text, a blank line between them; '' where there are none.

    :param colour: add the colours of a terminal, which never say what the words do not, and make
        each code a link to the rule's page
    """
    found = ('\n'.join(_finding(diagnostic, colour)) + '\n' for diagnostic in diagnostics)
    return '\n'.join(found)


def summary(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return how many findings of each severity there are, in one line without its end.

    "2 errors, 1 warning, 3 infos" or "no findings".
    """
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    parts = []
    for severity, start in SEVERITY_COLOURS.items():
        if number := counts[severity]:
            noun = severity if number == 1 else f'{severity}s'
            parts.append(_painted(f'{number} {noun}', start if colour else ''))
    return ', '.join(parts) or 'no findings'


def escaped(text: str) -> str:
    """Return ``text`` fit for a terminal: what does not print is shown as Python writes it."""
    return text if text.isprintable() else ''.join(map(_shown, text))


def _finding(diagnostic: Diagnostic, colour: bool) -> Iterator[str]:
    yield _headline(diagnostic, colour)
    start = SEVERITY_COLOURS[diagnostic.severity] if colour else ''
    dim = DIM if colour else ''
    place = diagnostic.place
    margin = ' ' * len(str(place.line))
    if place.excerpt and not place.excerpt.isspace():
        line, marker = _pointed(place)
        yield _painted(f'{margin} |', dim)
        yield f'{_painted(f"{place.line} |", dim)} {line}'.rstrip()
        yield f'{_painted(f"{margin} |", dim)} {marker.padding}{_painted(marker.caret, start)}'
    for related in diagnostic.related:
        there = f'{escaped(str(related.place))}  {_trimmed(related.place.excerpt)}'.rstrip()
        yield f'{margin} {_painted("=", dim)} {escaped(related.message)}: {there}'
    if diagnostic.help:
        yield f'{margin} {_painted("=", dim)} help: {escaped(diagnostic.help)}'


def _headline(diagnostic: Diagnostic, colour: bool) -> str:
    place = _painted(escaped(str(diagnostic.place)), BOLD if colour else '')
    severity = _painted(
        str(diagnostic.severity), SEVERITY_COLOURS[diagnostic.severity] if colour else ''
    )
    code = _painted(diagnostic.code, BOLD if colour else '')
    if colour and diagnostic.url:
        code = _linked(code, diagnostic.url)
    return f'{place}: {severity}: {code} {escaped(diagnostic.message)} [{diagnostic.name}]'


class _Marker(NamedTuple):
    padding: str
    caret: str


def _pointed(place: Place) -> tuple[str, _Marker]:
    """Return the line as it is shown, and the caret below it.

    A span that goes on in further lines is marked to the end of its first. Only what is shown is
    looked at, so that a line of megabytes costs no more than another.
    """
    line = place.excerpt
    first = place.column - 1
    last = place.end_column - 1 if place.end_line == place.line else len(line)
    start, stop = _window(line, first, last)
    ahead = ELLIPSIS if start else ''
    behind = ELLIPSIS if stop < len(line) else ''
    shown = ahead + ''.join('\t' if c == '\t' else _shown(c) for c in line[start:stop]) + behind
    # The line's own tabs are wide as the reader's terminal has them; so the padding uses tabs too.
    padding = ''.join('\t' if c == '\t' else ' ' * _width(c) for c in line[start:first])
    past_the_end = max(0, first - max(len(line), start))
    marked = line[first : min(last, stop)].rstrip(' \t\r')
    width = sum(1 if c == '\t' else _width(c) for c in marked)
    caret = '^' + '~' * (width - 1)
    return shown, _Marker(' ' * len(ahead) + padding + ' ' * past_the_end, caret)


def _window(line: str, first: int, last: int) -> tuple[int, int]:
    """Return which characters of ``line`` are shown: all, or those around the span."""
    if len(line) <= SHOWN:
        return 0, len(line)
    length = min(last - first, SHOWN)
    start = max(0, first - min(BEFORE, SHOWN - length))
    start = max(0, min(start, len(line) - SHOWN))
    return start, min(len(line), start + SHOWN)


def _trimmed(excerpt: str) -> str:
    """Return a related line on its own: no indentation, not longer than a line may be."""
    text = excerpt.strip() if len(excerpt) <= SHOWN else excerpt[: 10 * SHOWN].strip()
    return escaped(text if len(text) <= SHOWN else text[:SHOWN] + ELLIPSIS)


def _shown(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def _width(character: str) -> int:
    """Return how many columns a terminal gives to ``character``, once shown (UAX #11)."""
    if not character.isprintable():
        return len(_shown(character))
    if category(character) in {'Mn', 'Me'}:
        return 0
    return 2 if east_asian_width(character) in 'WF' else 1


def _linked(text: str, url: str) -> str:
    """Return ``text`` as a link for terminals that have links; others show the text alone.

    The form is the control sequence OSC 8, as VTE, iTerm2, kitty and Windows Terminal read it.
    """
    return f'\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\'


def _painted(text: str, start: str) -> str:
    return f'{start}{text}{RESET}' if start else text
