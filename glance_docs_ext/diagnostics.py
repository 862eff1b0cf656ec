"""Severity, Diagnostic and our exceptions: what a check says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from glance_docs_ext.source import Place


class GlanceDocsError(Exception):
    """The base of the errors that this package raises on purpose."""


class UnknownEngineError(GlanceDocsError):
    """A caller asked for an engine that is not in ``ENGINES``."""


class UnknownVersionError(GlanceDocsError):
    """A caller named a version of an engine that is none, or that nothing is known of.

    ``problem`` says so, ``remedy`` what is expected.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f'{problem}; {remedy}')
        self.problem = problem
        self.remedy = remedy


class CatalogueError(GlanceDocsError):
    """A catalogue file is missing, or is not what its generator writes."""


class Severity(StrEnum):
    """How bad a finding is; ``info`` never fails a build."""

    ERROR = 'error'
    """The engine refuses it, or the deployment cannot answer."""
    WARNING = 'warning'
    """It runs and does the wrong thing."""
    INFO = 'info'
    """It has no effect, or is worth knowing."""

    @property
    def fails(self) -> bool:
        """Whether a finding of this severity makes a check fail."""
        return self is not Severity.INFO


class Related(NamedTuple):
    """A second place that a finding is about, with what stands there."""

    place: Place
    message: str


NOTICED = "the server's own message names this line"
"""The message of the place at which an engine notices a fault that stands on another line."""


class Diagnostic(NamedTuple):
    """One finding: the rule that made it, where, what is wrong and what to do."""

    code: str
    name: str
    severity: Severity
    place: Place
    message: str
    help: str = ''
    url: str = ''
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """Order by place, then code: the order of every report."""
        return self.place, self.code, self.message

    def with_related(self, *related: Related) -> Diagnostic:
        """Return this finding with second places to point to, before those that it has."""
        return self._replace(related=(*related, *self.related))

    def with_noticed(self, place: Place) -> Diagnostic:
        """Return this finding with the line that the engine names, where that is another one."""
        if self.place.line <= place.line <= self.place.end_line:
            return self
        return self._replace(related=(*self.related, Related(place, NOTICED)))
