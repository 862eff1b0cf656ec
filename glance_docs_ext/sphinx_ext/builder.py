"""The builder ``configcheck``: like ``linkcheck``, it checks, reports, and says how it went.

``output.txt`` holds the findings as the command line shows them, the blocks that are not checked
and why, and as its last line the summary; ``output.json`` one object a line for each finding.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import status_iterator

from glance_docs_ext.checker import in_order
from glance_docs_ext.engines import ENGINES
from glance_docs_ext.native.findings import findings as engine_findings
from glance_docs_ext.native.sandbox import SandboxError
from glance_docs_ext.reporters import json, text
from glance_docs_ext.sphinx_ext import settings
from glance_docs_ext.sphinx_ext.compat import application
from glance_docs_ext.sphinx_ext.domain import ConfigCheckDomain
from glance_docs_ext.sphinx_ext.report import is_suppressed
from glance_docs_ext.verdicts import checked_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from docutils import nodes

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.pages.blocks import Block
    from glance_docs_ext.source import Place

logger = logging.getLogger(__name__)

NOT_ASKED = 2
"""The exit status where a server was to be asked and could not be, as that of the command line."""


class ConfigCheckBuilder(Builder):
    """Reports on all blocks of the project; its exit status is 1 if an error or warning is left."""

    name = 'configcheck'
    epilog = 'Look at output.txt and output.json in %(outdir)s.'
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        return 'the configuration of all pages'

    def get_target_uri(self, _docname: str, _typ: str | None = None) -> str:
        return ''

    def write_documents(self, _docnames: Set[str]) -> None:
        """Write nothing: `finish` is for all pages, also those that did not change."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write nothing, see `write_documents`."""

    def finish(self) -> None:
        domain = cast('ConfigCheckDomain', self.env.get_domain(ConfigCheckDomain.name))
        blocks = domain.blocks()
        try:
            found = (*domain.findings(), *self._engine_findings(blocks))
        except SandboxError as error:
            # Of an exception Sphinx shows a traceback, and asks to report it to its developers.
            logger.error('%s: %s', settings.NATIVE.name, error)  # noqa: TRY400  # as above
            application(self).statuscode = NOT_ASKED
            return
        findings = [one for one in in_order(found) if not is_suppressed(one, self.config)]
        shown = [_seen_from_here(one) for group in self._by_file(findings) for one in group]
        summary = [*_unchecked(blocks), *_checked(blocks), text.summary(shown)]
        out = Path(self.outdir)
        _write(out / 'output.txt', '\n'.join((*_nonempty(text.render(shown)), *summary)) + '\n')
        _write(out / 'output.json', ''.join(map(json.render_line, shown)))
        for row in summary:
            logger.info('%s', row)
        if any(finding.severity.fails for finding in shown):
            application(self).statuscode = 1

    def _engine_findings(self, blocks: Iterable[Block]) -> Iterator[Diagnostic]:
        """Ask the installed servers, if ``conf.py`` wishes it; no other builder ever does.

        :raises SandboxError: one of them, or bubblewrap, is missing
        """
        if not settings.native(self.config):
            return
        asked = [block for block in blocks if not block.unchecked]
        for block in status_iterator(
            asked,
            'asking the servers... ',
            length=len(asked),
            verbosity=application(self).verbosity,
            stringify_func=lambda block: block.place.path,
        ):
            yield from engine_findings(checked_block(block, settings.versions(self.config)))

    def _by_file(self, findings: Iterable[Diagnostic]) -> Iterator[list[Diagnostic]]:
        """Yield the findings file by file, and show how far it has come."""
        groups = [list(group) for _, group in groupby(findings, lambda one: one.place.path)]
        yield from status_iterator(
            groups,
            'writing findings... ',
            length=len(groups),
            verbosity=application(self).verbosity,
            stringify_func=lambda group: group[0].place.path,
        )


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding='utf-8', errors='backslashreplace')


def _nonempty(rendered: str) -> Iterator[str]:
    if rendered:
        yield rendered


def _unchecked(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the blocks that are not checked, and why."""
    for block in blocks:
        if block.unchecked:
            label = ENGINES[block.engine].label
            place = text.escaped(str(_path_from_here(block.place)))
            yield f'{place}: {label} block is not checked: {text.escaped(block.unchecked)}'


def _checked(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield how many blocks of each engine were checked, in one line."""
    counts = Counter(block.engine for block in blocks if not block.unchecked)
    parts = (f'{counts[name]} {engine.label}' for name, engine in ENGINES.items() if counts[name])
    total = sum(counts.values())
    yield f'{total} block{"" if total == 1 else "s"} checked' + (
        f': {", ".join(parts)}' if total else ''
    )


def _seen_from_here(finding: Diagnostic) -> Diagnostic:
    """Return a finding whose paths are what one would type in this folder."""
    related = (one._replace(place=_path_from_here(one.place)) for one in finding.related)
    return finding._replace(place=_path_from_here(finding.place), related=tuple(related))


def _path_from_here(place: Place) -> Place:
    path = Path(place.path)
    here = Path.cwd()
    return (
        place._replace(path=path.relative_to(here).as_posix())
        if path.is_relative_to(here)
        else place
    )
