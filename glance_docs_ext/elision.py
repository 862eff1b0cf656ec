"""is_elision(), leaves_out(): dots that stand for something that is not shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.syntax import Document

DOTS = r'(?:\.{3,}|…|\[(?:\.{3,}|…)\])'
REMEDY = 'say what is left out in a comment, such as "# ... your own settings"'
"""What to do about dots that are no comment."""

HEADER = re.compile(rf'\[+[ \t]*{DOTS}')
"""How dots begin that an ini dialect takes for the header of a section: ``[...]``."""

_COMMENT = re.compile(rf'[#;]+\s*{DOTS}')

is_elision = re.compile(DOTS).fullmatch
"""Whether a whole word is such dots, as authors write them: ``...``, ``…``, ``[...]``."""


def leaves_out(document: Document) -> bool:
    """Whether a block says that it does not show all: by dots, or by a comment that begins so.

    What it lacks may stand there, so no rule may miss it.
    """
    text = document.source.text
    return ('...' in text or '…' in text) and document.once(_leaves_out)


def _leaves_out(document: Document) -> bool:
    return (
        any(map(is_elision, document.keys))
        or any(problem.kind == 'elision' for problem in document.problems)
        or any(_COMMENT.match(comment.text) for comment in document.comments)
    )
