"""all_rules(), rules_about(), settled(): the rules, which of them to ask, what is said of it."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.rule import AnyRule, DeploymentRule, PageRule, Rule, StatementRule
from glance_docs_ext.rules.fitting import fitting
from glance_docs_ext.rules.precedence import Precedence
from glance_docs_ext.syntax import Placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


@cache
def all_rules() -> tuple[AnyRule, ...]:
    """Return one instance of each rule, sorted by code."""
    rules = [
        thing()
        for thing in _defined()
        if issubclass(thing, (Rule, DeploymentRule, PageRule))
        and 'code' in vars(thing)  # else it is what rules have in common
    ]
    return tuple(sorted(rules, key=lambda rule: rule.code))


@cache
def _defined() -> tuple[type, ...]:
    """Return the classes of all modules beneath."""
    return tuple(
        thing
        for module in pkgutil.walk_packages(__path__, f'{__name__}.')
        for thing in vars(import_module(module.name)).values()
        if isinstance(thing, type) and thing.__module__ == module.name
    )


@cache
def rules_for(engine: str) -> tuple[Rule, ...]:
    """Return the rules that speak about single blocks of ``engine``, sorted by code."""
    return tuple(
        rule
        for rule in all_rules()
        if isinstance(rule, Rule) and (not rule.engines or engine in rule.engines)
    )


@cache
def deployment_rules() -> tuple[DeploymentRule, ...]:
    """Return the rules about blocks that are read together, sorted by code."""
    return tuple(rule for rule in all_rules() if isinstance(rule, DeploymentRule))


def settled(found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
    """Return what is said of ``document`` of all that its rules found."""
    for precedence in _precedences(document.engine):
        found = precedence.settle(found, document)
    return found


@cache
def _precedences(engine: str) -> tuple[Precedence, ...]:
    """Return what settles findings about blocks of ``engine``: first what is about all engines."""
    given = [one for one in _defined() if issubclass(one, Precedence) and one is not Precedence]
    own = [one() for one in given if not one.engines or engine in one.engines]
    return tuple(sorted(own, key=lambda one: (bool(one.engines), type(one).__name__)))


Single = Sequence[tuple[Sequence[Placed], tuple[StatementRule, ...]]]
"""Statements of one key, and the rules about single statements that judge them."""


class Asked(NamedTuple):
    """The rules that may find something in a document: in its statements one by one, in others."""

    whole: tuple[Rule, ...]
    single: Single


def rules_about(document: Document, engine: Engine) -> Asked:
    """Return those rules of the document's engine that may find something in it.

    Most rules look for a few names. Asking each of them costs more than reading the block does, so
    the names that are there ask for their rules instead.
    """
    return _index(engine).rules(document)


class _Index:
    """Which rules look for what, by what they say of themselves.

    A set of rules about whole documents is a number, with a bit for each of them.
    """

    def __init__(self, engine: Engine) -> None:
        of_engine = rules_for(engine.name)
        self._single = tuple(rule for rule in of_engine if isinstance(rule, StatementRule))
        self._whole = tuple(rule for rule in of_engine if not isinstance(rule, StatementRule))
        self._catalogue = engine.catalogue
        self._fitting = fitting(engine)
        self._always = self._those(_looks_at_all)
        self._unfitting = self._those(lambda rule: rule.unfitting)
        self._by_problem = {rule.name: 1 << bit for bit, rule in enumerate(self._whole)}
        self._names = frozenset[str]().union(*(rule.names or () for rule in of_engine))
        self._by_key: dict[str, tuple[int, tuple[StatementRule, ...]]] = {}
        self._chosen = lru_cache(maxsize=1024)(self._choose)

    def rules(self, document: Document) -> Asked:
        asked = self._always
        single = []
        looking = self._by_key
        for key, placed in document.by_key.items():
            whole, judging = looking.get(key) or self._looking_for(key)
            asked |= whole
            if judging:
                single.append((placed, judging))
        for problem in document.problems:
            asked |= self._by_problem.get(problem.kind, 0)
        if not self._fitting.takes_all(document):
            asked |= self._unfitting
        return Asked(self._chosen(asked), single)

    def _looking_for(self, key: str) -> tuple[int, tuple[StatementRule, ...]]:
        if key not in self._catalogue and key not in self._names:
            return 0, ()  # such names are without end
        entries = self._catalogue[key]
        single = tuple(rule for rule in self._single if rule.looks_at(key, entries))
        self._by_key[key] = self._those(lambda rule: rule.looks_at(key, entries)), single
        return self._by_key[key]

    def _those(self, wanted: Callable[[Rule], bool]) -> int:
        return sum(1 << bit for bit, rule in enumerate(self._whole) if wanted(rule))

    def _choose(self, asked: int) -> tuple[Rule, ...]:
        return tuple(rule for bit, rule in enumerate(self._whole) if asked >> bit & 1)


_index = cache(_Index)


def _looks_at_all(rule: Rule) -> bool:
    """Whether a rule does not say what it looks for, and does not only report problems."""
    own = type(rule).check is not Rule.check
    return own and rule.names is None and not rule.kinds and not rule.unfitting
