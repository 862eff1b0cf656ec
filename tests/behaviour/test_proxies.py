"""Faults between a proxy and uWSGI: what a client sees, and that the rule says so."""

from __future__ import annotations

import pytest

from tests.behaviour.pair import codes, started

INI = '[uwsgi]\nmaster = true\nprocesses = 2\ndie-on-term = true\nbuffer-size = 65535\n'
HTTP = f'{INI}http-socket = {{app}}\nadd-header = Connection: close\n'
UWSGI = f'{INI}uwsgi-socket = {{app}}\n'
TO_HTTP = 'ProxyPass / http://{app}/\nProxyPreserveHost On\n'
TO_UWSGI = 'ProxyPass / uwsgi://{app}/\n'
UPLOADS = ('uploads',)
CHUNKS = ('uploads', 'chunked-reader')
NGINX = 'server {{\n    listen {front};\n    location / {{\n%s    }}\n}}\n'
NGINX_HTTP = NGINX % '        proxy_pass http://{app};\n        client_max_body_size 0;\n%s'
NGINX_UWSGI = NGINX % '        uwsgi_pass {app};\n        client_max_body_size 0;\n%s'


def test_uwsgi_spoken_to_an_http_socket_is_answered_with_500() -> None:
    assert 'DEP601' in codes(TO_UWSGI, HTTP)
    with started(TO_UWSGI, HTTP) as pair:
        assert pair.ask().status == 500


def test_http_spoken_to_a_uwsgi_socket_is_answered_with_502() -> None:
    assert 'DEP601' in codes(TO_HTTP, UWSGI)
    with started(TO_HTTP, UWSGI) as pair:
        assert pair.ask().status == 502


@pytest.mark.parametrize(('proxy', 'ini'), [(TO_HTTP, HTTP), (TO_UWSGI, UWSGI)])
def test_ends_that_speak_the_same_protocol_are_silent_and_answer(proxy: str, ini: str) -> None:
    assert codes(proxy, ini) == set()
    with started(proxy, ini) as pair:
        assert pair.ask().status == 200


def test_uwsgi_pass_to_an_http_socket_is_answered_with_502() -> None:
    proxy = NGINX_UWSGI % '        include uwsgi_params;\n'
    assert 'DEP601' in codes(proxy, HTTP, engine='nginx')
    with started(proxy, HTTP, engine='nginx') as pair:
        assert pair.ask().status == 502


def test_a_chunked_upload_through_uwsgi_is_refused_with_411() -> None:
    assert 'DEP402' in codes(TO_UWSGI, UWSGI, services=UPLOADS)
    with started(TO_UWSGI, UWSGI) as pair:
        assert pair.upload(200_000).status == 411
        assert pair.ask('PUT', '/upload', b'x' * 200_000).status == 200


def test_no_variable_of_apache_makes_chunked_uploads_through_uwsgi_pass() -> None:
    with started(f'SetEnv proxy-sendcl 1\nSetEnv proxy-sendchunked 1\n{TO_UWSGI}', UWSGI) as pair:
        assert pair.upload(200_000).status == 411


def test_a_chunked_upload_to_a_plain_application_is_lost_behind_apache() -> None:
    assert 'DEP411' in codes(TO_HTTP, HTTP, services=UPLOADS)
    with started(TO_HTTP, HTTP) as pair:
        answer = pair.upload(200_000)
        assert answer.told is None or answer.told['length'] == 0


def test_with_proxy_sendcl_a_plain_application_gets_the_whole_body() -> None:
    proxy = f'SetEnv proxy-sendcl 1\nProxy100Continue Off\n{TO_HTTP}'
    assert codes(proxy, HTTP, services=UPLOADS) == set()
    with started(proxy, HTTP) as pair:
        answer = pair.upload(200_000)
        assert answer.told is not None
        assert answer.told['length'] == 200_000


def test_without_buffering_nginx_hands_a_plain_application_an_empty_body() -> None:
    proxy = NGINX_HTTP % ('        proxy_request_buffering off;\n        proxy_http_version 1.1;\n')
    assert 'DEP411' in codes(proxy, HTTP, engine='nginx', services=UPLOADS)
    with started(proxy, HTTP, engine='nginx') as pair:
        answer = pair.upload(200_000)
        assert answer.told is None or answer.told['length'] == 0


def test_with_buffering_nginx_hands_over_the_whole_body() -> None:
    proxy = NGINX_HTTP % ''
    assert codes(proxy, HTTP, engine='nginx', services=UPLOADS) == set()
    with started(proxy, HTTP, engine='nginx') as pair:
        answer = pair.upload(200_000)
        assert answer.told is not None
        assert answer.told['length'] == 200_000


def test_nginx_refuses_an_upload_over_one_mebibyte() -> None:
    limited = (NGINX_HTTP % '').replace('        client_max_body_size 0;\n', '')
    assert 'DEP410' in codes(limited, HTTP, engine='nginx', services=UPLOADS)
    with started(limited, HTTP, engine='nginx') as pair:
        assert pair.ask('PUT', '/upload', b'x' * 2_000_000).status == 413
    with started(NGINX_HTTP % '', HTTP, engine='nginx') as pair:
        assert pair.ask('PUT', '/upload', b'x' * 2_000_000).status == 200


