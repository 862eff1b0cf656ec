"""What routes may do and ask, and which algorithms there are, is what uWSGI itself knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.uwsgi.algorithms import CIPHERS, DIGESTS
from glance_docs_ext.engines.uwsgi.routes import ACTIONS, BUILT_IN, CONDITIONS, read
from glance_docs_ext.native.verdicts import Outcome
from glance_docs_ext.source import Source
from tests.asked import asked, asked_of_each

PLUGINS = Path('/usr/lib/uwsgi/plugins')
# What each form of argument is refused without, and one that is right, by what is wanted of it.
RIGHT = {
    '': '',
    'KEY=VALUE': 'a=b',
    'ALARM MESSAGE': 'mail help',
    'ADDRESS,MODIFIER1,MODIFIER2': ',1,2',
    'addr=ADDRESS,key=KEY': r'a\,ddr=x,key=k,addr=127.0.0.1:1',
    'key=KEY': 'name=a,key=k',
    'key=KEY,var=VARIABLE': 'key=k,var=V',
    'key=KEY,value=VALUE': 'value=v,key=k',
    'filename=FILE': 'filename=/x',
    'key=KEY,var=VARIABLE,items=A;B': 'key=k,var=V,items=a;b',
    'realm=REALM,server=ADDRESS,secret=SECRET': 'realm=r,server=s,secret=t',
    'REALM,USER:PASSWORD or REALM,FILE': 'r,f',
    'FUNCTION ARGUMENTS': 'f',
    'VARIABLE FUNCTION ARGUMENTS': 'v f',
    'HELPER COMMAND': 'h c',
}
WRONG = ('', 'a', 'a b', 'a,b', 'addr=', 'key=k', r'key\=k', 'filename', 'x y')
SAMPLE = 8  # one cipher in so many


def errors(text: str) -> list[str]:
    found = check(Source(text, 'app.ini'), 'uwsgi', 'file').diagnostics
    return [d.code for d in found if d.severity is Severity.ERROR]


def is_here(plugin: str) -> bool:
    return not plugin or (PLUGINS / f'{plugin}_plugin.so').exists()


def test_uwsgi_takes_what_each_action_accepts() -> None:
    lines = [
        f'route-run = {name}:{argument}'
        for name, action in ACTIONS.items()
        for argument in (RIGHT[action.wanted], *WRONG)
        if is_here(action.plugin) and action.accepts(argument)
    ]
    assert len(lines) > 500
    found = asked('uwsgi', '\n'.join(lines), 'section')
    assert found.outcome is Outcome.ACCEPTED, found
    assert errors('[uwsgi]\n' + '\n'.join(lines)) == []


def test_uwsgi_refuses_what_an_action_does_not_accept() -> None:
    texts = [
        f'route-run = {name}:{argument}\n'
        for name, action in ACTIONS.items()
        for argument in WRONG
        if is_here(action.plugin) and not name.endswith('-next') and not action.accepts(argument)
    ]
    assert len(texts) > 150
    said = asked_of_each('uwsgi', [(text, 'section') for text in texts])
    differ = [
        text for text, verdict in zip(texts, said, strict=True) if verdict.outcome != 'refused'
    ]
    assert differ == []


def test_each_condition_is_known_to_uwsgi() -> None:
    text = '\n'.join(f'route-if = {name}:a;b continue:' for name in CONDITIONS)
    assert asked('uwsgi', text, 'section').outcome is Outcome.ACCEPTED


def test_each_digest_is_known_to_openssl() -> None:
    known = sorted(DIGESTS - {'mdc2', 'rsa-mdc2'})  # some builds leave these out
    text = '\n'.join(f'subscriptions-sign-check = {name}:/x' for name in known)
    assert asked('uwsgi', text, 'section').outcome is Outcome.ACCEPTED


def test_ciphers_are_known_to_openssl() -> None:
    known = sorted(CIPHERS)[::SAMPLE]
    texts = [f'legion = a 225.1.1.1:4242 90 {name}:secret\n' for name in known]
    said = asked_of_each('uwsgi', [(text, 'section') for text in texts])
    assert [verdict for verdict in said if verdict.outcome is Outcome.REFUSED] == []


@pytest.mark.parametrize(
    ('option', 'value', 'codes'),
    [
        ('route', '^/a redirect:/b', []),
        ('route', '^/a redirct:/b', ['UWS215']),
        ('route', '^/a REDIRECT:/b', ['UWS215']),
        ('route-run', '://x', ['UWS215']),
        ('route-label', 'anything goes:', []),
        ('route-if', 'eq:a;b goto:end', []),
        ('route-if-not', 'same:a;b goto:end', ['UWS215']),
        ('route-if', 'a goto:end', ['UWS211']),
        ('route', '^/a', ['UWS211']),
        ('final-route-status', '404 log:none', []),
        ('error-route-run', 'addvar:X', ['UWS216']),
        ('response-route-run', 'cache:name=a', ['UWS216']),
        ('subscriptions-sign-check', 'SHA-256:/x', []),
        ('subscriptions-sign-check', '2.16.840.1.101.3.4.2.1:/x', []),
        ('subscriptions-sign-check', 'sha:/x', ['UWS217']),
        ('subscriptions-sign-check', ':/x', ['UWS217']),
        ('legion-mcast', 'a 225.1.1.1:4242 90 AES-256-CBC:secret', []),
        ('legion-mcast', 'a 225.1.1.1:4242 90 sha256:secret', ['UWS217']),
        ('cgi-helper', '.pl=perl', []),
        ('cgi-helper', '.pl', ['UWS211']),
        ('cron2', 'minute=5 true', []),
        ('cron2', 'minute=5', ['UWS211']),
        ('sslrouter', ':443', ['UWS211']),
        ('fd-safe', '-1', ['UWS211']),
        ('tuntap-router-route', '10.0.0.0/8 10.1.1.1 1.2.3.4:99', []),
        ('tuntap-router-route', '10.0.0.0/8 10.1.1.1 1.2.3.4', ['UWS211']),
        ('tuntap-router-firewall-in', 'deny 10.0.0.01 10.1.1.1', ['UWS211']),
        ('http-stud-prefix', '::1', []),
        ('http-stud-prefix', '10.0.0.0/8', ['UWS218']),
    ],
)  # fmt: skip
def test_values_are_judged_as_uwsgi_judges_them(option: str, value: str, codes: list[str]) -> None:
    text = f'[uwsgi]\n{option} = {value}\n'
    assert errors(text) == codes
    verdict = asked('uwsgi', text, 'file')
    assert (verdict.outcome is Outcome.REFUSED) == bool(codes), verdict


def test_a_route_is_taken_apart() -> None:
    assert read('route', '^/a  log:x') == (None, ' log', 'x')
    assert read('route-if', 'eq:a;b goto:c d') == ('eq', 'goto', 'c d')
    assert read('final-route-run', 'a b:c') == (None, 'a b', 'c')
    assert read('route', 'none') == (None, None, '')


@pytest.mark.parametrize('value', ['%(x)', '$(ACTION):x', '@(file)'])
def test_a_route_that_the_text_does_not_tell_is_not_judged(value: str) -> None:
    assert errors(f'[uwsgi]\nroute-run = {value}\n') == []


def test_a_plugin_that_is_built_in_brings_an_action() -> None:
    assert {action.plugin for action in ACTIONS.values()} >= BUILT_IN
