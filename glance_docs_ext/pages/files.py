"""The files that a page shows or includes: found as Sphinx finds them, none outside the tree."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from glance_docs_ext.diagnostics import GlanceDocsError

MARKS = ('.git', '.hg', 'conf.py')
"""What stands at the top of a tree, in the order of preference."""


class CannotShowError(GlanceDocsError):
    """A file cannot be shown: the message says why, ``remedy`` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True)
class Tree:
    """What a page may show: the files beneath ``root``."""

    root: Path

    @classmethod
    def around(cls, page: str) -> Tree:
        """Return the tree of a page: its repository, else its Sphinx project, else its folder."""
        folder = Path(page).absolute().parent
        for mark in MARKS:
            for parent in (folder, *folder.parents):
                if (parent / mark).exists():
                    return cls(parent.resolve())
        return cls(folder.resolve())

    def path(self, name: str, page: str) -> str:
        """Return the path of the file that ``page`` calls ``name``.

        A name is read from the page's folder; one that begins with a slash from the top of the
        sources, which is the nearest folder above the page that has such a file.
        """
        folder = Path(page).parent
        if not name.startswith('/'):
            return os.path.normpath(folder / name)
        tops = [folder]
        for parent in folder.absolute().parents:
            if not parent.resolve().is_relative_to(self.root):
                break
            tops.append(Path(os.path.relpath(parent)))
        candidates = [os.path.normpath(top / name.lstrip('/')) for top in tops]
        return next(filter(os.path.isfile, candidates), candidates[-1])

    def text(self, path: str) -> str:
        """Return what the file ``path`` holds, with LF as the end of its lines.

        :raises CannotShowError: it is not a text file of the tree
        """
        try:
            real = Path(path).resolve()
            if not real.is_relative_to(self.root):
                remedy = 'copy it into the source tree, or write the text on the page'
                raise CannotShowError('it is outside the source tree', remedy)
            if not real.is_file():
                problem = 'it is not a regular file' if real.exists() else 'there is no such file'
                raise CannotShowError(problem, 'name a file, relative to the page or from / on')
            text = real.read_bytes().decode('utf-8')
        except UnicodeDecodeError as error:
            problem = f'byte {error.start + 1} is not UTF-8'
            raise CannotShowError(problem, 'save the file as UTF-8') from error
        except (OSError, ValueError, RuntimeError) as error:  # no access, a NUL, a loop of links
            raise CannotShowError(str(error), 'name a file that can be read') from error
        if '\0' in text:
            raise CannotShowError('it holds a NUL character', 'name a text file')
        if not text:
            raise CannotShowError('it is empty', 'name a file with configuration')
        return text.replace('\r\n', '\n').replace('\r', '\n')


def decoded(data: bytes) -> str:
    """Return the characters of a file; bytes that are not UTF-8 become one character each."""
    return data.decode('utf-8', 'surrogateescape')
