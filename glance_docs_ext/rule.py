"""Rule, StatementRule, DeploymentRule, PageRule, Example: the shape of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from glance_docs_ext.diagnostics import Diagnostic, Severity
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.endpoints import Deployment
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.notes import Note
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document, Placed, Statement
    from glance_docs_ext.told import Told

READING = frozenset('123')
"""The hundreds digits of the codes that are about reading: syntax, names and values, what was
removed. The other errors say that a deployment cannot answer; the engine, which only reads, accepts
that."""
DOCUMENTATION = 'https://glance-docs-ext.readthedocs.io/en/latest/'


@dataclass(frozen=True, slots=True)
class Example:
    """A block that shows what a rule means; ``version`` is the one that is deployed, if any."""

    engine: str
    text: str
    context: str | None = None
    version: str = ''


class _Explained:
    """What a rule tells about itself; the docstring says why it is worth a finding.

    ``message`` and ``help`` are format strings, filled by the values that ``report`` is given.
    ``bad`` are examples that give exactly this rule's code, ``good`` the same thing done right.
    ``exceptions`` says when to ignore the rule, ``source`` what shows that it is so: a file of the
    engine, a section of its manual, a measurement.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    message: ClassVar[str]
    help: ClassVar[str] = ''
    bad: ClassVar[tuple[Example, ...]]
    good: ClassVar[tuple[Example, ...]]
    exceptions: ClassVar[str]
    source: ClassVar[str]

    def report(self, document: Document, span: Span, **values: object) -> Diagnostic:
        """Return this rule's finding at ``span`` of ``document``."""
        return self.report_at(document.source.place(span), **values)

    def report_at(self, place: Place, **values: object) -> Diagnostic:
        """Return this rule's finding at ``place``."""
        message, remedy = self.message.format(**values), self.help.format(**values)
        said = (self.code, self.name, self.severity, place, message, remedy, self.url, ())
        return tuple.__new__(Diagnostic, said)  # half the time of a call of the class

    @cached_property
    def url(self) -> str:
        """Where the manual explains the rule."""
        return f'{DOCUMENTATION}rules.html#{self.code.lower()}'


class Rule(_Explained):
    """A rule about one block.

    ``engines`` names the engines it speaks about; empty means all. ``names`` are the keys of the
    statements that ``check`` looks for, ``kinds`` the kinds of their entries in the catalogue: a
    document that has none of them is not shown to the rule, unless its parser noted a problem for
    it. ``unfitting`` says that it speaks about statements that the catalogue has something against:
    it is shown a document with such statements. A rule that says none of these sees every document.
    """

    engines: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[Collection[str] | None] = None
    kinds: ClassVar[Collection[str]] = ()
    unfitting: ClassVar[bool] = False

    def __init__(self) -> None:
        self._names = frozenset(self.names or ())

    def looks_at(self, key: str, entries: Sequence[Entry]) -> bool:
        """Whether it looks for statements of a key, which has these entries in the catalogue."""
        return key in self._names or any(entry.kind in self.kinds for entry in entries)

    def statements(self, document: Document) -> Sequence[Placed]:
        """Return the statements that have one of this rule's names, in no order of the names."""
        return document.among(self._names)

    def report(self, document: Document, span: Span, **values: object) -> Diagnostic:
        """Return this rule's finding at ``span`` of ``document``.

        Where the engine refuses a statement when it has read it to its end, the finding tells the
        line of that end as well, for that is the line in the engine's message.
        """
        found = super().report(document, span, **values)
        stop = document.stop_behind(span.start)
        if stop is None or document.source.text.find('\n', span.start, stop) < 0:  # as most
            return found
        return self.noticed(found, document, stop)

    def noticed(self, found: Diagnostic, document: Document, offset: int | None) -> Diagnostic:
        """Return a finding with the line of ``offset``, where the engine names it (None: none)."""
        if offset is None or self.severity is not Severity.ERROR or self.code[3] not in READING:
            return found
        return found.with_noticed(document.source.place(Span(offset, offset)))

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:  # noqa: ARG002  # asked of all rules
        """Yield a finding for each fault in ``document``; ask ``document.named`` where it can.

        Without more, a rule reports the problems that the parser noted under its name.
        """
        return self.problems(document)

    def problems(self, document: Document) -> Iterator[Diagnostic]:
        """Yield a finding for each problem that the parser noted under this rule's name."""
        for problem in document.problems:
            if problem.kind == self.name:
                found = self.report_at(document.source.place(problem.span), **problem.values)
                yield self.noticed(found, document, problem.noticed)


class StatementRule(Rule):
    """A rule about single statements: it is shown those of its ``names`` and ``kinds``.

    All such rules of an engine are asked in one pass over the statements of a document.
    """

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        """Yield a finding for each fault of the statements: what asking this rule alone gives."""
        for key in document.keys:
            if self.looks_at(key, engine.catalogue[key]):
                for statement, _scope in document.named(key):
                    yield from self.judge(statement, document, engine)

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterable[Diagnostic]:
        """Return a finding for each fault of one statement."""
        raise NotImplementedError


class DeploymentRule(_Explained):
    """A rule about blocks that are read together; its examples are whole deployments.

    The ``bad`` blocks together give exactly this rule's code, the ``good`` ones together nothing;
    ``services`` is what their author says of the service, ``notes`` what their page says of
    versions, ``told`` what it says in prose and commands.
    """

    services: ClassVar[frozenset[str]] = frozenset()
    notes: ClassVar[tuple[Note, ...]] = ()
    told: ClassVar[Told | None] = None

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        """Yield a finding for each fault between the blocks of ``deployment``."""
        raise NotImplementedError


class PageRule(_Explained):
    """A rule about how a page says things, reported by whatever reads the page.

    Its examples are pages: their engine is ``rst``; ``conf`` is what ``conf.py`` says for them.
    """

    conf: ClassVar[Mapping[str, object]] = {}


AnyRule = Rule | DeploymentRule | PageRule


def shortened(text: str, limit: int = 60) -> str:
    """Return ``text`` for a message: one line, controls escaped, at most ``limit`` long."""
    if len(text) <= limit and text.isprintable():  # as most
        return text
    shown = ''.join(c if c.isprintable() else ascii(c)[1:-1] for c in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 3] + '...'
