"""Which backend gets a request, and with which path: what Apache does, and what the rules say."""

from __future__ import annotations

import pytest

from tests.behaviour.pair import codes, started

INI = (
    '[uwsgi]\nmaster = true\nprocesses = 2\nthreads = 2\ndie-on-term = true\nbuffer-size = 65535\n'
)
HTTP = f'{INI}http-socket = {{app}}\nadd-header = Connection: close\n'
UWSGI = f'{INI}uwsgi-socket = {{app}}\n'
PRESERVED = 'ProxyPreserveHost On\n'
NOBODY = 'http://127.0.0.1:1/'


@pytest.mark.parametrize(
    ('line', 'ini'),
    [('ProxyPass / http://{app}\n', HTTP), ('ProxyPass / uwsgi://{app}\n', UWSGI)],
)
def test_without_the_slash_behind_the_address_the_path_becomes_part_of_it(
    line: str, ini: str
) -> None:
    assert codes(line, ini) == {'APA401'}
    with started(line, ini) as pair:
        assert pair.ask(path='/v2').status == 500
        assert 'AH00898' in (pair.folder / 'error.log').read_text()


@pytest.mark.parametrize(
    ('line', 'path'),
    [
        ('ProxyPass /image/ http://{app}/api\n', '/apiv2'),
        ('ProxyPass /image http://{app}/\n', '//v2'),
    ],
)
def test_a_slash_at_one_end_only_changes_the_path(line: str, path: str) -> None:
    assert codes(line, HTTP) == {'APA401'}
    with started(line, HTTP) as pair:
        told = pair.ask(path='/image/v2').told
        assert told is not None
        assert told['path'] == path


def test_a_slash_at_both_ends_or_neither_keeps_the_path() -> None:
    for line in ('ProxyPass /image http://{app}\n', 'ProxyPass /image/ http://{app}/\n'):
        assert codes(line, HTTP) == set()
        with started(line, HTTP) as pair:
            told = pair.ask(path='/image/v2').told
            assert told is not None
            assert told['path'] == '/v2'


def test_for_uwsgi_the_second_slash_is_taken_away_again() -> None:
    line = 'ProxyPass /image uwsgi://{app}/\n'
    assert codes(line, UWSGI) == set()
    with started(line, UWSGI) as pair:
        told = pair.ask(path='/image/v2').told
        assert told is not None
        assert (told['script_name'], told['path']) == ('/image', '/v2')


def test_the_first_proxy_pass_that_fits_takes_the_request() -> None:
    general, special = 'ProxyPass / http://{app}/\n', f'ProxyPass /metrics {NOBODY}metrics\n'
    exception = 'ProxyPass /static !\n'
    hidden = f'{PRESERVED}{general}{exception}{special}'
    assert codes(hidden, HTTP) == {'APA402'}
    with started(hidden, HTTP) as pair:
        assert [pair.ask(path=path).status for path in ('/static/x', '/metrics')] == [200, 200]
    ordered = f'{PRESERVED}{exception}{special}{general}'
    assert codes(ordered, HTTP) == set()
    with started(ordered, HTTP) as pair:
        found = [pair.ask(path=path).status for path in ('/static/x', '/metrics', '/v2')]
        assert found == [404, 503, 200]


def test_a_uwsgi_address_without_port_is_connected_to_at_port_0() -> None:
    line = 'ProxyPass / uwsgi://127.0.0.1/\n'
    assert codes(line, UWSGI) == {'APA403'}
    with started(line, UWSGI) as pair:
        assert pair.ask().status == 503
        assert '127.0.0.1:0' in (pair.folder / 'error.log').read_text()


def test_a_scheme_that_nobody_speaks_is_answered_with_500() -> None:
    line = 'ProxyPass / uswgi://{app}/\n'
    assert codes(line, UWSGI) == {'APA404'}
    with started(line, UWSGI) as pair:
        assert pair.ask().status == 500
        assert 'AH01144' in (pair.folder / 'error.log').read_text()


def test_a_slash_in_code_is_refused_unless_apache_is_told_otherwise() -> None:
    proxy = f'{PRESERVED}ProxyPass / http://{{app}}/ nocanon\n'
    assert codes(proxy, HTTP, services=['encoded-slashes']) == {'DEP420'}
    with started(proxy, HTTP) as pair:
        assert pair.ask(path='/a%2Fb').status == 404
    allowed = f'AllowEncodedSlashes NoDecode\n{proxy}'
    assert codes(allowed, HTTP, services=['encoded-slashes']) == set()
    with started(allowed, HTTP) as pair:
        assert pair.ask(path='/a%2Fb').status == 200


def test_a_proxy_that_gives_up_first_answers_with_an_error_while_uwsgi_works_on() -> None:
    ini = f'{UWSGI}harakiri = 30\n'
    proxy = 'ProxyTimeout {}\nProxyPass / uwsgi://{{app}}/\n'
    short, long = proxy.format(1), proxy.format(40)
    assert codes(short, ini) == {'DEP419'}
    with started(short, ini) as pair:
        assert pair.ask(path='/slow?3').status >= 500
    assert codes(long, ini) == set()
    with started(long, ini) as pair:
        assert pair.ask(path='/slow?3').status == 200


@pytest.mark.parametrize('methods', ['GET,POST', 'get'])
def test_a_limit_of_methods_that_nobody_sends_holds_for_no_request(methods: str) -> None:
    proxy = f'{PRESERVED}ProxyPass / http://{{app}}/\n'
    closed = '    <Limit {}>\n        Require all denied\n    </Limit>\n'
    text = f'{proxy}<Location /v2>\n{closed.format(methods)}</Location>\n'
    assert codes(text, HTTP) == {'APA408'}
    with started(text, HTTP) as pair:
        assert pair.ask(path='/v2').status == 200
    text = f'{proxy}<Location /v2>\n{closed.format("GET POST")}</Location>\n'
    assert codes(text, HTTP) == set()
    with started(text, HTTP) as pair:
        assert pair.ask(path='/v2').status == 403
