"""Every line that matters matters: a published block that loses one does what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.deployment.changes import (
    CUT,
    NO_START,
    SILENCE,
    Change,
    addresses,
    asking,
    chunked,
    images,
    large_chunks,
    long_header,
    many,
    observe,
    paused,
    root,
    sized,
)
from tests.deployment.variants import ALONE, HTTP, NGINX, NGINX_UWSGI, PREFIX, TCP, UNIX, WSGI

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.deployment

IMPATIENT = {'socket-timeout = 60': 'socket-timeout = 2'}  # what takes a minute takes 2 s
BREAKS = (
    Change(HTTP, {'http-socket': 'uwsgi-socket', **IMPATIENT}, root, 502),
    Change(HTTP, {'"http://': '"uwsgi://'}, root, 500),
    Change(HTTP, {'add-header = Connection: close\n': ''}, many, 502),
    Change(HTTP, {'Proxy100Continue Off\n': 'ProxyTimeout 10\n'}, asking, 503),
    Change(HTTP, {'buffer-size = 65535\n': ''}, long_header, 502),
    Change(HTTP, {'socket-timeout = 60\n': ''}, paused, 502),
    Change(
        HTTP, {'    ProxyPreserveHost On\n': ''}, addresses, "backend's address, backend's address"
    ),
    Change(HTTP, {'plugins = python3\n': ''}, root, NO_START, binary='debian'),
    Change(HTTP, {'plugins = python3\n': 'plugins = python\n'}, root, NO_START, binary='debian'),
    Change(TCP, {'uwsgi-socket': 'http-socket', **IMPATIENT}, root, 500),
    Change(TCP, {':60998/"': ':60998"'}, root, 300),
    Change(TCP, {':60998/"': ':60998"'}, images, 500),
    Change(UNIX, {'unix:/run/glance/uwsgi.sock|': 'unix:/run/glance/other.sock|'}, root, 503),
    Change(WSGI, {'    WSGIChunkedRequest On\n': ''}, chunked, 411),
    Change(WSGI, {' python-home=/opt/glance\n': '\n'}, root, 500),
    Change(WSGI, {'        Require all granted\n': '        Require all denied\n'}, root, 403),
    Change(WSGI, {'WSGIProcessGroup glance-api': 'WSGIProcessGroup glance'}, root, 500),
    Change(NGINX, {'        client_max_body_size 0;\n': ''}, sized, 413),
    Change(
        NGINX,
        {'proxy_pass http://127.0.0.1:60999': 'uwsgi_pass 127.0.0.1:60999', **IMPATIENT},
        root,
        502,
    ),
    Change(NGINX, {'$host:$server_port': '$host'}, addresses, 'without the port, without the port'),
    Change(NGINX_UWSGI, {'        uwsgi_param SCRIPT_NAME "";\n': ''}, root, 502),
    Change(
        NGINX_UWSGI,
        {
            '        uwsgi_param HTTP_TRANSFER_ENCODING "";\n': '',
            **IMPATIENT,
        },
        chunked,
        500,
    ),
    Change(NGINX_UWSGI, {'        include /etc/nginx/uwsgi_params;\n': ''}, root, 502),
    Change(NGINX_UWSGI, {'        client_max_body_size 0;\n': ''}, sized, 413),
    Change(ALONE, {'http-chunked-input = true\n': ''}, chunked, SILENCE),
    Change(ALONE, {'chunked-input-limit = 67108864\n': ''}, large_chunks, (CUT, 500)),
    Change(
        PREFIX,
        {'    ProxyPassReverse "/image" "http://127.0.0.1:60999"\n': ''},
        addresses,
        "right, backend's address",
    ),
)


def test_at_least_fifteen_lines_are_broken() -> None:
    assert len(BREAKS) >= 15


@pytest.mark.parametrize('change', BREAKS, ids=str)
def test_a_block_without_the_line_does_not_work(
    change: Change, blocks: dict[str, str], venv: Path
) -> None:
    seen, logs = observe(change, blocks, venv)
    assert change.allows(seen), f'{seen}\n{logs}'