def test_uwsgi_pass_without_parameters_tells_the_application_nothing() -> None:
    assert 'DEP407' in codes(NGINX_UWSGI % '', UWSGI, engine='nginx')
    with started(NGINX_UWSGI % '', UWSGI, engine='nginx') as pair:
        assert pair.ask().status in {500, 502}
    told = NGINX_UWSGI % '        include uwsgi_params;\n'
    assert codes(told, UWSGI, engine='nginx') == set()
    with started(told, UWSGI, engine='nginx') as pair:
        assert pair.ask().status == 200


def test_the_stock_parameters_of_nginx_hold_no_script_name() -> None:
    plain = NGINX_UWSGI % '        include uwsgi_params;\n'
    assert 'DEP408' in codes(plain, UWSGI, engine='nginx', services=['script-name'])
    with started(plain, UWSGI, engine='nginx') as pair:
        told = pair.ask().told
        assert told is not None
        assert told['script_name'] is None
    named = NGINX_UWSGI % '        include uwsgi_params;\n        uwsgi_param SCRIPT_NAME "";\n'
    assert codes(named, UWSGI, engine='nginx', services=['script-name']) == set()
    with started(named, UWSGI, engine='nginx') as pair:
        told = pair.ask().told
        assert told is not None
        assert told['script_name'] == ''


def test_nginx_unpacks_the_chunks_and_passes_the_header_on_all_the_same() -> None:
    usual = '        include uwsgi_params;\n        uwsgi_request_buffering off;\n'
    told = f'{usual}        uwsgi_param HTTP_TRANSFER_ENCODING "";\n'
    assert 'DEP409' in codes(NGINX_UWSGI % usual, UWSGI, engine='nginx', services=CHUNKS)
    assert 'DEP409' not in codes(NGINX_UWSGI % told, UWSGI, engine='nginx', services=CHUNKS)
    with started(NGINX_UWSGI % usual, UWSGI, engine='nginx') as pair:
        assert pair.upload(200_000, path='/chunks').status >= 500
    with started(NGINX_UWSGI % told, UWSGI, engine='nginx') as pair:
        answer = pair.upload(200_000, path='/chunks')
        assert answer.status == 200


def test_a_line_behind_a_missing_semicolon_has_no_effect() -> None:
    limit = 'server {{\n    server_name a\n    client_max_body_size 1k;\n'
    plain = (NGINX_HTTP % '').replace('        client_max_body_size 0;\n', '')
    swallowed = plain.replace('server {{\n', limit)
    assert 'NGX401' in codes(swallowed, HTTP, engine='nginx')
    with started(swallowed, HTTP, engine='nginx') as pair:  # nginx's default is 1 MiB
        assert pair.ask('PUT', '/upload', b'x' * 500_000).status == 200
    meant = swallowed.replace('server_name a\n', 'server_name a;\n')
    assert 'NGX401' not in codes(meant, HTTP, engine='nginx')
    with started(meant, HTTP, engine='nginx') as pair:
        assert pair.ask('PUT', '/upload', b'x' * 500_000).status == 413


def test_directives_for_http_backends_change_nothing_for_uwsgi() -> None:
    proxy = f'ProxyPreserveHost On\nProxyAddHeaders On\n{TO_UWSGI}'
    assert codes(proxy, UWSGI) == {'DEP401'}
    told = []
    for text in (proxy, TO_UWSGI):
        with started(text, UWSGI) as pair:
            answer = pair.ask(Host='images.example.com').told
            assert answer is not None
            told.append((answer['host'], answer['forwarded_for']))
    assert told == [('images.example.com', None)] * 2


def test_a_unix_socket_without_mode_is_not_writable_by_others() -> None:
    socket = f'{INI}uwsgi-socket = {{folder}}/app.sock\n'
    proxy = 'ProxyPass / unix:{folder}/app.sock|uwsgi://app/\n'
    assert codes(proxy, socket) == {'DEP414'}
    with started(proxy, socket) as pair:
        assert (pair.folder / 'app.sock').stat().st_mode & 0o777 == 0o755
    opened = f'{socket}chmod-socket = 660\n'
    assert codes(proxy, opened) == set()
    with started(proxy, opened) as pair:
        assert (pair.folder / 'app.sock').stat().st_mode & 0o777 == 0o660
        assert pair.ask().status == 200


def test_a_long_header_gets_through_apache_and_is_dropped_by_a_small_buffer() -> None:
    small = UWSGI.replace('buffer-size = 65535\n', '')
    assert codes(TO_UWSGI, small) == {'DEP415'}
    token = 'x' * 6000
    with started(TO_UWSGI, small) as pair:
        assert pair.ask(Authorization=token).status >= 500
    with started(TO_UWSGI, UWSGI) as pair:
        assert pair.ask(Authorization=token).status == 200


