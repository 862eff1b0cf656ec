"""all_rules(): every rule of the modules below, sorted by code; rules_about(): which to ask."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from glance_docs_ext.rule import AnyRule, DeploymentRule, PageRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.syntax import Document


@cache
def all_rules() -> tuple[AnyRule, ...]:
    """Return one instance of each rule, sorted by code."""
    rules = [
        thing()
        for module in pkgutil.walk_packages(__path__, f'{__name__}.')
        for thing in vars(import_module(module.name)).values()
        if isinstance(thing, type)
        and issubclass(thing, (Rule, DeploymentRule, PageRule))
        and thing.__module__ == module.name
    ]
    return tuple(sorted(rules, key=lambda rule: rule.code))


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


def rules_about(document: Document, catalogue: Catalogue) -> Iterable[Rule]:
    """Return those rules of the document's engine that may find something in it.

    Most rules look for a few names. Asking each of them costs more than reading the block does, so
    the names that are there ask for their rules instead.
    """
    return _index(catalogue).rules(document)


class _Index:
    """Which rules look for a name, by what they say of themselves (``names``, ``kinds``)."""

    def __init__(self, catalogue: Catalogue) -> None:
        rules = rules_for(catalogue.engine)
        self._catalogue = catalogue
        self._rules = rules
        self._all = dict.fromkeys(rule for rule in rules if _looks_at_all(rule))
        self._by_problem = {rule.name: rule for rule in rules}
        self._by_key: dict[str, dict[Rule, None]] = {}

    def rules(self, document: Document) -> Iterable[Rule]:
        asked = self._all.copy()
        for key in document.keys:
            asked |= self._by_key[key] if key in self._by_key else self._looking_for(key)
        for problem in document.problems:
            if problem.kind in self._by_problem:
                asked[self._by_problem[problem.kind]] = None
        return asked

    def _looking_for(self, key: str) -> dict[Rule, None]:
        kinds = {entry.kind for entry in self._catalogue[key]}
        rules = dict.fromkeys(
            rule
            for rule in self._rules
            if key in (rule.names or ()) or not kinds.isdisjoint(rule.kinds)
        )
        if key in self._catalogue:  # other names are without end
            self._by_key[key] = rules
        return rules


_index = cache(_Index)


def _looks_at_all(rule: Rule) -> bool:
    """Whether a rule does not say what it looks for, and does not only report problems."""
    own = type(rule).check is not Rule.check
    return own and rule.names is None and not rule.kinds
