"""A module that a text loads and we do not know may bring more than directives."""

from __future__ import annotations

import pytest

from tests.apache_samples import findings, shown

LOADED = 'LoadModule quotas_module modules/mod_quotas.so\n'
BROUGHT = {
    'a requirement': '<Location /v2>\n    Require quota 5\n</Location>\n',
    'a method of a balancer': (
        '<Proxy balancer://glance>\n    ProxySet lbmethod=quota\n</Proxy>\n'
        'ProxyPass /v2 balancer://glance lbmethod=quota\n'
    ),
    'a cache': 'SSLSessionCache quota:/run/quotas\nCacheSocache quota\n',
    'a field of a log': 'LogFormat "%h %Q" quotas\n',
    'a function': '<If "quota(\'glance\') -gt 5">\n</If>\n',
}
OURS = {
    'a requirement in capitals': '<Location /v2>\n    Require Valid-User\n</Location>\n',
    'a slip of a requirement': '<Location /v2>\n    Require methdo GET\n</Location>\n',
    'a number of a balancer': '<Proxy balancer://glance>\n    ProxySet growth=x\n</Proxy>\n',
    'a variable of mod_rewrite': '<If "%{SERVER_ADDR} == \'192.0.2.1\'">\n</If>\n',
}


@pytest.mark.parametrize('what', BROUGHT)
def test_what_a_module_of_others_may_bring_is_no_error(what: str) -> None:
    assert shown(findings(BROUGHT[what]))
    assert not shown(findings(LOADED + BROUGHT[what]))


@pytest.mark.parametrize('what', OURS)
def test_what_no_module_brings_is_one_beside_it(what: str) -> None:
    assert shown(findings(LOADED + OURS[what]))


def test_a_requirement_of_perl_is_known_behind_what_names_it() -> None:
    named = 'PerlAddAuthzProvider quota Glance::Quota->check\n'
    used = '<Location /v2>\n    Require quota 5\n</Location>\n'
    assert not shown(findings(named + used))
    assert shown(findings(used + named)) == '2:13 APA208'
