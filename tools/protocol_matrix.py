"""Print the table of the manual: which way of proxying reaches which socket of uWSGI.

    python tools/protocol_matrix.py > source/manual/protocol-matrix.csv

Every cell is the verdict of the checker on a pair of blocks; ``tests/test_protocol_matrix.py``
holds the file to it, and the verdicts to what the servers do.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

TCP = '127.0.0.1:60999'
UNIX = '/run/app/app.sock'
NGINX = 'server {{\n    location / {{\n        include uwsgi_params;\n        {}\n    }}\n}}\n'


@dataclass(frozen=True)
class Form:
    """One way to write one end of the connection; ``address`` is ``TCP`` or ``UNIX``."""

    label: str
    engine: str
    text: str
    address: str


def _nginx(label: str, directive: str, address: str) -> Form:
    return Form(label, 'nginx', NGINX.format(directive), address)


PROXIES = (
    Form('ProxyPass http://', 'apache', f'ProxyPass / http://{TCP}/\n', TCP),
    Form('ProxyPass uwsgi://', 'apache', f'ProxyPass / uwsgi://{TCP}/\n', TCP),
    Form('ProxyPassMatch http://', 'apache', f'ProxyPassMatch ^/(.*)$ http://{TCP}/$1\n', TCP),
    Form(
        '<Location> http://',
        'apache',
        f'<Location />\n    ProxyPass http://{TCP}/\n</Location>\n',
        TCP,
    ),
    Form(
        '<Location> uwsgi://',
        'apache',
        f'<Location />\n    ProxyPass uwsgi://{TCP}/\n</Location>\n',
        TCP,
    ),
    Form(
        'RewriteRule [P] http://',
        'apache',
        f'RewriteEngine On\nRewriteRule ^/(.*)$ http://{TCP}/$1 [P]\n',
        TCP,
    ),
    Form(
        'RewriteRule [P] uwsgi://',
        'apache',
        f'RewriteEngine On\nRewriteRule ^/(.*)$ uwsgi://{TCP}/$1 [P]\n',
        TCP,
    ),
    Form(
        'SetHandler proxy:uwsgi://',
        'apache',
        f'<Location />\n    SetHandler "proxy:uwsgi://{TCP}"\n</Location>\n',
        TCP,
    ),
    Form(
        'balancer of http://',
        'apache',
        f'<Proxy balancer://app>\n    BalancerMember http://{TCP}\n</Proxy>\nProxyPass / balancer://app/\n',
        TCP,
    ),
    Form(
        'balancer of uwsgi://',
        'apache',
        f'<Proxy balancer://app>\n    BalancerMember uwsgi://{TCP}\n</Proxy>\nProxyPass / balancer://app/\n',
        TCP,
    ),
    Form('ProxyPass fcgi://', 'apache', f'ProxyPass / fcgi://{TCP}/\n', TCP),
    Form('ProxyPass scgi://', 'apache', f'ProxyPass / scgi://{TCP}/\n', TCP),
    Form('ProxyPass unix:|http://', 'apache', f'ProxyPass / unix:{UNIX}|http://app/\n', UNIX),
    Form('ProxyPass unix:|uwsgi://', 'apache', f'ProxyPass / unix:{UNIX}|uwsgi://app/\n', UNIX),
    _nginx('proxy_pass http://', f'proxy_pass http://{TCP};', TCP),
    _nginx('uwsgi_pass', f'uwsgi_pass {TCP};', TCP),
    _nginx('uwsgi_pass uwsgi://', f'uwsgi_pass uwsgi://{TCP};', TCP),
    _nginx('fastcgi_pass', f'fastcgi_pass {TCP};', TCP),
    _nginx('scgi_pass', f'scgi_pass {TCP};', TCP),
    _nginx('proxy_pass http://unix:', f'proxy_pass http://unix:{UNIX}:/;', UNIX),
    _nginx('uwsgi_pass unix:', f'uwsgi_pass unix:{UNIX};', UNIX),
    Form(
        'uwsgi_pass to an upstream',
        'nginx',
        f'upstream app {{\n    server {TCP};\n}}\n' + NGINX.format('uwsgi_pass app;'),
        TCP,
    ),
    Form(
        'proxy_pass to an upstream',
        'nginx',
        f'upstream app {{\n    server {TCP};\n}}\n' + NGINX.format('proxy_pass http://app;'),
        TCP,
    ),
)
SOCKETS = tuple(
    Form(label, 'uwsgi', f'[uwsgi]\n{text.format(address)}\nmodule = app:application\n', address)
    for label, text in (
        ('socket', 'socket = {}'),
        ('uwsgi-socket', 'uwsgi-socket = {}'),
        ('http-socket', 'http-socket = {}'),
        ('http11-socket', 'http11-socket = {}'),
        ('http', 'master = true\nhttp = {}'),
        ('fastcgi-socket', 'fastcgi-socket = {}'),
        ('scgi-socket', 'scgi-socket = {}'),
        ('socket, protocol = http', 'protocol = http\nsocket = {}'),
    )
    for address in (TCP, UNIX)
)


def reaches(proxy: Form, socket: Form) -> bool:
    """Whether the checker finds no mismatch between the two; their addresses are the same."""
    documents = [
        check(Source(form.text, form.label), form.engine).document for form in (proxy, socket)
    ]
    return not any(d.code == 'DEP601' for d in check_deployment(documents))


def rows() -> Iterator[list[str]]:
    """Yield the table's rows: its head, and one for each way of proxying; labels as literals."""
    labels = list(dict.fromkeys(f'``{socket.label}``' for socket in SOCKETS))
    yield ['', *labels]
    for proxy in PROXIES:
        sockets = (socket for socket in SOCKETS if socket.address == proxy.address)
        yield [
            f'``{proxy.label}``',
            *('works' if reaches(proxy, one) else 'DEP601' for one in sockets),
        ]


if __name__ == '__main__':
    csv.writer(sys.stdout, lineterminator='\n').writerows(rows())
