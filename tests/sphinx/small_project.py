"""A Sphinx project of a few pages in a temporary folder, built as often as a test likes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp


@dataclass
class SmallProject:
    """``make_app`` is the fixture of ``sphinx.testing``; every build has its own application."""

    folder: Path
    make_app: Callable[..., SphinxTestApp]
    extensions: tuple[str, ...] = ('glance_docs_ext',)
    conf: dict[str, Any] = field(default_factory=dict)

    def write(self, **pages: str) -> None:
        """Write pages."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / 'conf.py').touch()
        for name, text in pages.items():
            (self.folder / f'{name}.rst').write_text(text, encoding='utf-8')

    def add(self, path: str, content: str | bytes) -> Path:
        """Write a file of any kind, as it is."""
        self.write()
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def build(self, builder: str = 'html', *, parallel: int = 1, **conf: Any) -> Built:
        """Build what is outdated, in one doctree folder for all builders."""
        app = self.make_app(
            builder,
            srcdir=self.folder,
            confoverrides={'extensions': list(self.extensions), **self.conf, **conf},
            parallel=parallel,
        )
        app.build()
        app.cleanup()  # or the next one finds our nodes registered
        return Built(app)


@dataclass
class Built:
    """What came out of one build."""

    app: SphinxTestApp

    @property
    def warnings(self) -> list[str]:
        """The warnings, one a line."""
        return strip_colors(self.app.warning.getvalue()).splitlines()

    @property
    def status(self) -> str:
        """What Sphinx said of its progress."""
        return strip_colors(self.app.status.getvalue())

    @property
    def findings(self) -> list[str]:
        """What was said of blocks: ``page.rst:3:1 CFG201``, paths as the source tree has them."""
        pattern = re.compile(
            rf'{re.escape(str(self.app.srcdir))}/(\S+): WARNING: ([A-Z]{{3}}\d{{3}}) '
        )
        matches = map(pattern.match, self.warnings)
        return [f'{match[1]} {match[2]}' for match in matches if match]

    def text(self, name: str) -> str:
        """Return an output file."""
        return (Path(self.app.outdir) / name).read_text(encoding='utf-8')
