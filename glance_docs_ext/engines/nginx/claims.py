"""Whether a text is nginx's configuration, or that of something else with the same file name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue

LINES = 200  # are enough to tell
BLANKS = ' \t\r'  # what is blank to nginx inside of a line, and nothing else
_BLANK = re.compile(f'[{BLANKS}]')
_FOREIGN = re.compile(
    r"""
      </?[A-Za-z]              # a section of Apache
    | \[[^\]]*\]\s*$           # a section of an ini file
    | [^\s"'{;(]+\s*=[^=~]*$   # key = value
    | [A-Z][A-Za-z0-9]+\s[^;{]*$  # a directive of Apache
    """,
    re.VERBOSE,
)


def claims(text: str, catalogue: Catalogue) -> bool:
    """Whether more lines of ``text`` look like nginx's than like another server's.

    nginx's lines end in ``;``, ``{`` or ``}``, or start with one of its names. A text without a
    line of its own (comments, nothing) may be anyone's.
    """
    score, lines = 0, 0
    for line in text.split('\n', 5 * LINES):
        code = line.strip(f'{BLANKS}\ufeff')
        if not code or code.startswith('#'):
            continue
        lines += 1
        if lines > LINES:
            break
        code = code.split(' #', 1)[0].rstrip(BLANKS)
        if code[0] != '<' and (code.endswith((';', '{', '}')) or _first(code) in catalogue):
            score += 1
        elif _FOREIGN.match(code):
            score -= 1
    return score > 0 or not lines


def _first(line: str) -> str:
    return _BLANK.split(line, maxsplit=1)[0]
