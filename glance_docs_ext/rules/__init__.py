"""all_rules(): every rule of the modules below, sorted by code."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from glance_docs_ext.rule import AnyRule, DeploymentRule, PageRule, Rule


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
