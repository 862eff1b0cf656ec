"""The folders and files that a text speaks of, made up so that the text alone is judged."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

# What an author writes for a path: with more than one part, and no more than plain characters.
PATH = re.compile(r'(?<![\w:/.@%$\\-])(/[\w+-][\w.+-]*(?:/[\w+-][\w.+-]*)+)/?')
OF_THE_SYSTEM = ('usr', 'dev', 'proc', 'sys', 'etc', 'lib', 'lib64', 'bin', 'sbin', 'conf')
MOST = 200  # folders


def folders(text: str) -> list[str]:
    """Return the folders to make for the absolute paths in ``text``, outermost first.

    Those are the folders that the paths stand in; a path whose last part has no suffix is taken for
    a folder itself.
    """
    found: dict[str, None] = {}
    for match in PATH.finditer(text):
        path = PurePosixPath(match[1])
        if path.parts[1] in OF_THE_SYSTEM:
            continue
        found[str(path if not path.suffix else path.parent)] = None
        if len(found) >= MOST:
            break
    return sorted(found)
