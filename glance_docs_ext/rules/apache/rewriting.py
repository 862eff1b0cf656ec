r"""rewrite_words(text): how mod_rewrite cuts up what stands behind its directives.

``parseargline()`` of mod_rewrite.c does not read words as all others do: in quotes a backslash
hides no quote, a blank behind a backslash belongs to the word, and nothing is taken out of it.
"""

from __future__ import annotations

import re

OWN = re.compile(r'["\']|\\(?:\s|\\|\Z)', re.ASCII)
"""Where it reads otherwise than Apache does."""
WORD = re.compile(
    r"""\s*+(?:"((?>(?:\\\s|[^"])*))("?+)|'((?>(?:\\\s|[^'])*))('?+)|((?>(?:\\\s|\S)+)))""",
    re.ASCII,
)
MOST = 3  # what follows is not looked at


def rewrite_words(text: str) -> list[str]:
    """Return the arguments: fewer than two where mod_rewrite calls the line bad."""
    words: list[str] = []
    at = 0
    while len(words) < MOST and (found := WORD.match(text, at)):
        quoted, end, single, single_end, plain = found.groups()
        words.append(next(part for part in (quoted, single, plain) if part is not None))
        at = found.end()
        if len(words) == 1 and at == len(text) and (end or single_end):
            words.append('')  # behind a quote it takes the rest of the line, and be it empty
    return words
