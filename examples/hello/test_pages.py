from urllib.request import urlopen

import pytest

from glance_docs_ext.testing.published import adapt
from glance_docs_ext.testing.versions import said_version


@pytest.fixture
def hello(blocks, server_folder, free_address, start_uwsgi, start_apache, record_proof):
    back, front = free_address(), free_address()
    (server_folder / 'application.py').write_text(blocks['hello-application'])
    moved = {'/srv/hello': str(server_folder), '127.0.0.1:8100': str(back)}
    start_uwsgi(adapt(blocks['hello-uwsgi'], moved), back)
    moved = {'*:80': f'*:{front.port}', '127.0.0.1:8100': str(back)}
    start_apache(adapt(blocks['hello-apache'], moved), front, modules=('proxy', 'proxy_http'))
    versions = {
        'uWSGI': said_version('uwsgi', '--version'),
        'Apache': said_version('apache2', '-v'),
    }
    record_proof('Apache, HTTP', blocks, versions)
    return f'http://{front}'


@pytest.mark.proves('Apache, HTTP')
def test_it_says_hello(hello):
    assert urlopen(f'{hello}/', timeout=10).read() == b'Hello\n'


@pytest.mark.proves('Apache, HTTP')
def test_a_hundred_requests_are_answered(hello):
    assert {urlopen(f'{hello}/{number}', timeout=10).status for number in range(100)} == {200}