def test_an_upstream_that_nobody_answers_gives_503() -> None:
    wrong = 'ProxyPass / uwsgi://127.0.0.1:1/\n'
    assert codes(wrong, UWSGI) == {'DEP602'}
    with started(wrong, UWSGI) as pair:
        assert pair.ask().status == 503


def test_a_prefix_is_lost_from_location_without_proxy_pass_reverse() -> None:
    plain = 'ProxyPass /image http://{app}\n'
    assert codes(plain, HTTP, services=['own-links']) == {'DEP412'}
    with started(plain, HTTP) as pair:
        location = pair.ask('POST', '/image/created').headers['Location']
        assert f':{pair.port}/image' not in location
    turned = f'{plain}ProxyPassReverse /image http://{{app}}\n'
    assert codes(turned, HTTP, services=['own-links']) == set()
    with started(turned, HTTP) as pair:
        location = pair.ask('POST', '/image/created').headers['Location']
        assert f':{pair.port}/image/v2/thing' in location


def test_redirects_show_the_backend_unless_apache_is_told_otherwise() -> None:
    plain = 'ProxyPass / http://{app}/\n'
    assert codes(plain, HTTP, services=['own-links']) == {'DEP416'}
    with started(plain, HTTP) as pair:
        location = pair.ask('POST', '/created', Host='images.example.com').headers['Location']
        assert location.startswith('http://127.0.0.1:')
    assert codes(TO_HTTP, HTTP, services=['own-links']) == set()
    with started(TO_HTTP, HTTP) as pair:
        location = pair.ask('POST', '/created', Host='images.example.com').headers['Location']
        assert location == 'http://images.example.com/v2/thing'


def test_a_client_that_asks_before_it_sends_waits_in_vain_behind_apache() -> None:
    plain = f'SetEnv proxy-sendcl 1\nProxyTimeout 2\n{TO_HTTP}'
    assert codes(plain, HTTP, services=UPLOADS) == {'DEP430'}
    body = b'x' * 100_000
    with started(plain, HTTP) as pair:
        assert pair.ask('PUT', '/upload', body, Expect='100-continue').status == 503
    answered = f'{plain}Proxy100Continue Off\n'
    assert codes(answered, HTTP, services=UPLOADS) == set()
    with started(answered, HTTP) as pair:
        assert pair.ask('PUT', '/upload', body, Expect='100-continue').status == 200


def test_the_limit_of_apache_counts_for_uwsgi_and_not_for_http() -> None:
    limit = 'LimitRequestBody 1000\n'
    body = b'x' * 100_000
    assert 'DEP431' in codes(TO_UWSGI, UWSGI, services=UPLOADS)
    assert 'DEP431' not in codes(f'{limit}{TO_UWSGI}', UWSGI, services=UPLOADS)
    with started(f'{limit}{TO_UWSGI}', UWSGI) as pair:
        assert pair.ask('PUT', '/upload', body).status == 413
    with started(f'{limit}{TO_HTTP}', HTTP) as pair:
        assert pair.ask('PUT', '/upload', body).status == 200


def test_a_log_that_is_called_off_is_a_file_of_that_name() -> None:
    text = (NGINX_HTTP % '').replace('server {{\n', 'server {{\n    error_log off;\n', 1)
    assert 'NGX402' in codes(text, HTTP, engine='nginx')
    with started(text, HTTP, engine='nginx') as pair:
        assert [*pair.folder.rglob('off')]


def test_a_backslash_before_a_variable_goes_out_with_its_value() -> None:
    text = NGINX_UWSGI % (
        '        include uwsgi_params;\n        uwsgi_param SCRIPT_NAME \\$request_method;\n'
    )
    assert 'NGX403' in codes(text, UWSGI, engine='nginx')
    with started(text, UWSGI, engine='nginx') as pair:
        told = pair.ask().told
        assert told is not None
        assert told['script_name'] == '\\GET'


def test_a_blank_that_is_none_goes_out_with_the_value() -> None:
    text = NGINX_UWSGI % (
        '        include uwsgi_params;\n        uwsgi_param SCRIPT_NAME a\u00a0b;\n'
    )
    assert 'NGX404' in codes(text, UWSGI, engine='nginx')
    with started(text, UWSGI, engine='nginx') as pair:
        told = pair.ask().told
        assert told is not None
        assert told['script_name'].encode('latin-1') == 'a\u00a0b'.encode()


def test_a_name_with_a_comma_is_a_name_that_nobody_asks_for() -> None:
    named = 'server {{\n    listen {front};\n    server_name glance.example.org%s other;\n'
    named += '    return 204;\n}}\n'
    default = (NGINX_HTTP % '').replace('{front};', '{front} default_server;')
    comma, meant = (f'{default}{named % sign}' for sign in (',', ''))
    assert 'NGX405' in codes(comma, HTTP, engine='nginx')
    assert 'NGX405' not in codes(meant, HTTP, engine='nginx')
    for text, status in ((comma, 200), (meant, 204)):
        with started(text, HTTP, engine='nginx') as pair:
            assert pair.ask(Host='glance.example.org').status == status
