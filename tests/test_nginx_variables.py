"""Where nginx looks for variables in a file of TLS, we do, and nowhere else."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.source import Source
from tests.asked import asked

KEY = 'ssl_certificate_key /k;'
SERVER = 'server { listen 1; proxy_pass 127.0.0.1:1; }'


@pytest.mark.parametrize(
    ('text', 'is_right'),
    [
        (f'http {{ server {{ listen 1; ssl_certificate /a$; {KEY} }} }}', False),
        (f'http {{ ssl_certificate /a$; {KEY} server {{ listen 1; }} }}', False),
        (f'http {{ ssl_certificate /a$; {KEY} }}', True),
        (f'http {{ ssl_certificate /a$nosuch; {KEY} }}', True),
        (f'stream {{ proxy_ssl_certificate /a$; {SERVER} }}', False),
        (f'stream {{ ssl_certificate /a$; {SERVER} }}', True),
        ('mail { ssl_certificate /a$; }', True),
        ('mail { ssl_certificate_key /a$; }', True),
    ],
)
def test_a_lone_dollar_in_the_name_of_a_file(text: str, *, is_right: bool) -> None:
    whole = f'events {{}}\n{text}\n'
    found = [one.code for one in check(Source(whole, 'page'), 'nginx', 'main').diagnostics]
    assert found == ([] if is_right else ['NGX220'])
    assert asked('nginx', whole, 'main').accepts is is_right
